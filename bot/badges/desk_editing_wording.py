"""What coordinators read of the badges themselves."""

from collections.abc import Sequence

from bot.badges.definition import Definition
from bot.badges.example import EXAMPLE
from bot.badges.wording import criterion, promises
from bot.citing import cited
from bot.language import later, n, t
from bot.views import Block, Button, Note, Text, action
from bot.written.editing_wording import Words, whom


def about(definition: Definition) -> str:
    """Say of a badge what it is, for whom, and how much it asks for."""
    return n(
        "{sign} {title} · {whom} · {n} criterion",
        "{sign} {title} · {whom} · {n} criteria",
        len(definition.criteria),
        sign=definition.sign,
        title=t(definition.title),
        whom=whom(definition),
    )


def _details(definition: Definition) -> list[Block]:
    """Show what earns a badge, where that comes from, and what goes with it."""
    blocks: list[Block] = [Text(t(definition.about))]
    for number, one in enumerate(definition.criteria, 1):
        blocks.append(Text(t("{number}. {what}", number=number, what=criterion(one))))
        blocks += [Note(cited(one.source))] if one.source else []
    blocks += promises(definition.perks)
    if definition.perks_of:
        blocks.append(Note(t("Only in programs with the rules {preset}.", preset=definition.perks_of)))
    return [*blocks, *([Note(t("A certificate can be had of it."))] if definition.certificate else [])]


def _more(definition: Definition) -> tuple[Button, ...]:
    return (Button(t("What if …"), action("badges.what_if", definition.name)),)


WORDS = Words(
    name="badges",
    about=about,
    details=_details,
    heading=later("Badges of this program"),
    add=later("Add or change a badge"),
    file=later("A badge as a file"),
    change=later("Change a badge"),
    text=later("The badge"),
    hint=later("Leave its name as it is: another name makes another badge."),
    how=later(
        "Change it in any text editor, then press the button and add the file. docs/badges.md explains each line."
    ),
    nothing=later("Please add a file, or paste the badge below."),
    too_many=later("A program can have {most} badges. Give this one the name of another, to take its place."),
    meanwhile=later(
        "{name} changed {title} meanwhile. Nothing of yours was used. Please look at it again with "
        "/mentor-admin badges, and put your change into what is there now."
    ),
    holds=later(
        "It holds from the next time that I look at badges: within a day. Whoever has the badge keeps it; if something "
        "is missing by this, I tell them first, and they have time."
    ),
    off=later("{title} is switched off: nobody can earn it, and nobody is warned. Whoever has it keeps it."),
    off_since=later("Switched off since {day}: nobody can earn it."),
    more=_more,
    example=EXAMPLE,
)


def no_glyph(signs: Sequence[str]) -> str:
    """Say that something can't be drawn."""
    return t("I have no letters to draw {signs} with. Please use others.", signs=" ".join(signs))


def nothing_seen() -> str:
    """Say that nothing of it can be seen."""
    return t("Please write something here.")

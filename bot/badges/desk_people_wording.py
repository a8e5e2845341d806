"""What coordinators read of one person's badges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.badges.definition import Definition
from bot.badges.desk_proposals_wording import reason_field
from bot.badges.keeping import Used
from bot.badges.looking import Mine
from bot.badges.progress_wording import line
from bot.language import t
from bot.people import Member
from bot.views import Actions, Block, Button, Extra, Field, Form, Heading, Message, Note, Text, action, message
from bot.wording import full_day
from bot.written.editing_wording import labels, whom
from storage.awards import Award


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads of somebody's badges: their zone, the coordinators who gave some by name, and what they may do."""

    zone: str
    givers: Mapping[int, str]
    may_change: bool
    may_give: bool


def shown(member: Member, held: Sequence[tuple[Award, Definition]], zone: str, *, button: bool) -> Extra:
    """Say which badges somebody has: as a mark, and on their card."""
    marks = [mark(definition) for _, definition in held]
    lines = [
        t("Badge: {mark}, since {day}", mark=mark(definition), day=full_day(award.made_at, zone))
        for award, definition in held
    ]
    buttons = (Button(t("Badges"), action("badges.person", member.id)),)
    return Extra(", ".join(marks), tuple(lines), buttons if button or held else ())


def mark(definition: Definition) -> str:
    """Return what stands for a badge where there is no picture: its sign and its title."""
    return t("{sign} {title}", sign=definition.sign, title=t(definition.title))


def page(member: Member, found: Sequence[Mine], reader: Reader, opening: str) -> Message:
    """Show somebody's badges: what they have, and how far they are."""
    blocks: list[Block] = [Text(opening)] if opening else []
    blocks.append(Heading(t("{name}'s badges", name=member.name)))
    for one in found:
        blocks += _badge(one, reader)
    if not found:
        blocks.append(Text(t("There is nothing to show just now.")))
    give = (Button(t("Give a badge …"), action("badges.give", member.id)),) if reader.may_give else ()
    note = Note(t("Figures alone, for coordinators. What counted, each person sees with /mentor badge why."))
    return Message((*blocks, *([Actions(give)] if give else []), note))


def _badge(one: Mine, reader: Reader) -> list[Block]:
    blocks: list[Block] = [Heading(mark(one.definition))]
    blocks += [Text(_has(one.award, reader))] if one.award else []
    if one.standing is not None:
        blocks.append(Text("\n".join(line(each, reader.zone) for each in one.standing.measured)))
    return [*blocks, *_buttons(one, reader)]


def _has(award: Award, reader: Reader) -> str:
    """Say since when somebody has a badge, and who gave it by hand."""
    since = full_day(award.made_at, reader.zone)
    if not award.by_hand:
        return t("They have it since {day}.", day=since)
    giver = reader.givers.get(award.by_id or 0) or t("Somebody who has left")
    if not award.reason:
        return t("{giver} gave it by hand on {day}.", giver=giver, day=since)
    return t("{giver} gave it by hand on {day}: “{reason}”", giver=giver, day=since, reason=award.reason)


def _buttons(one: Mine, reader: Reader) -> list[Block]:
    if one.award is None or not reader.may_change:
        return []
    decide = Button(t("Decide"), action("badges.proposal", one.award.id), primary=True)
    withdraw = Button(t("Withdraw it …"), action("badges.withdraw", one.award.id, 0))
    return [Actions((decide,) if one.award.proposed_at else (withdraw,))]


def give_form(member_id: int, name: str, badges: Sequence[Used], longest: int) -> Form:
    """Ask which badge somebody is to have, and why; whoever isn't named yet is asked for as well."""
    called = labels([one.definition for one in badges])
    choices = tuple((badge, label[:75]) for badge, label in called.items())[:25]
    hint = t("They read this with the news.") if member_id else t("Whoever gets it reads this with the news.")
    who = Field("person", t("Who?"), hint=t("The name, or an @mention."), limit=80)
    which = Field("badge", t("Which badge?"), choices[0][0], choices=choices)
    title = t("Give a badge")
    fields = (*(() if member_id else (who,)), which, reason_field(hint, longest))
    return Form(title, action("badges.gave", member_id), fields, submit=t("Give it"))


def none_to_give() -> Message:
    """Say that there is no badge."""
    return message(t("There is no badge to give: they are switched off in this program."))


def nothing_to_give(name: str) -> Message:
    """Say that somebody can't be given any."""
    return message(t("There is no badge to give to {name} just now.", name=name))


def choose() -> str:
    """Ask for a badge that there is."""
    return t("Please choose from the list.")


def not_for(name: str, definition: Definition) -> str:
    """Say that a badge is for others."""
    values = {"title": t(definition.title), "whom": whom(definition), "name": name}
    return t("“{title}” isn't for {name}: it is {whom}.", **values)


def given(name: str, definition: Definition) -> str:
    """Say that somebody has a badge from now on."""
    return t(
        "{name} has the badge “{title}” from now on, until one of you withdraws it. I tell them privately, "
        "unless they'd rather hear nothing about badges.",
        name=name,
        title=t(definition.title),
    )


def has_it(name: str, definition: Definition) -> str:
    """Say that somebody had it before."""
    return t("{name} has the badge “{title}” already. Nothing was changed.", name=name, title=t(definition.title))


def own() -> str:
    """Say that nobody gives themselves a badge."""
    return t("You can't give yourself a badge; another coordinator can.")


def nobody_called(words: str) -> str:
    """Say that nobody is called so."""
    return t('I don\'t know "{words}". Please write the name as it stands in /mentor-admin people.', words=words)


def several_called(words: str) -> str:
    """Say that a name is that of several people."""
    return t('"{words}" may mean several people. Please write the whole name, or an @mention.', words=words)

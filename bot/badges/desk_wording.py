"""What coordinators read with /mentor-admin badges."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.badges.definition import Definition
from bot.badges.desk_people_wording import mark
from bot.badges.judging import Judged
from bot.badges.wording import criterion, figure
from bot.language import n, t
from bot.people import Member
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, in_rows
from bot.wording import full_day
from bot.written.editing_wording import whom
from storage.awards import Award

SHOWN_WAITING = 5
SHORT = 40  # characters of a name on a button


@dataclass(frozen=True, slots=True)
class Held:
    """An award, whose it is, and the badge as it was then."""

    award: Award
    member: Member
    definition: Definition


def overview(waiting: Sequence[Held], counts: Sequence[tuple[Definition, int]]) -> Message:
    """Show what waits for a decision, and how many have which badge."""
    blocks: list[Block] = [Heading(t("Badges")), *_waiting(waiting)]
    blocks.append(Text("\n".join(_count(one, number) for one, number in counts) or t("There is no badge just now.")))
    people = (
        Button(t("Who has one"), action("badges.held", 0)),
        Button(t("Who is close"), action("badges.close", 0)),
        Button(t("Give by hand …"), action("badges.give", 0)),
    )
    return Message((*blocks, Actions(people), Actions(_kinds())))


def _kinds() -> tuple[Button, ...]:
    return (
        Button(t("Badges of this program"), "badges.kinds"),
        Button(t("What if …"), "badges.preview"),
        Button(t("Community events"), "events.list"),
    )


def _waiting(waiting: Sequence[Held]) -> list[Block]:
    if not waiting:
        return []
    blocks: list[Block] = [
        Text(n("{n} badge waits for a decision.", "{n} badges wait for a decision.", len(waiting))),
    ]
    buttons = [
        Button(excerpt(one.member.name, SHORT), action("badges.proposal", one.award.id))
        for one in waiting[:SHOWN_WAITING]
    ]
    return [*blocks, Actions(tuple(buttons))]


def _count(definition: Definition, count: int) -> str:
    if not count:
        return t("{mark} · {whom}: nobody has it yet", mark=mark(definition), whom=whom(definition))
    return n(
        "{mark} · {whom}: {n} person has it",
        "{mark} · {whom}: {n} people have it",
        count,
        mark=mark(definition),
        whom=whom(definition),
    )


def switched_off(counts: Sequence[tuple[Definition, int]], close: int) -> Message:
    """Say that there are no badges, and what there would be with them."""
    blocks: list[Block] = [
        Heading(t("Badges")),
        Text(t("Badges are switched off in this program: nobody earns one, and nobody is told of any.")),
    ]
    if counts:
        near = [n("{n} person would be close.", "{n} people would be close.", close)] if close else []
        would = [_would(one, count) for one, count in counts]
        blocks.append(Text("\n".join([t("With them, as things stand:"), *would, *near])))
    on = Button(t("Switch them on …"), action("settings.switch_on", "badges"), primary=True)
    return Message((*blocks, Actions((on, *_kinds()))))


def _would(definition: Definition, count: int) -> str:
    if not count:
        return t("{mark} · {whom}: nobody would have it yet", mark=mark(definition), whom=whom(definition))
    return n(
        "{mark} · {whom}: {n} person would have it",
        "{mark} · {whom}: {n} people would have it",
        count,
        mark=mark(definition),
        whom=whom(definition),
    )


def held(found: Sequence[Held], zone: str, more: int | None) -> Message:
    """List who has a badge, by name."""
    if not found:
        return Message((Text(t("Nobody has a badge so far.")),))
    lines = [_held(one, zone) for one in found]
    return Message(
        (
            Heading(t("Who has a badge")),
            Text("\n".join(lines)),
            *_people([one.member for one in found]),
            *_more("badges.held", more),
        )
    )


def _held(one: Held, zone: str) -> str:
    values = {"name": one.member.name, "mark": mark(one.definition), "day": full_day(one.award.made_at, zone)}
    if one.award.by_hand:
        return t("{name}: {mark}, since {day}, given by hand", **values)
    return t("{name}: {mark}, since {day}", **values)


def _people(people: Sequence[Member]) -> list[Actions]:
    """Return a button for each person."""
    each = {one.id: one for one in people}
    buttons = [Button(excerpt(one.name, SHORT), action("badges.person", one.id)) for one in each.values()]
    return in_rows(buttons)


def _more(name: str, start: int | None) -> list[Actions]:
    return [] if start is None else [Actions((Button(t("More"), action(name, start)),))]


def close(found: Sequence[Judged], more: int | None) -> Message:
    """List who is close to a badge, with what is missing: for help."""
    if not found:
        return Message((Text(t("Nobody is close to a badge just now.")),))
    blocks: list[Block] = [Heading(t("Close to a badge"))]
    blocks += [Text(_close(one)) for one in found]
    note = t("For help, in no order: maybe an offer or a kind word is enough.")
    return Message((*blocks, *_people([one.member for one in found]), *_more("badges.close", more), Note(note)))


def _close(one: Judged) -> str:
    missing = [
        t("○ {what}: {figure}", what=criterion(each.criterion), figure=figure(each)) for each in one.standing.missed
    ]
    head = t("{name}: {mark}", name=one.member.name, mark=mark(one.badge.definition))
    return "\n".join([head, *missing])

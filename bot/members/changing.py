"""Changing what a member chose: it is noted, and the clocks follow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.calendar import Calendar, welcome
from bot.context import Asked
from bot.facts import CalendarChanged
from bot.members.calendars import calendar_of, goes_on, goes_on_until, lies_ahead
from bot.members.welcoming import bring_up_to_date
from bot.people import Member
from bot.policy_sections import HourFigures
from storage.members import Members, PauseRow


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a member chose, and what it means now.

    `next_at` is when they would be reminded next, None while they're away until they say so. `away` and `lighter`:
    whether they are just now, with the end of it if there is one; `announced`: what lies ahead.
    """

    member: Member
    hours: HourFigures
    calendar: Calendar
    language: str
    now: datetime
    next_at: datetime | None
    away: bool
    away_until: datetime | None
    lighter_until: datetime | None
    announced: tuple[PauseRow, ...] = ()


async def choices(asked: Asked) -> Choices:
    """Return what the member who asks has chosen by now."""
    store, id_ = asked.work.of(Members), asked.member.id
    member, pauses = (await store.get([id_]))[id_], (await store.pauses([id_]))[id_]
    calendar = calendar_of(member, pauses, asked.policy.hours)
    return Choices(
        member,
        asked.policy.hours,
        calendar,
        member.language or asked.program.language,
        asked.now,
        welcome(calendar, asked.now),
        any(not pause.lighter and goes_on(pause, asked.now) for pause in pauses),
        goes_on_until(pauses, asked.now, lighter=False),
        goes_on_until(pauses, asked.now, lighter=True),
        tuple(pause for pause in pauses if lies_ahead(pause, asked.now)),
    )


async def change(asked: Asked, what: str, **values: Any) -> Choices:  # noqa: ANN401 - a member's columns
    """Change a setting of the member who asks; return all that is chosen then. What is chosen already is let be."""
    if any(getattr(asked.member, name) != value for name, value in values.items()):
        await asked.work.of(Members).change(asked.member.id, **values)
        await asked.work.audit.add(asked.member.key, f"members.{what}")
        await bring_up_to_date(asked, asked.member.id)
    return await choices(asked)


async def change_clock(asked: Asked, what: str, **values: Any) -> Choices:  # noqa: ANN401 - a member's columns
    """Change a setting on which the member's clocks hang, and let them follow."""
    before = asked.member
    found = await change(asked, what, **values)
    if found.member != before:
        await clocks_changed(asked)
    return found


async def clocks_changed(asked: Asked) -> None:
    """Let everything follow that hangs on when the member who asks can be expected to answer."""
    await asked.work.outbox.wake([asked.member.id])
    await asked.tell(CalendarChanged([asked.member.id]))

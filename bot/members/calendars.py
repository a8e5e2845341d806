"""From what a member chose, and the policy where they chose nothing, to a calendar."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, Pause
from bot.context import Context
from bot.members.lighter import free_days
from bot.people import Member
from bot.policy_sections import HourFigures
from storage.members import Members, PauseRow
from storage.rests import Rest


def calendar_of(member: Member, pauses: Collection[PauseRow], hours: HourFigures) -> Calendar:
    """Return a member's calendar."""
    return Calendar(
        zone=ZoneInfo(member.zone),
        days=hours.days if member.days is None else member.days,
        opens=hours.opens if member.opens is None else member.opens,
        closes=hours.closes if member.closes is None else member.closes,
        country=member.country,
        pauses=tuple(free for pause in pauses for free in _free(pause, ZoneInfo(member.zone))),
    )


def _free(pause: PauseRow, zone: ZoneInfo) -> tuple[Pause, ...]:
    return free_days(pause.since, pause.until, zone) if pause.lighter else (Pause(pause.since, pause.until),)


async def calendars(context: Context, member_ids: Collection[int]) -> dict[int, Calendar]:
    """Return the calendars of these members."""
    store = context.work.of(Members)
    pauses = await store.pauses(member_ids)
    found = await store.get(member_ids)
    return {id_: calendar_of(member, pauses[id_], context.policy.hours) for id_, member in found.items()}


def with_rests(calendar: Calendar, rests: Collection[Rest]) -> Calendar:
    """Return a calendar in which nothing is expected while a pairing rests either."""
    pauses = tuple(Pause(rest.since, rest.until) for rest in rests)
    return replace(calendar, pauses=calendar.pauses + pauses) if pauses else calendar


async def lighter_until(context: Context, member_id: int) -> datetime | None:
    """Return when the lighter weeks of a member end that go on now; None if there are none."""
    return goes_on_until((await context.work.of(Members).pauses([member_id]))[member_id], context.now, lighter=True)


def goes_on_until(pauses: Collection[PauseRow], now: datetime, *, lighter: bool) -> datetime | None:
    """Return when the time away, or the lighter weeks, that goes on now ends; None if there is none, or it is open."""
    ends = [pause.until for pause in pauses if pause.lighter == lighter and goes_on(pause, now)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def goes_on(pause: PauseRow, now: datetime) -> bool:
    """Tell whether a pause goes on now."""
    return not lies_ahead(pause, now) and (pause.until is None or pause.until > now)


def lies_ahead(pause: PauseRow, now: datetime) -> bool:
    """Tell whether a pause was announced and hasn't begun."""
    return pause.announced and pause.since > now

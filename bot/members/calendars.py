"""From what a member chose, and the policy where they chose nothing, to a calendar."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, Pause
from bot.context import Context
from bot.people import Member
from bot.policy import HourFigures
from storage.members import Members, PauseRow


def calendar_of(member: Member, pauses: Collection[PauseRow], hours: HourFigures) -> Calendar:
    """Return a member's calendar."""
    return Calendar(
        zone=ZoneInfo(member.zone),
        days=hours.days if member.days is None else member.days,
        opens=hours.opens if member.opens is None else member.opens,
        closes=hours.closes if member.closes is None else member.closes,
        country=member.country,
        pauses=tuple(Pause(pause.since, pause.until) for pause in pauses),
    )


async def calendars(context: Context, member_ids: Collection[int]) -> dict[int, Calendar]:
    """Return the calendars of these members."""
    store = context.work.of(Members)
    pauses = await store.pauses(member_ids)
    found = await store.get(member_ids)
    return {id_: calendar_of(member, pauses[id_], context.policy.hours) for id_, member in found.items()}

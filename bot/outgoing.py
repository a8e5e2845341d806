"""What goes out unasked: when it may, what has to be looked at before, and what it says."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.budget import WEEK, next_day, next_slot
from bot.calendar import Calendar, is_welcome, local_day, welcome
from bot.context import Context
from bot.feature import About, Feature, Part
from bot.members.calendars import calendars
from bot.views import Block
from storage.members import Members
from storage.outbox import BUDGETED, OutboxRow, Urgency

ASK_AGAIN = timedelta(days=1)  # whether somebody is a member again


class Outgoing:
    """The composers of all features, and the budget that they share."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Gather what the features declare."""
        self._composers = {kind: made for feature in features for kind, made in feature.composers.items()}

    async def slot(self, context: Context, rows: Sequence[OutboxRow], *, again: bool = False) -> datetime | None:
        """Return from when on a member may get these rows; `again`: they have their place in the budget already."""
        member_id = rows[0].member_id
        calendar = (await calendars(context, [member_id]))[member_id]
        if again or rows[0].urgency is Urgency.ASKED:
            return welcome(calendar, context.now)
        spent = await context.work.outbox.days(member_id, local_day(calendar, context.now) - WEEK)
        patient = all(row.urgency is Urgency.PATIENT for row in rows)
        slot = next_slot(calendar, context.now, spent, context.policy.budget, leave=1 if patient else 0)
        return slot and await self._together(context, member_id, calendar, slot)

    async def _together(self, context: Context, member_id: int, calendar: Calendar, slot: datetime) -> datetime:
        """Wait for what rings for the member later on the same day: one message says it all."""
        tomorrow = next_day(calendar, slot)
        alarms = await context.work.due.between(member_id, slot, tomorrow)
        return max([slot, *(at for at in alarms if is_welcome(calendar, at))])

    async def places(self, context: Context, rows: Sequence[OutboxRow]) -> list[About]:
        """Return what is to be read before these rows go out."""
        found: list[About] = []
        for kind, mine in _by_kind(rows).items():
            found += await self._composers[kind].about(context, mine)
        return found

    async def compose(self, context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
        """Compose one message of all rows that are still needed."""
        member = (await context.work.of(Members).get([member_id])).get(member_id)
        if member is None:
            return Part((), frozenset())
        if not member.active:
            return Part((), frozenset(), dict.fromkeys((row.id for row in rows), context.now + ASK_AGAIN))
        blocks: list[Block] = []
        needed: set[int] = set()
        later: dict[int, datetime] = {}
        for kind, mine in _by_kind(rows).items():
            part = await self._composers[kind].compose(context, member_id, mine)
            blocks += part.blocks
            needed |= part.needed
            later |= part.later
        return Part(tuple(blocks), frozenset(needed), later)

    async def key(self, context: Context, member_id: int, rows: Sequence[OutboxRow]) -> tuple[date, str]:
        """Return the local day of a delivery and the key under which it is unique: one a place in the day's budget."""
        calendar = (await calendars(context, [member_id]))[member_id]
        today = local_day(calendar, context.now)
        if rows[0].urgency not in BUDGETED:
            return today, f"row:{rows[0].id}"
        spent = await context.work.outbox.days(member_id, today)
        return today, f"{member_id}:{today.isoformat()}:{len(spent)}"


def _by_kind(rows: Sequence[OutboxRow]) -> dict[str, list[OutboxRow]]:
    found: dict[str, list[OutboxRow]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found

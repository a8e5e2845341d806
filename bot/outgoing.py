"""What goes out unasked: when it may, what has to be looked at before, and what it says."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from bot.budget import WEEK, next_day
from bot.calendar import Calendar, is_welcome, local_day, welcome
from bot.context import Context
from bot.feature import About, Feature, NewSpace, Part
from bot.language import speaking
from bot.members.calendars import calendars, lighter_until
from bot.members.lighter import slot as lighter_slot
from bot.views import Block, Message
from storage.members import Members
from storage.outbox import BUDGETED, OutboxRow, Urgency
from storage.pairings import Pairings
from storage.programs import Program, State

ASK_AGAIN = timedelta(days=1)  # whether somebody is a member again


class Outgoing:
    """The composers of all features, and the budget that they share."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Gather what the features declare."""
        self._composers = {kind: made for feature in features for kind, made in feature.composers.items()}
        self._closes = {kind for feature in features for kind in feature.closes}
        self.private = frozenset(kind for kind, composer in self._composers.items() if composer.private)
        self._openers = {kind: made for feature in features for kind, made in feature.openers.items()}
        self._announcers = {kind: made for feature in features for kind, made in feature.announcers.items()}
        self._wearers = {kind: made for feature in features for kind, made in feature.wearers.items()}
        self._posters = {kind: made for feature in features for kind, made in feature.posters.items()}

    def may_go(self, program: Program) -> Collection[str] | None:
        """Return the kinds of rows that may be taken up in a program's state; None: all.

        While it is tried out, what would be done in spaces and beside names waits: only messages to members and
        announcements are noted for nothing. Spaces of those who leave are closed in any state.
        """
        if program.state is State.RUNNING:
            return None
        if program.state is State.SHADOW:
            return [*self._composers, *self._announcers, *self._closes]
        return [*(kind for kind, composer in self._composers.items() if composer.always), *self._closes]

    def is_shown(self, program: Program, rows: Sequence[OutboxRow]) -> bool:
        """Tell whether a message really goes out in a program's state, and isn't only noted as what would have."""
        return program.state is State.RUNNING or all(self._goes_out_always(row.kind) for row in rows)

    def _goes_out_always(self, kind: str) -> bool:
        return kind in self._composers and self._composers[kind].always

    async def space(self, context: Context, row: OutboxRow) -> NewSpace | None:
        """Say how the space is to be made that a row asks for."""
        with speaking(context.program.language):
            return await self._openers[row.kind](context, row)

    async def post(self, context: Context, row: OutboxRow) -> Message | None:
        """Compose what is said in a pairing's space, in the language that its people share, or else the program's."""
        with speaking(await self._shared_language(context, row)):
            return await self._posters[row.kind](context, row)

    async def announcement(self, context: Context, row: OutboxRow) -> Message | None:
        """Compose what is said to all, in the program's language."""
        with speaking(context.program.language):
            return await self._announcers[row.kind](context, row)

    async def title(self, context: Context, row: OutboxRow) -> str | None:
        """Say which title a row gives or takes, in the program's language; None if it is no longer to do so."""
        with speaking(context.program.language):
            return await self._wearers[row.kind](context, row)

    async def _shared_language(self, context: Context, row: OutboxRow) -> str:
        pairing = (await context.work.of(Pairings).get([row.pairing_id or 0])).get(row.pairing_id or 0)
        sides = () if pairing is None else pairing.sides
        people = (await context.work.of(Members).get(sides)).values()
        chosen = {member.language or context.program.language for member in people}
        return chosen.pop() if len(chosen) == 1 else context.program.language

    async def slot(self, context: Context, rows: Sequence[OutboxRow], *, again: bool = False) -> datetime | None:
        """Return from when on a member may get these rows; `again`: they have their place in the budget already."""
        member_id = whose(rows)
        calendar = (await calendars(context, [member_id]))[member_id]
        if again or rows[0].urgency is Urgency.ASKED:
            return welcome(calendar, context.now)
        spent = await context.work.outbox.days(member_id, local_day(calendar, context.now) - WEEK)
        patient = all(row.urgency is Urgency.PATIENT for row in rows)
        lighter = await lighter_until(context, member_id)
        leave, budget = 1 if patient else 0, context.policy.budget
        slot = lighter_slot(calendar, context.now, spent, budget, leave=leave, lighter_until=lighter)
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
        with speaking(member.language or context.program.language):
            return await self._compose(context, member_id, rows)

    async def _compose(self, context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
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


def whose(rows: Sequence[OutboxRow]) -> int:
    """Return whom rows are for that travel together."""
    if rows[0].member_id is None:
        raise ValueError("a row about a pairing is for no member")
    return rows[0].member_id


def _by_kind(rows: Sequence[OutboxRow]) -> dict[str, list[OutboxRow]]:
    found: dict[str, list[OutboxRow]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found

"""Trying figures out: how many reminders there would have been in the last month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar import Calendar
from bot.context import Context
from bot.grouping import by_pairing
from bot.members.calendars import calendar_of, with_rests
from bot.nudges.trying import Written, reminders
from bot.people import Member, Pairing
from bot.policy import Policy
from storage.members import Members, PauseRow
from storage.messages import Messages
from storage.nudges import Nudges
from storage.pairings import Pairings
from storage.reactions import Reactions
from storage.rests import Rest, Rests

MONTH = timedelta(days=30)
BEFORE = timedelta(days=30)  # what was written earlier may be reminded of in the month
MOST = 20_000  # messages that are looked through while somebody waits for the answer


@dataclass(frozen=True, slots=True)
class Lately:
    """What happened lately in the pairs that go on, and whom it concerns."""

    pairings: Mapping[int, Pairing]
    written: Mapping[int, Written]
    people: Mapping[int, Member]
    pauses: Mapping[int, list[PauseRow]]
    breaks: Mapping[int, list[Rest]]

    def reminders(self, figures: Policy, now: datetime) -> int:
        """Count the reminders of the last month, had these figures held all the time."""
        calendars = {
            id_: calendar_of(member, self.pauses[id_], figures.hours)
            for id_, member in self.people.items()
            if member.active
        }
        return sum(
            at > now - MONTH
            for id_, written in self.written.items()
            for at in reminders(self.pairings[id_], figures.nudges, self._with_breaks(id_, calendars), written, now)
        )

    def _with_breaks(self, pairing_id: int, calendars: Mapping[int, Calendar]) -> Mapping[int, Calendar]:
        """Return the calendars of a pairing's two sides: in its breaks nothing is expected of them."""
        breaks = self.breaks.get(pairing_id, ())
        sides = calendars.keys() & self.pairings[pairing_id].sides
        return {side: with_rests(calendars[side], breaks) for side in sides}


async def lately(context: Context) -> Lately | None:
    """Return what happened lately; None if it is too much."""
    pairings = {pairing.id: pairing for pairing in await context.work.of(Pairings).going_on()}
    starts = dict.fromkeys(pairings, context.now - MONTH - BEFORE)
    store = context.work.of(Messages)
    if await store.count_since(starts, MOST + 1) > MOST:
        return None
    messages = by_pairing(await store.since(starts))
    reactions = by_pairing(await context.work.of(Reactions).since(starts))
    marks = by_pairing(await context.work.of(Nudges).marks_since(starts))
    written = {id_: Written(said, reactions.get(id_, ()), marks.get(id_, ())) for id_, said in messages.items()}
    sides = {side for id_ in written for side in pairings[id_].sides}
    members = context.work.of(Members)
    breaks = await context.work.of(Rests).breaks(written.keys())
    return Lately(pairings, written, await members.get(sides), await members.pauses(sides), breaks)

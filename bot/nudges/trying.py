"""Trying figures out on what was written: when the rules would have reminded somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.calendar import Calendar, welcome
from bot.nudges.rules import Pace, pace, schedule
from bot.nudges.turns import watch
from bot.people import Pairing
from bot.policy_sections import NudgeFigures
from storage.messages import MessageRow
from storage.nudges import MarkRow, NudgeRow, Turn, TurnFacts
from storage.reactions import ReactionRow


@dataclass(frozen=True, slots=True)
class Written:
    """What happened in a pairing."""

    messages: Sequence[MessageRow]
    reactions: Sequence[ReactionRow] = ()
    marks: Sequence[MarkRow] = ()


def reminders(
    pairing: Pairing, figures: NudgeFigures, calendars: Mapping[int, Calendar], written: Written, until: datetime
) -> list[datetime]:
    """Return when somebody would have been reminded in a pairing, `until` included; the budget plays no part.

    Whoever has no calendar is reminded of nothing.
    """
    tried = _Tried(pace(figures, pairing), calendars)
    happened = list(watch(pairing, figures, written.messages, written.reactions, written.marks))
    ends = [*(at for at, _ in happened[1:]), until + timedelta.resolution]
    for (since, waits), end in zip(happened, ends, strict=False):
        if waits is not None:
            tried.remind(waits, since, end)
    return tried.sent


@dataclass
class _Tried:
    """What would have been sent so far; `series` holds the nudges of each turn."""

    pace: Pace
    calendars: Mapping[int, Calendar]
    sent: list[datetime] = field(default_factory=list)
    series: dict[tuple[int, str], list[NudgeRow]] = field(default_factory=dict)

    def remind(self, waits: TurnFacts, since: datetime, end: datetime) -> None:
        """Send what is due for a turn from one instant on, before another one."""
        if waits.remind_at is None and end - waits.waiting_since <= min(self.pace.steps):
            return  # most are answered before: a look at the calendar would find nothing either
        nudges = self.series.setdefault((waits.space_id, waits.opener), [])
        while (due := self._next(waits, nudges, since)) is not None and due[0] < end:
            nudges.append(NudgeRow(waits.reopened, due[1], sent_at=due[0]))
            self.sent.append(due[0])

    def _next(self, waits: TurnFacts, nudges: Sequence[NudgeRow], since: datetime) -> tuple[datetime, int] | None:
        calendar = self.calendars.get(waits.answerer_id)
        if calendar is None:
            return None
        plan = schedule(Turn(0, waits, None, None), self.pace, calendar, nudges)
        at = None if plan.nudge is None else welcome(calendar, max(plan.nudge, since))
        return None if at is None else (at, plan.rung + 1)

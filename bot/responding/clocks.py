"""What a report waits for, and until when: pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import Calendar
from bot.policy_sections import ReportFigures
from bot.reports.clock import Span, span
from storage.cases import Case, State


@dataclass(frozen=True, slots=True)
class Waits:
    """The time in which a report is to be read by a person, or answered."""

    span: Span
    to_read: bool

    @property
    def limit(self) -> datetime:
        """Until when."""
        return self.span.limit


def waits(case: Case, calendar: Calendar, figures: ReportFigures) -> Waits | None:
    """Return what a report waits for; None if it is answered or closed."""
    if case.answered_at is not None or case.state is State.CLOSED:
        return None
    to_read = case.acknowledged_at is None
    days = figures.acknowledged_within if to_read else figures.answered_within
    return Waits(span(calendar, case.waits_since, days), to_read)


def in_order(cases: Iterable[Case], calendar: Calendar, figures: ReportFigures) -> list[tuple[Case, Waits | None]]:
    """Return reports with what they wait for: what is due first comes first, what is closed last."""
    found = [(case, waits(case, calendar, figures)) for case in cases]

    def place(one: tuple[Case, Waits | None]) -> tuple[int, float, str]:
        case, until = one
        rank = 2 if case.state is State.CLOSED else int(until is None)
        return rank, until.limit.timestamp() if until else 0.0, case.name

    return sorted(found, key=place)

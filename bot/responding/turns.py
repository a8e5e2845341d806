"""Whose turn it is with a report: pure functions of who may read it, who has it, who is away, and of the clock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import Calendar
from bot.policy_sections import ReportFigures
from bot.reports.clock import Step
from bot.reports.readers import in_turn
from bot.responding.clocks import waits
from storage.cases import Case


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the time for a report has gone; `to_read`: it is the time until a person has read it."""

    step: Step
    to_read: bool


def reached(case: Case, calendar: Calendar, figures: ReportFigures, now: datetime) -> Reached | None:
    """Return how far the time has gone for what a report waits for; None if it waits for nothing."""
    until = waits(case, calendar, figures)
    return None if until is None else Reached(until.span.step(now), until.to_read)


def first(readers: Sequence[int], taken_by: int | None, away: Collection[int]) -> tuple[int, ...]:
    """Return who is told first: whoever has it, else the main reader; somebody who is away means the next one, too."""
    order = in_turn(readers, away)
    if taken_by is None or taken_by not in readers:
        return order[:1]
    return (taken_by, *[one for one in order if one != taken_by][: int(taken_by in away)])


def reminded(step: Step, readers: Sequence[int], taken_by: int | None, away: Collection[int]) -> tuple[int, ...]:
    """Return who is reminded at a step: first whose turn it is; then, at two thirds and when it is late, a backup."""
    if step is Step.BEGUN:
        return ()
    mine = first(readers, taken_by, away)
    if step is Step.HALF:
        return mine
    backup = [one for one in in_turn(readers, away) if one not in mine]
    return (*mine, *(backup[:1] if step is Step.TWO_THIRDS else backup))

"""When somebody is reminded, when an answer is late, and what a response rate is: pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.calendar import Calendar, after, welcome
from bot.people import Pairing
from bot.policy_sections import NudgeFigures, RateFigures
from storage.nudges import NudgeRow, Outcome, Turn, TurnFacts

TAKEN_OUT = frozenset({Outcome.NOT_NEEDED, Outcome.ELSEWHERE, Outcome.NO_HURRY, Outcome.WITHDRAWN, Outcome.ENDED})


RUNGS = 3  # nudges in a series: after the policy's first, second and last step


def judged_by(turn: Turn, version: int) -> int:
    """Return by which version of the figures a turn is judged: by that of now, or, once it is over, by that of then."""
    if turn.facts.closed_at is None or turn.limit_at is None:
        return version
    return turn.version or 0  # of what was judged before versions were noted: then there was the first one alone


@dataclass(frozen=True, slots=True)
class Pace:
    """A policy's clock at the pace that a pairing agreed on: the time to answer, and after what the nudges go."""

    answer_within: timedelta
    steps: tuple[timedelta, ...]
    seen_for: timedelta
    told_after: timedelta


def pace(figures: NudgeFigures, pairing: Pairing) -> Pace:
    """Stretch the steps as the agreed time to answer stretches the policy's."""
    within = pairing.pace or figures.answer_within
    stretch = within / figures.answer_within
    steps = (figures.first_after * stretch, figures.second_after * stretch, figures.last_after * stretch)
    return Pace(within, steps, figures.seen_for, figures.told_after)


def clock_begins(turn: TurnFacts, since: datetime | None) -> datetime:
    """Return when a turn's clock begins: for what waited already when the program came into its state, then."""
    waited = since is not None and (turn.closed_at is None or turn.closed_at > since)
    return max(turn.waiting_since, since) if since is not None and waited else turn.waiting_since


def next_nudge(
    turn: TurnFacts, pace: Pace, calendar: Calendar, sent: Sequence[datetime], since: datetime | None = None
) -> datetime | None:
    """Return when the next nudge is due; None if no further one is, or none can be said while a pause is open.

    `since`: when the program came into its state (see `clock_begins`). `sent`: when the nudges since the turn began to
    wait went out. A late one moves those after it, so that a bot that was away, or a week that was full, doesn't end
    in three nudges at once.
    """
    if len(sent) >= len(pace.steps):
        return None
    at = after(calendar, clock_begins(turn, since), pace.steps[len(sent)])
    if at is not None and sent:
        rest = after(calendar, sent[-1], pace.steps[len(sent)] - pace.steps[len(sent) - 1])
        at = None if rest is None else max(at, rest)
    if at is not None and turn.put_off_at is not None:
        put_off = after(calendar, turn.put_off_at, pace.seen_for)
        at = None if put_off is None else max(at, put_off)
    return None if at is None else welcome(calendar, at)


def told_at(pace: Pace, calendar: Calendar, sent: Sequence[datetime]) -> datetime | None:
    """Return when coordinators learn that a whole series of nudges was in vain."""
    return after(calendar, sent[-1], pace.told_after) if len(sent) >= len(pace.steps) else None


def limit(
    turn: TurnFacts, pace: Pace, calendar: Calendar, sent: Sequence[datetime], since: datetime | None = None
) -> datetime | None:
    """Return from when on an answer is late; None as long as nobody was reminded, for nobody is late before that.

    A reminder that came only after the limit moves the limit behind it.
    """
    if not sent:
        return None
    plain = after(calendar, clock_begins(turn, since), pace.answer_within)
    if plain is None or sent[0] < plain:
        return plain
    return after(calendar, sent[0], pace.answer_within - pace.steps[0])


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that is to happen around one turn.

    `rung` numbers the newest nudge since the turn began to wait (0: none). `pending`: it has not gone out yet, and is
    to go at `nudge`; otherwise `nudge` is when a further one is due. `asked_for`: whoever is reminded said when.
    `over`: no further nudge comes by itself. `told` is when coordinators are told.
    """

    rung: int
    pending: bool = False
    nudge: datetime | None = None
    told: datetime | None = None
    limit: datetime | None = None
    asked_for: bool = False
    over: bool = False

    @property
    def alarm(self) -> datetime | None:
        """When the turn is to be looked at again; a pending nudge is the outbox's business."""
        return None if self.pending else self.nudge or self.told


def schedule(
    turn: Turn, pace: Pace, calendar: Calendar, nudges: Sequence[NudgeRow], since: datetime | None = None
) -> Schedule:
    """Return what is to happen around a turn, given its nudges in order, in a program in its state `since`."""
    facts = turn.facts
    series = [nudge for nudge in nudges if nudge.reopened == facts.reopened]
    sent = [nudge.sent_at for nudge in series if nudge.sent_at is not None]
    reminded = [n.sent_at for n in nudges if n.sent_at is not None and n.sent_at >= facts.waiting_since]
    late_from = limit(facts, pace, calendar, reminded, since)
    if facts.closed_at is not None:
        return Schedule(len(series), limit=late_from)
    done = [at for nudge in series for at in (nudge.sent_at, nudge.failed_at) if at is not None]
    asked_for = facts.remind_at if facts.remind_at is not None and (not done or facts.remind_at > done[-1]) else None
    # After one that was impossible no further one is tried by itself: coordinators know, and somebody may ask.
    over = asked_for is None and (len(sent) >= len(pace.steps) or any(n.failed_at is not None for n in series))
    told_already = turn.told_at is not None and turn.told_at >= facts.waiting_since
    return Schedule(
        rung=len(series),
        pending=any(nudge.pending for nudge in series),
        nudge=None if over else _next(facts, pace, calendar, sent, asked_for, since),
        told=told_at(pace, calendar, sent) if over and not told_already else None,
        limit=late_from,
        asked_for=asked_for is not None,
        over=over,
    )


def _next(
    facts: TurnFacts,
    pace: Pace,
    calendar: Calendar,
    sent: Sequence[datetime],
    asked_for: datetime | None,
    since: datetime | None,
) -> datetime | None:
    return next_nudge(facts, pace, calendar, sent, since) if asked_for is None else welcome(calendar, asked_for)


class Verdict(StrEnum):
    """What one turn counts for in a rate."""

    IN_TIME = "in_time"
    LATE = "late"
    TAKEN_OUT = "taken_out"
    UNDECIDED = "undecided"


def verdict(turn: Turn, now: datetime) -> Verdict:
    """Say what a turn counts for at `now`."""
    if turn.facts.outcome in TAKEN_OUT:
        return Verdict.TAKEN_OUT
    moment = turn.facts.closed_at or now
    if turn.limit_at is not None and moment > turn.limit_at:
        return Verdict.LATE
    return Verdict.UNDECIDED if turn.facts.closed_at is None else Verdict.IN_TIME


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of `counted` turns were answered in time; `forgiven` of the late ones don't count against it.

    `share` is None while there are too few to say anything: neither met nor missed.
    """

    counted: int
    in_time: int
    forgiven: int
    share: float | None


def rate(verdicts: Sequence[Verdict], figures: RateFigures) -> Rate:
    """Return the rate over the newest verdicts (newest first)."""
    judged = [v for v in verdicts if v in (Verdict.IN_TIME, Verdict.LATE)][: figures.turns]
    in_time = judged.count(Verdict.IN_TIME)
    if len(judged) < figures.neutral_under:
        return Rate(len(judged), in_time, 0, None)
    may_forgive = figures.forgiven if len(judged) < figures.forgiven_under else 0
    forgiven = min(may_forgive, len(judged) - in_time)
    return Rate(len(judged), in_time, forgiven, (in_time + forgiven) / len(judged))

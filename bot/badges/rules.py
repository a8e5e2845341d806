"""Whether a criterion is met, and a badge with it: pure functions of what happened, and of an instant.

A time of so many days goes back from that instant and leaves out when somebody was away, so that pauses stretch it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.badges.definition import Criterion, Definition
from bot.badges.measures import Kind, Measure
from bot.calendar import NEVER, Pause, merged
from bot.nudges import rules as nudges
from bot.policy_sections import RateFigures


class Verdict(StrEnum):
    """How it stands with a criterion. Neutral: there is too little to say. Absent: it can't be measured yet."""

    MET = "met"
    MISSED = "missed"
    NEUTRAL = "neutral"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Case:
    """Something that a measure looks at, by an id such as "turn:12". `counts`: in time or late; None: neither."""

    id: str
    at: datetime
    counts: bool | None = True


@dataclass(frozen=True, slots=True)
class History:
    """All that badges look at of one member: the cases of each measure (the newest first), and when they were away.

    `events` are when community events began that are over, and to which they could have come. `anew` says of badges
    that ended from when on all counts anew, by name.
    """

    cases: Mapping[Measure, Sequence[Case]] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    events: tuple[datetime, ...] = ()
    anew: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """How a criterion stands, by which cases. `value` and `needed` are shares of one, or numbers.

    `since`: the cases before it are too old; None: none is. `forgiven` of the late ones don't count against it.
    """

    criterion: Criterion
    verdict: Verdict
    value: float
    needed: float
    since: datetime | None = None
    cases: tuple[Case, ...] = ()
    forgiven: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a badge stands for one member, by which figures, with their time away.

    `anew`: it ended once, so that what merely goes on isn't enough to earn it again.
    """

    definition: Definition
    measured: tuple[Measured, ...]
    pauses: tuple[Pause, ...]
    figures: RateFigures
    anew: bool = False

    @property
    def missed(self) -> tuple[Measured, ...]:
        """The criteria that aren't met."""
        return self._with(Verdict.MISSED)

    @property
    def absent(self) -> tuple[Measured, ...]:
        """The criteria that can't be measured yet, and are left out."""
        return self._with(Verdict.ABSENT)

    @property
    def met(self) -> bool:
        """Whether nothing is missing, and something was measured."""
        earned = (one for one in self._with(Verdict.MET) if not (self.anew and one.criterion.about.present))
        return not self.missed and any(earned)

    def _with(self, verdict: Verdict) -> tuple[Measured, ...]:
        return tuple(one for one in self.measured if one.verdict is verdict)


def standing(definition: Definition, history: History, now: datetime, figures: RateFigures) -> Standing:
    """Return how a badge stands for one member."""
    anew = history.anew.get(definition.name)
    measured = tuple(_measured(one, history, anew, now, figures) for one in definition.criteria)
    return Standing(definition, measured, history.pauses, figures, anew is not None)


def _measured(
    criterion: Criterion, history: History, anew: datetime | None, now: datetime, figures: RateFigures
) -> Measured:
    cases = history.cases.get(criterion.measure, ())
    match criterion.about.kind:
        case Kind.NOT_THERE:
            return Measured(criterion, Verdict.ABSENT, 0, 0)
        case Kind.RATE:
            return _rated(criterion, [one for one in cases if anew is None or one.at >= anew], figures)
    since = None if criterion.within is None else window(history.pauses, now, criterion.within)
    if anew is not None and not criterion.about.present:
        since = anew if since is None else max(since, anew)
    return _counted(criterion, cases, history, since, now)


def _rated(criterion: Criterion, cases: Sequence[Case], figures: RateFigures) -> Measured:
    judged = tuple(one for one in cases if one.counts is not None)[: figures.turns]
    rate = rate_of(judged, figures)
    good = rate.in_time + rate.forgiven
    met = good * 100 >= criterion.needed * rate.counted
    verdict = Verdict.NEUTRAL if rate.share is None else Verdict.MET if met else Verdict.MISSED
    value = good / rate.counted if rate.counted else 0.0
    return Measured(criterion, verdict, value, criterion.needed / 100, None, judged, rate.forgiven)


def rate_of(cases: Sequence[Case], figures: RateFigures) -> nudges.Rate:
    """Return the rate over cases that count, the newest first: as response rates are worked out."""
    return nudges.rate([nudges.Verdict.IN_TIME if one.counts else nudges.Verdict.LATE for one in cases], figures)


def _counted(
    criterion: Criterion, cases: Sequence[Case], history: History, since: datetime | None, now: datetime
) -> Measured:
    counted = tuple(one for one in cases if one.counts and _lies_within(one.at, since, now))
    verdict = Verdict.MET if len(counted) >= criterion.needed else Verdict.MISSED
    if verdict is Verdict.MISSED and criterion.measure is Measure.EVENTS_ATTENDED:
        held = (at for at in history.events if _lies_within(at, since, now) and not is_away(history.pauses, at))
        verdict = Verdict.MISSED if any(held) else Verdict.NEUTRAL
    return Measured(criterion, verdict, len(counted), criterion.needed, since, counted)


def _lies_within(at: datetime, since: datetime | None, now: datetime) -> bool:
    return at <= now and (since is None or at >= since)


# Time that counts: all but when somebody is away.


def is_away(pauses: Sequence[Pause], at: datetime) -> bool:
    """Tell whether somebody is away at an instant."""
    return any(one.since <= at < (one.until or NEVER) for one in pauses)


def window(pauses: Sequence[Pause], now: datetime, length: timedelta) -> datetime:
    """Return the earliest instant from which on no more than a length of time that counts has passed until now."""
    end = now
    for pause in reversed(merged(pauses)):
        until = min(pause.until or NEVER, end)
        if pause.since >= end:
            continue
        if end - until > length:
            break
        length -= end - until
        end = pause.since
    return end - length


def ahead(pauses: Sequence[Pause], start: datetime, length: timedelta) -> datetime | None:
    """Return the last instant until which no more than a length of time that counts has passed; None: there is none."""
    begin = start
    for pause in merged(pauses):
        until = pause.until or NEVER
        if until <= begin:
            continue
        if pause.since - begin > length:
            break
        length -= max(pause.since - begin, timedelta(0))
        begin = until
    return None if begin >= NEVER else begin + length

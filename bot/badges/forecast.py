"""What would complete a badge, and until when: pure functions of how it stands."""

from dataclasses import dataclass
from datetime import datetime

from bot.badges.rules import Case, Measured, Standing, Verdict, ahead, rate_of
from bot.calendar import NEVER
from bot.policy import RateFigures

_IN_TIME = Case("", NEVER)


@dataclass(frozen=True, slots=True)
class Need:
    """So many more cases of what a criterion measures, such as answers in time, would be enough for it."""

    measured: Measured
    more: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What completes a badge, all of it, if it happens by `until`: later, something that counts now is too old."""

    needs: tuple[Need, ...]
    until: datetime | None


def forecast(standing: Standing, now: datetime) -> Forecast | None:
    """Return what would complete a badge; None if nothing is missing, or nothing that somebody does completes it."""
    needs = [Need(one, _more(one, standing.figures)) for one in standing.missed]
    if not needs and not standing.met:
        neutral = [one for one in standing.measured if one.verdict is Verdict.NEUTRAL]
        needs = sorted((Need(one, _more(one, standing.figures)) for one in neutral), key=lambda need: need.more)[:1]
    if not needs:
        return None
    ends = [_lasts_until(one, standing) for one in standing.measured]
    return Forecast(tuple(needs), min((at for at in ends if at is not None), default=None))


def _more(measured: Measured, figures: RateFigures) -> int:
    if not measured.criterion.is_rate:
        return measured.criterion.needed - len(measured.cases)
    return next(more for more in range(1, figures.turns + 1) if _would_do(measured, more, figures))


def _would_do(measured: Measured, more: int, figures: RateFigures) -> bool:
    """Tell whether so many further answers in time would be enough."""
    rate = rate_of([*[_IN_TIME] * more, *measured.cases], figures)
    return rate.share is not None and (rate.in_time + rate.forgiven) * 100 >= measured.criterion.needed * rate.counted


def _lasts_until(measured: Measured, standing: Standing) -> datetime | None:
    """Return until when what counts is enough, or as much as it is; None if it doesn't grow old."""
    if measured.criterion.within is None or not measured.cases:
        return None
    oldest_first = sorted(one.at for one in measured.cases)
    spare = max(len(oldest_first) - measured.criterion.needed, 0)
    return ahead(standing.pauses, oldest_first[spare], measured.criterion.within)

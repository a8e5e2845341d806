"""What badges need, and how it stands, in words."""

from collections.abc import Sequence
from datetime import timedelta

from bot.badges.definition import Criterion
from bot.badges.measures import Measure
from bot.badges.rules import Measured, Verdict
from bot.language import n, t
from bot.views import Block, Text
from bot.wording import percent


def criterion(one: Criterion) -> str:
    """Say what a criterion needs: `At least 3 sessions held · within 60 days`."""
    needed, share = one.needed, percent(one.needed / 100)
    match one.measure:
        case Measure.RESPONSE_RATE:
            return t("At least {share} of messages answered in time", share=share)
        case Measure.FORMS_ON_TIME:
            return t("At least {share} of session notes and feedback in time", share=share)
        case Measure.AVAILABILITY_CURRENT:
            return t("Times and offers kept up to date")
    said = _number(one.measure, needed)
    return said if one.within is None else t("{what} · within {time}", what=said, time=_days(one.within))


def _number(measure: Measure, needed: int) -> str:
    """Say a count: `At least 3 sessions held`."""
    return _of_sessions(measure, needed) or _of_goals(measure, needed) or _of_events(needed)


def _of_sessions(measure: Measure, needed: int) -> str | None:
    match measure:
        case Measure.SESSIONS_BOOKED:
            return n("At least {n} session booked", "At least {n} sessions booked", needed)
        case Measure.SESSIONS_ATTENDED:
            return n("At least {n} session held", "At least {n} sessions held", needed)
        case Measure.FEEDBACK_GIVEN:
            return n("Notes or feedback on at least {n} session", "Notes or feedback on at least {n} sessions", needed)
    return None


def _of_goals(measure: Measure, needed: int) -> str | None:
    match measure:
        case Measure.GOALS_ACTIVE:
            return n("At least {n} active goal", "At least {n} active goals", needed)
        case Measure.GOALS_LINKED:
            return n("At least {n} goal with sessions about it", "At least {n} goals with sessions about them", needed)
        case Measure.GOAL_UPDATES:
            return n("At least {n} update on goals", "At least {n} updates on goals", needed)
    return None


def _of_events(needed: int) -> str:
    return n("At least {n} community event attended", "At least {n} community events attended", needed)


def _days(length: timedelta) -> str:
    return n("{n} day", "{n} days", length.days)


def figure(one: Measured) -> str:
    """Say how a criterion stands: `95% (19 of 20)`, `2 of 3`, `4, of 3 needed`, or that there is too little to say."""
    if one.verdict is Verdict.ABSENT:
        return t("I can't count this yet, so it's left out")
    if not one.criterion.is_rate:
        return _counted(one)
    good = sum(bool(case.counts) for case in one.cases) + one.forgiven
    if one.verdict is Verdict.NEUTRAL:
        return n("too few to count yet ({n} so far)", "too few to count yet ({n} so far)", len(one.cases))
    return t("{share} ({good} of {all})", share=percent(one.value), good=good, all=len(one.cases))


def _counted(one: Measured) -> str:
    if one.verdict is Verdict.NEUTRAL:
        return t("there was none, so it's left out")
    number, needed = int(one.value), one.criterion.needed
    if number > needed:
        return t("{number}, of {needed} needed", number=number, needed=needed)
    return t("{number} of {needed}", number=number, needed=needed)


def promises(perks: Sequence[str]) -> list[Block]:
    """Say what comes with a badge, if anything does."""
    lines = [t("• {line}", line=t(perk)) for perk in perks]
    return [Text("\n".join([t("What comes with it:"), *lines]))] if lines else []

"""What would complete a badge, and until when."""

from datetime import datetime, timedelta

from bot.badges.forecast import Forecast, Need
from bot.badges.measures import Measure
from bot.language import n, t
from bot.wording import day, moment, names

SOON = timedelta(days=2)  # what ends earlier is told with its hour


def said(found: Forecast | None, now: datetime, zone: str) -> str:
    """Say what would complete a badge, and until when; maybe nothing."""
    if found is None:
        return ""
    what = enough(found)
    if found.until is None:
        return t("This would be enough: {what}.", what=what)
    if found.until - now < SOON:
        return t("Until {moment}, this would be enough: {what}.", moment=moment(found.until, zone), what=what)
    return t("Before {day}, this would be enough: {what}.", day=day(found.until, zone), what=what)


def enough(found: Forecast) -> str:
    """Say all that is missing: `2 more sessions held and 1 more active goal`."""
    return names([_need(one) for one in found.needs])


def _need(one: Need) -> str:
    """Say what is missing of one criterion."""
    match one.measured.criterion.measure:
        case Measure.RESPONSE_RATE:
            return n("{n} more message answered in time", "{n} more messages answered in time", one.more)
        case Measure.FORMS_ON_TIME:
            return n("{n} more form given in time", "{n} more forms given in time", one.more)
        case Measure.EVENTS_ATTENDED:
            return n("{n} more community event attended", "{n} more community events attended", one.more)
    return _of_goals(one) or _of_sessions(one)


def _of_goals(one: Need) -> str | None:
    match one.measured.criterion.measure:
        case Measure.GOALS_ACTIVE:
            return n("{n} more active goal", "{n} more active goals", one.more)
        case Measure.GOALS_LINKED:
            return n("{n} more goal that a session is about", "{n} more goals that sessions are about", one.more)
        case Measure.GOAL_UPDATES:
            return n("{n} more update on goals", "{n} more updates on goals", one.more)
    return None


def _of_sessions(one: Need) -> str:
    match one.measured.criterion.measure:
        case Measure.SESSIONS_BOOKED:
            return n("{n} more session booked", "{n} more sessions booked", one.more)
        case Measure.SESSIONS_ATTENDED:
            return n("{n} more session held", "{n} more sessions held", one.more)
    return n("notes or feedback on {n} more session", "notes or feedback on {n} more sessions", one.more)

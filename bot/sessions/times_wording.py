"""How the time of a session is said, and what is said about one that can't be."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.language import locale, t
from bot.wording import moment


def said(at: datetime, now: datetime, zone: str) -> str:
    """Return a time with its weekday, day and zone: `Thursday 5 March, 18:00 (Europe/Berlin)`.

    It has its year if that isn't this one, and says which one is meant of two that a clock shows alike.
    """
    return t("{moment} ({zone})", moment=bare(at, now, zone), zone=zone)


def in_both(at: datetime, now: datetime, zone: str, name: str, other: str) -> str:
    """Return a time for its reader, and how late it is then for the other, if it isn't the same."""
    mine = said(at, now, zone)
    if alike(at, zone, other):
        return mine
    return t("{time}; for {name} it's {moment} ({zone})", time=mine, name=name, moment=bare(at, now, other), zone=other)


def alike(at: datetime, zone: str, other: str) -> bool:
    """Tell whether clocks in two zones show the same at an instant."""
    return at.astimezone(ZoneInfo(zone)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset()


def bare(at: datetime, now: datetime, zone: str) -> str:
    """Return a time with its weekday and day: `Thursday 5 March, 18:00`."""
    local = at.astimezone(ZoneInfo(zone))
    said = moment(at, zone) if local.year == now.astimezone(ZoneInfo(zone)).year else _with_year(local)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return said
    if local.fold:
        return t("{moment}, after the clocks go back", moment=said)
    return t("{moment}, before the clocks go back", moment=said)


def _with_year(local: datetime) -> str:
    return format_datetime(local, t("EEEE d MMMM y, HH:mm"), locale=locale())


def not_a_time(text: str, *, future: bool) -> str:
    """Say how a time can be written, to come or of what has been."""
    said = text[:80]
    if future:
        return t(
            'I couldn\'t read "{text}" as a time. Try: Thursday 18:00, tomorrow 6pm, or 2026-03-05 18:00.', text=said
        )
    return t('I couldn\'t read "{text}" as a time. Try: Thursday 18:00, yesterday 6pm, or 2026-03-05 18:00.', text=said)


def no_clock(text: str, *, future: bool) -> str:
    """Say that one time of day has to be in it."""
    if future:
        return t(
            'In "{text}" I couldn\'t find one time of day. '
            "Please write a day and one time: Thursday 18:00, or tomorrow 6pm.",
            text=text[:80],
        )
    return t(
        'In "{text}" I couldn\'t find one time of day. '
        "Please write a day and one time: Thursday 18:00, or yesterday 6pm.",
        text=text[:80],
    )


def nothing(*, future: bool = True) -> str:
    """Say that a time is needed."""
    if future:
        return t("Please write a day and a time: Thursday 18:00, tomorrow 6pm, or 2026-03-05 18:00.")
    return t("Please write a day and a time: Thursday 18:00, yesterday 6pm, or 2026-03-05 18:00.")


def own_zone(zone: str) -> str:
    """Say that nobody needs to name a zone."""
    return t("Please write the time as it is for you ({zone}), without naming a zone: Thursday 18:00.", zone=zone)


def other_weekday(day: date) -> str:
    """Say that day and weekday don't belong together."""
    right = format_date(day, t("EEEE d MMMM y"), locale=locale())
    return t("The weekday doesn't fit: it would be {day}. Which one do you mean?", day=right)


def skipped(wall: datetime, near: tuple[datetime, datetime], zone: str) -> str:
    """Say that clocks skip a time."""
    place = ZoneInfo(zone)
    return t(
        "{time} doesn't exist on that day: clocks go forward then. The nearest times that do: {before} or {after}.",
        time=f"{wall:%H:%M}",
        before=moment(near[0].astimezone(place), zone),
        after=moment(near[1].astimezone(place), zone),
    )


def in_the_past(at: datetime, now: datetime, zone: str) -> str:
    """Say that a time is over."""
    return t("That would be {time}, which is over. Please give a time to come.", time=said(at, now, zone))


def too_far(at: datetime, now: datetime, zone: str) -> str:
    """Say that a time is too far away."""
    return t("That would be {time}. Please give a time within the next year.", time=said(at, now, zone))


def not_yet(at: datetime, now: datetime, zone: str) -> str:
    """Say that a time is still to come."""
    return t("That would be {time}, which is still to come. Please give the time you met.", time=said(at, now, zone))


def too_far_back(at: datetime, now: datetime, zone: str) -> str:
    """Say that a time is too long ago."""
    return t("That would be {time}. I can note a session of the last 60 days.", time=said(at, now, zone))

"""Dates, times and numbers as people read them. Each feature has its sentences in a wording.py of its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_percent

from bot.language import isolated, locale, t
from bot.views import Button


def moment(at: datetime, zone: str) -> str:
    """Return a day and time of day: `Tuesday 4 March, 14:20`."""
    return format_datetime(at.astimezone(ZoneInfo(zone)), t("EEEE d MMMM, HH:mm"), locale=locale())


def day(at: datetime, zone: str) -> str:
    """Return a day: `Tuesday 4 March`."""
    return format_datetime(at.astimezone(ZoneInfo(zone)), t("EEEE d MMMM"), locale=locale())


def full_day(at: datetime, zone: str) -> str:
    """Return a day with its year: `Tuesday 4 March 2025`."""
    return format_datetime(at.astimezone(ZoneInfo(zone)), t("EEEE d MMMM y"), locale=locale())


def length(span: timedelta) -> str:
    """Return a length in its largest unit: `5 hours`, `2 days`."""
    return format_timedelta(span, threshold=1.5, locale=locale())


def ago(at: datetime, now: datetime, zone: str) -> str:
    """Return when something was, shortly: `today`, `yesterday` or the day."""
    days = (now.astimezone(ZoneInfo(zone)).date() - at.astimezone(ZoneInfo(zone)).date()).days
    return {0: t("today"), 1: t("yesterday")}.get(days) or t("on {day}", day=day(at, zone))


def chosen(label: str) -> str:
    """Say which button was pressed: `✓ Stop now`."""
    return t("✓ {choice}", choice=label)


def names(people: Sequence[str]) -> str:
    """Return names in a row, each once: `Ana, Ben and Chidi`."""
    *most, last = map(isolated, dict.fromkeys(people))
    return t("{most} and {last}", most=", ".join(most), last=last) if most else last


def worry() -> Button:
    """Return what leads to telling somebody trusted: everybody has it, and a screen that others see tells nothing."""
    return Button(t("You have a worry?"), "reports.begin")


def percent(share: float) -> str:
    """Return a share of one: `95%`."""
    return format_percent(share, locale=locale())


def sent_directly(file: str) -> str:
    """Say where a file is that can't be shown in a private answer."""
    return t("I sent you {file} as a direct message.", file=file)


def one_moment() -> str:
    """Say that an answer takes longer than usual."""
    return t("One moment, please.")


def too_long() -> str:
    """Say that a form couldn't be shown, as it took too long."""
    return t("That took a moment too long. Please try again.")

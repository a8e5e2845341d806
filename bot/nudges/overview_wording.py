"""What the overview for coordinators says: in words, and in its picture."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_percent

from bot.language import locale, n, t
from bot.nudges.weeks import Week
from bot.views import Text
from bot.wording import day, length

NOTHING = "\N{EN DASH}"


def away(name: str, until: datetime | None, zone: str) -> Text:
    """Say beside a pair that whoever is waited for is away."""
    if until is None:
        return Text(t("{name} is away.", name=name))
    return Text(t("{name} is away until {day}.", name=name, day=day(until, zone)))


def title() -> str:
    """Say what the picture is about."""
    return t("Answers in the last eight weeks")


def median() -> str:
    """Say what the upper bars are."""
    return t("Half of the answers came within this time (days off aren't counted)")


def share() -> str:
    """Say what the lower bars are."""
    return t("Answers in time")


def label(week: Week) -> str:
    """Name a week shortly."""
    return format_skeleton("MMMd", week.begin, locale=locale())


def answers(number: int) -> str:
    """Count answers."""
    return n("{n} answer", "{n} answers", number)


def short_length(span: timedelta | None) -> str:
    """Say a length shortly."""
    return NOTHING if span is None else format_timedelta(span, threshold=1.5, format="narrow", locale=locale())


def percent(share: float | None) -> str:
    """Say a share."""
    return NOTHING if share is None else str(format_percent(share, locale=locale()))


def in_words(weeks: Sequence[Week]) -> str:
    """Say all that the picture shows."""
    return "\n".join([t("Answers in the last eight weeks:"), *map(_in_words, weeks)])


def _in_words(week: Week) -> str:
    begin = format_date(week.begin, t("d MMMM"), locale=locale())
    if not week.answers:
        return t("Week of {day}: no answers.", day=begin)
    if week.median is None:
        return n(
            "Week of {day}: {n} answer, too few to say more.",
            "Week of {day}: {n} answers, too few to say more.",
            week.answers,
            day=begin,
        )
    return n(
        "Week of {day}: {n} answer, half of them within {length}, {share} in time.",
        "Week of {day}: {n} answers, half of them within {length}, {share} in time.",
        week.answers,
        day=begin,
        length=length(week.median),
        share=percent(week.share),
    )

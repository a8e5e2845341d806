"""What members and coordinators are told of awards by itself."""

from datetime import datetime

from bot.badges.frozen import Words
from bot.language import t
from bot.views import Text
from bot.wording import day


def earned(words: Words) -> Text:
    """Say that somebody earned a badge."""
    return Text(t("You've earned the {badge}. Thank you for being there.", badge=words.title))


def warned(words: Words, until: datetime | None, zone: str) -> Text:
    """Say that something is missing for a badge, and how long there is time."""
    if until is None:
        return Text(t("Something is missing for your {badge} just now. There's time.", badge=words.title))
    text = t(
        "Something is missing for your {badge} just now. There's time until {day}.",
        badge=words.title,
        day=day(until, zone),
    )
    return Text(text)


def fine(words: Words) -> Text:
    """Say that nothing is missing any more."""
    return Text(t("Nothing is missing for your {badge} any more. Nice.", badge=words.title))


def proposed(name: str, words: Words) -> Text:
    """Ask whether somebody's badge should end."""
    return Text(
        t(
            "Something has been missing for {name}'s {badge} for a while. Please have a look.",
            name=name,
            badge=words.title,
        )
    )


def ended(words: Words, reason: str) -> Text:
    """Say that a badge was withdrawn, and why."""
    return Text(t("Your {badge} has ended: {reason}\nIt can be earned anew.", badge=words.title, reason=reason))

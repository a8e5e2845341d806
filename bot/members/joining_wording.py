"""The three questions to whoever has joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language import t
from bot.members.choices_wording import country_buttons, hours_buttons, language_buttons
from bot.views import PER_ROW, Actions, Block, Heading, Note, Text
from bot.wording import names, worry


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody has chosen of what they were asked, in words; None: nothing so far."""

    hours: str | None = None
    country: str | None = None
    language: str | None = None


def welcome(
    others: Sequence[str],
    program: str,
    guesses: Sequence[str],
    spoken: Mapping[str, str],
    chosen: Chosen,
) -> tuple[Block, ...]:
    """Ask three questions, each answered with one tap; what was chosen stands in the place of its question."""
    return (
        Heading(t("Welcome to {program}", program=program)),
        Text(_what_for(others)),
        Text(_hours(chosen.hours)),
        Actions(hours_buttons()),
        Text(_country(chosen.country)),
        Actions(country_buttons(guesses)),
        Text(_language(chosen.language)),
        Actions(language_buttons(spoken)[:PER_ROW]),
        Note(t("You needn't answer, and you can change all of it at any time: /mentor me")),
        Actions((worry(),)),
    )


def _what_for(others: Sequence[str]) -> str:
    if not others:
        return t(
            "I help mentors and mentees stay in touch: when a message waits for your answer, I remind you. "
            "Three questions, one tap each, so that I suit you:"
        )
    return t(
        "I help you and {names} stay in touch: when a message waits for your answer, I remind you. "
        "Three questions, one tap each, so that I suit you:",
        names=names(others),
    )


def _hours(chosen: str | None) -> str:
    if chosen is None:
        return t("When may I remind you?")
    return t("✓ I may remind you at these hours: {hours}", hours=chosen)


def _country(chosen: str | None) -> str:
    if chosen is None:
        return t("Which country's holidays shall I keep?")
    return t("✓ I keep the holidays of {country}", country=chosen)


def _language(chosen: str | None) -> str:
    if chosen is None:
        return t("Which language shall I speak with you?")
    return t("✓ I speak {language} with you", language=chosen)

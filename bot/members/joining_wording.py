"""The three questions to whoever has joined."""

from collections.abc import Mapping, Sequence

from bot.language import t
from bot.members.choices_wording import PER_ROW, country_buttons, hours_buttons, language_buttons
from bot.views import Actions, Block, Heading, Note, Text
from bot.wording import names


def welcome(
    others: Sequence[str], program: str, guesses: Sequence[str], spoken: Mapping[str, str]
) -> tuple[Block, ...]:
    """Ask three questions, each answered with one tap."""
    return (
        Heading(t("Welcome to {program}", program=program)),
        Text(
            t(
                "I help you and {names} stay in touch: when a message waits for your answer, I remind you. "
                "Three questions, one tap each, so that I suit you:",
                names=names(others),
            )
        ),
        Text(t("When may I remind you?")),
        Actions(hours_buttons()),
        Text(t("Which country's holidays shall I keep?")),
        Actions(country_buttons(guesses)),
        Text(t("Which language shall I speak with you?")),
        Actions(language_buttons(spoken)[:PER_ROW]),
        Note(t("You needn't answer, and you can change all of it at any time: /mentor me")),
    )

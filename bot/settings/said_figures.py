"""Figures that are words: a country, and what is said as it stands."""

from bot.language import t
from bot.members import countries
from bot.policy_sections import WORDS


def read_country(text: str) -> str:
    """Return the code of a country; nothing for none. Raises UserError for what is none."""
    return countries.find(text) or "" if text != t("none") else ""


def say_country(code: str) -> str:
    """Say the name of a country."""
    return countries.name(code) if code else t("none")


def read_words(text: str) -> str:
    """Return words as they were typed; nothing for "none". Raises ValueError if they are too long."""
    if len(text) > WORDS:
        raise ValueError
    return "" if text.casefold() in {"none", t("none").casefold()} else text


def say_words(text: str) -> str:
    """Say them."""
    return text or t("none")

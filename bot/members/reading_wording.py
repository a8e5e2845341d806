"""What is said of hours, days, zones and countries that can't be read: what would be right."""

from collections.abc import Sequence

from babel.dates import get_day_names

from bot.language import locale, t
from bot.members.words import shown


def not_hours(text: str) -> str:
    """Say how hours can be written."""
    return t('I couldn\'t read "{typed}" as hours. Try: 17:00-21:00, 5pm-9pm, or evenings.', typed=shown(text))


def not_a_time(text: str) -> str:
    """Say that there is no such time of day."""
    return t("{time} isn't a time of day. Hours go from 0:00 to 24:00, such as 17:00-21:00.", time=text)


def same_hours() -> str:
    """Say that hours need an end."""
    return t("Those hours end when they begin. Try: 9:00-21:00, 5pm-9pm, or any time.")


def short_hours(minutes: int) -> str:
    """Say that hours must not be too short."""
    return t("Those hours are very short. I need at least {minutes} minutes, such as 17:00-18:00.", minutes=minutes)


def not_days(text: str) -> str:
    """Say how days can be written."""
    return t('I couldn\'t read "{typed}" as days. Try: mon wed thu, Monday to Friday, or every day.', typed=shown(text))


def not_a_weekday(word: str, near: int) -> str:
    """Say which word is no day, and which day comes near."""
    guess = get_day_names("wide", locale=locale())[near]
    return t('I don\'t know a day "{word}". Did you mean {guess}? Nothing was changed.', word=shown(word), guess=guess)


def not_a_zone(text: str, guesses: Sequence[str]) -> str:
    """Say that a zone isn't known, with guesses."""
    if guesses:
        near = ", ".join(guesses)
        return t('I don\'t know a place "{typed}". Did you mean {guesses}?', typed=shown(text), guesses=near)
    return t(
        'I don\'t know a place "{typed}". Please give the largest city with the same time as yours, such as Berlin, '
        "New York or Asia/Kolkata.",
        typed=shown(text),
    )


def an_offset(text: str, guesses: Sequence[str]) -> str:
    """Say why a city is needed, and not how many hours somebody is ahead."""
    if guesses:
        return t(
            '"{typed}" doesn\'t tell me when your clocks change for summer and winter; a city does. '
            "Perhaps {guesses}? Or give another city with your time.",
            typed=shown(text),
            guesses=", ".join(guesses),
        )
    return t(
        '"{typed}" doesn\'t tell me when your clocks change for summer and winter; a city does. '
        "Please give a city with your time, such as Berlin or New York.",
        typed=shown(text),
    )


def not_a_country(text: str, guess: str | None) -> str:
    """Say that a country isn't known, with a guess."""
    if guess is not None:
        return t(
            'I don\'t know the holidays of "{typed}". Did you mean {guess}? Nothing was changed.',
            typed=shown(text),
            guess=guess,
        )
    return t(
        'I don\'t know the holidays of "{typed}". Try the name of a country, its code such as DE, a part of it such '
        "as DE-BY, or: none.",
        typed=shown(text),
    )


def not_a_part(country: str, part: str, known: Sequence[str]) -> str:
    """Say which parts of a country are known."""
    if not known:
        return t("I know no parts of {country}. Please leave out {part}.", country=country, part=part)
    return t(
        "I know no part {part} of {country}. There are: {known}.", part=part, country=country, known=", ".join(known)
    )


def not_a_language(text: str, known: Sequence[str]) -> str:
    """Say which languages the bot speaks."""
    return t('I don\'t speak "{typed}" yet. I speak: {known}.', typed=shown(text), known=", ".join(known))

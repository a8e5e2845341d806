"""/mentor me, and when somebody is reminded in which language: hours, days, language, badges, celebrations."""

from collections.abc import Mapping

from bot.context import Asked
from bot.errors import UserError
from bot.facts import BadgesUnwanted
from bot.feature import Answer, Option
from bot.language import languages, speaking
from bot.members import choices_wording as texts
from bot.members import hours as times
from bot.members import reading_wording, weekdays
from bot.members.card_wording import card
from bot.members.changing import change, change_clock, choices
from bot.members.feature import feature
from bot.members.speech import find, is_language
from bot.people import EVERYONE
from bot.views import Errors, Form, Message


def on_or_off(text: str) -> bool:
    """Read a button's argument. Raises ValueError for anything else."""
    if text not in ("on", "off"):
        raise ValueError
    return text == "on"


@feature.command("me", "See and change what you've chosen: hours, days, language and more", who=EVERYONE)
async def me(asked: Asked) -> Message:
    """Show all that a member chose, with buttons to change it."""
    return card(await choices(asked))


@feature.button("members.me", who=EVERYONE)
async def me_button(asked: Asked) -> Message:
    """Show all that a member chose."""
    return await me(asked)


# When somebody is reminded.


@feature.command(
    "hours",
    "Say at which hours I may remind you",
    who=EVERYONE,
    options=(
        Option("hours", "17:00-21:00, 5pm-9pm, evenings, or: as in my program", known=("evenings", "as in my program")),
    ),
)
async def hours(asked: Asked, hours: str | None = None) -> Message:
    """Set the hours that were typed, or offer some."""
    return await _set_hours(asked, hours) if hours else texts.hours_choices()


@feature.button("members.hours", who=EVERYONE)
async def hours_choices(asked: Asked) -> Message:
    """Offer hours."""
    return texts.hours_choices()


@feature.button("members.hours_set", times.offered, who=EVERYONE)
async def hours_set(asked: Asked, choice: str) -> Message:
    """Set hours that were offered, or have the program's."""
    opens, closes = times.OFFERED[choice] or (None, None)
    return texts.hours(await change_clock(asked, "hours", opens=opens, closes=closes))


@feature.button("members.hours_form", who=EVERYONE, answer=Answer.FORM)
async def hours_form(asked: Asked) -> Form:
    """Ask for hours in a form."""
    return texts.hours_form()


@feature.form("members.hours_typed", who=EVERYONE)
async def hours_typed(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Set the hours that were typed into a form."""
    try:
        return await _set_hours(asked, values.get("hours", ""))
    except UserError as error:
        return Errors({"hours": str(error)})


async def _set_hours(asked: Asked, text: str) -> Message:
    if texts.means_program(text):
        return await hours_set(asked, "program")
    opens, closes = times.parse(text)
    return texts.hours(await change_clock(asked, "hours", opens=opens, closes=closes))


@feature.command(
    "days",
    "Say on which days I may remind you",
    who=EVERYONE,
    options=(
        Option(
            "days",
            "mon wed thu, Monday to Friday, every day, or: as in my program",
            known=("Monday to Friday", "every day", "as in my program"),
        ),
    ),
)
async def days(asked: Asked, days: str | None = None) -> Message:
    """Set the days that were typed, or offer some."""
    return await _set_days(asked, days) if days else texts.days_choices()


@feature.button("members.days", who=EVERYONE)
async def days_choices(asked: Asked) -> Message:
    """Offer days."""
    return texts.days_choices()


@feature.button("members.days_set", weekdays.offered, who=EVERYONE)
async def days_set(asked: Asked, choice: str) -> Message:
    """Set days that were offered, or have the program's."""
    return texts.days(await change_clock(asked, "days", days=weekdays.OFFERED[choice]))


@feature.button("members.days_form", who=EVERYONE, answer=Answer.FORM)
async def days_form(asked: Asked) -> Form:
    """Ask for days in a form."""
    return texts.days_form()


@feature.form("members.days_typed", who=EVERYONE)
async def days_typed(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Set the days that were typed into a form."""
    try:
        return await _set_days(asked, values.get("days", ""))
    except UserError as error:
        return Errors({"days": str(error)})


async def _set_days(asked: Asked, text: str) -> Message:
    if texts.means_program(text):
        return await days_set(asked, "program")
    return texts.days(await change_clock(asked, "days", days=weekdays.parse(text)))


# In which language.


@feature.command(
    "language",
    "Say which language I speak with you",
    who=EVERYONE,
    options=(
        Option(
            "language",
            "English, Español, or: as in my program",
            known=(*languages().values(), "as in my program"),
        ),
    ),
)
async def language(asked: Asked, language: str | None = None) -> Message:
    """Speak the language that was typed, or offer those that there are."""
    if not language:
        return texts.language_choices(languages())
    if texts.means_program(language):
        return await _speak(asked, None)
    code = find(language)
    if code is None:
        raise UserError(reading_wording.not_a_language(language, list(languages().values())))
    return await _speak(asked, code)


@feature.button("members.language", who=EVERYONE)
async def language_choices(asked: Asked) -> Message:
    """Offer languages."""
    return texts.language_choices(languages())


@feature.button("members.language_set", is_language, who=EVERYONE)
async def language_set(asked: Asked, code: str) -> Message:
    """Speak a language that was offered."""
    return await _speak(asked, code or None)


async def _speak(asked: Asked, code: str | None) -> Message:
    chosen = await change(asked, "language", language=code)
    with speaking(chosen.language):
        return texts.language(chosen, languages().get(chosen.language, "English"))


# What somebody wants to have nothing of.


@feature.button("members.badges", on_or_off, who=EVERYONE)
async def badges(asked: Asked, wanted: bool) -> Message:
    """Want badges, or none."""
    found = await change(asked, "badges", badges=wanted)
    if not wanted:
        await asked.tell(BadgesUnwanted(asked.member.id))
    return texts.badges(found)


@feature.button("members.celebrations", on_or_off, who=EVERYONE)
async def celebrations(asked: Asked, wanted: bool) -> Message:
    """Want to be celebrated, or not."""
    return texts.celebrations(await change(asked, "celebrations", celebrations=wanted))

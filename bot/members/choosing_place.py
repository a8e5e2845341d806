"""Where somebody lives: the time zone, and the country whose holidays are kept."""

from collections.abc import Mapping

from bot.calendar import local_day
from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, Option
from bot.members import choices_wording as texts
from bot.members import countries, reading_wording, zones
from bot.members.changing import change_clock, choices
from bot.members.feature import feature
from bot.people import EVERYONE
from bot.views import Errors, Form, Message


@feature.command(
    "zone",
    "Say in which time zone you live",
    who=EVERYONE,
    options=(Option("zone", "a large city with your time: Berlin, New York, Asia/Kolkata"),),
)
async def zone(asked: Asked, zone: str | None = None) -> Message:
    """Set the zone that was typed; where it isn't clear, offer guesses."""
    if not zone:
        return texts.zone_choices(await choices(asked))
    found = zones.find(zone, asked.now)
    if found.zone is None:
        return texts.zone_guesses(_refusal(zone, found), found.guesses)
    return texts.zone(await change_clock(asked, "zone", zone=found.zone))


@feature.button("members.zone_set", zones.is_zone, who=EVERYONE)
async def zone_set(asked: Asked, zone: str) -> Message:
    """Set a zone that was offered."""
    return texts.zone(await change_clock(asked, "zone", zone=zone))


@feature.button("members.zone_form", who=EVERYONE, answer=Answer.FORM)
async def zone_form(asked: Asked) -> Form:
    """Ask for a zone in a form."""
    return texts.zone_form(asked.member.zone)


@feature.form("members.zone_typed", who=EVERYONE)
async def zone_typed(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Set the zone that was typed into a form."""
    text = values.get("zone", "")
    found = zones.find(text, asked.now)
    if found.zone is None:
        return Errors({"zone": _refusal(text, found)})
    return await zone_set(asked, found.zone)


def _refusal(text: str, found: zones.Found) -> str:
    say = reading_wording.an_offset if found.offset else reading_wording.not_a_zone
    return say(text, found.guesses)


@feature.command(
    "country",
    "Say which country's holidays I keep",
    who=EVERYONE,
    options=(Option("country", "Germany, DE, DE-BY for a part of it, or: none"),),
)
async def country(asked: Asked, country: str | None = None) -> Message:
    """Keep the holidays of the country that was typed, or offer some."""
    if not country:
        return await country_choices(asked)
    return await country_set(asked, countries.find(country))


@feature.button("members.country", who=EVERYONE)
async def country_choices(asked: Asked) -> Message:
    """Offer countries in which the member may live."""
    return texts.country_choices(countries.guesses(asked.member.zone, asked.member.country))


@feature.button("members.country_set", countries.is_country, who=EVERYONE)
async def country_set(asked: Asked, country: str | None) -> Message:
    """Keep a country's holidays, or none."""
    chosen = await change_clock(asked, "country", country=country)
    today = local_day(chosen.calendar, chosen.now)
    return texts.country(chosen, None if country is None else countries.next_holiday(country, today))


@feature.button("members.country_form", who=EVERYONE, answer=Answer.FORM)
async def country_form(asked: Asked) -> Form:
    """Ask for a country in a form."""
    return texts.country_form()


@feature.form("members.country_typed", who=EVERYONE)
async def country_typed(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Keep the holidays of the country that was typed into a form."""
    try:
        found = countries.find(values.get("country", ""))
    except UserError as error:
        return Errors({"country": str(error)})
    return await country_set(asked, found)

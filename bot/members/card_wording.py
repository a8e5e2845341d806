"""The card of all that a member chose."""

from bot.language import languages, t
from bot.members import away_wording, countries, describing
from bot.members.changing import Choices
from bot.members.choices_wording import button, next_reminder
from bot.views import Actions, Button, Heading, Message, Note, Text, action
from bot.wording import full_day


def card(chosen: Choices) -> Message:
    """Show all that somebody chose, and where it comes from."""
    lines = [*_when(chosen), *_where(chosen), *_pauses(chosen), _wanted(chosen)]
    change = (
        button(t("Hours …"), "hours"),
        button(t("Days …"), "days"),
        Button(t("Time zone …"), action("members.zone_form")),
        button(t("Holidays …"), "country"),
        button(t("Language …"), "language"),
    )
    more = (
        button(t("I'll be away …"), "away"),
        button(t("Lighter weeks …"), "lighter"),
        _switch("badges", chosen.member.badges),
        _switch("celebrations", chosen.member.celebrations),
        Button(t("My badges"), "badges.mine"),
    )
    return Message(
        (
            Heading(t("What you've chosen")),
            *map(Text, lines),
            Text(next_reminder(chosen)),
            Actions(change),
            Actions(more),
            Note(t("Only you see this.")),
        )
    )


def _when(chosen: Choices) -> list[str]:
    member, calendar = chosen.member, chosen.calendar
    hours, days = describing.hours(calendar.opens, calendar.closes), describing.days(calendar.days)
    return [
        t("Hours: {hours}, as you chose", hours=hours)
        if member.opens is not None
        else t("Hours: {hours}, as in your program", hours=hours),
        t("Days: {days}, as you chose", days=days)
        if member.days is not None
        else t("Days: {days}, as in your program", days=days),
    ]


def _where(chosen: Choices) -> list[str]:
    member, now = chosen.member, describing.clock(chosen.now, chosen.member.zone)
    language = _language(chosen.language)
    return [
        t("Time zone: {zone}; it's {time} there now", zone=member.zone, time=now),
        t("Holidays: those of {country}", country=countries.name(member.country))
        if member.country is not None
        else t("Holidays: none, as you've named no country"),
        t("Language: {language}, as you chose", language=language)
        if member.language is not None
        else t("Language: {language}, as in your program", language=language),
    ]


def _pauses(chosen: Choices) -> list[str]:
    zone, lines = chosen.member.zone, []
    if chosen.away_until is not None:
        lines.append(t("Away: until {day}", day=full_day(chosen.away_until, zone)))
    elif chosen.away:
        lines.append(t("Away: until you write /mentor back"))
    if chosen.lighter_until is not None:
        lines.append(t("Lighter weeks: until {day}", day=full_day(chosen.lighter_until, zone)))
    lines += [away_wording.coming(pause, zone) for pause in chosen.announced]
    return lines or [t("Away or lighter weeks: not now")]


def _wanted(chosen: Choices) -> str:
    match chosen.member.badges, chosen.member.celebrations:
        case True, True:
            return t("Badges: on. Celebrations: on.")
        case True, False:
            return t("Badges: on. Celebrations: off.")
        case False, True:
            return t("Badges: off. Celebrations: on.")
    return t("Badges: off. Celebrations: off.")


def _switch(what: str, on: bool) -> Button:
    labels = {
        "badges": (t("Badges on"), t("Badges off")),
        "celebrations": (t("Celebrations on"), t("Celebrations off")),
    }
    return Button(labels[what][on], action(f"members.{what}", "off" if on else "on"))


def _language(code: str) -> str:
    return languages().get(code, code)

"""What is said about what a member may choose: what is offered, and what a change means."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.language import later, t
from bot.members import countries, describing
from bot.members.changing import Choices
from bot.members.speech import AS_IN_PROGRAM
from bot.members.words import plain
from bot.views import Button, Field, Form, Message, Text, action, in_rows, message
from bot.wording import moment

HOURS = {"daytime": later("Daytime 9-17:30"), "evenings": later("Evenings 17-21"), "any": later("Any time 9-21:30")}
DAYS = {"weekdays": later("Monday to Friday"), "every": later("Every day")}

_PROGRAM = frozenset({"as in my program", "as in the program", "program", "default", "como en mi programa", "programa"})


def means_program(text: str) -> bool:
    """Tell whether somebody asks for what their program has."""
    return plain(text) in _PROGRAM | {plain(t("As in my program"))}


def next_reminder(chosen: Choices) -> str:
    """Say when the next reminder could come."""
    if chosen.next_at is None:
        return t("You're away until you write /mentor back, so I won't remind you before that.")
    if chosen.next_at == chosen.now:
        return t("Right now is a time at which I may remind you.")
    return t("The next time I'd remind you would be {moment}.", moment=moment(chosen.next_at, chosen.member.zone))


def button(label: str, word: str) -> Button:
    """Return a button that carries nothing but its name."""
    return Button(label, action(f"members.{word}"))


def _mine() -> Button:
    return button(t("All my choices"), "me")


def _echo(chosen: Choices, *lines: str) -> Message:
    return message(*lines, next_reminder(chosen), actions=(_mine(),))


# Hours and days.


def hours_buttons() -> tuple[Button, ...]:
    """Offer hours, as one tap each."""
    buttons = (Button(t(label), action("members.hours_set", choice)) for choice, label in HOURS.items())
    return (*buttons, Button(t("Choose …"), action("members.hours_form")))


def hours_choices() -> Message:
    """Ask at which hours."""
    program = Button(t("As in my program"), action("members.hours_set", "program"))
    return Message((Text(t("When may I remind you?")), *in_rows([*hours_buttons(), program])))


def hours_form() -> Form:
    """Ask for hours in a form."""
    hint = t("From when until when: 17:00-21:00, 5pm-9pm, or 22:00-02:00 for a night")
    return Form(
        t("When may I remind you?"),
        action("members.hours_typed"),
        (Field("hours", t("Hours"), hint=hint),),
        submit=t("Set my hours"),
    )


def hours(chosen: Choices) -> Message:
    """Say which hours hold now."""
    called = describing.hours(chosen.calendar.opens, chosen.calendar.closes)
    if chosen.member.opens is None:
        return _echo(chosen, t("Noted: I remind you at the hours of your program, {hours}.", hours=called))
    return _echo(chosen, t("Noted: I remind you only at these hours: {hours}.", hours=called))


def days_choices() -> Message:
    """Ask on which days."""
    buttons = (Button(t(label), action("members.days_set", choice)) for choice, label in DAYS.items())
    program = Button(t("As in my program"), action("members.days_set", "program"))
    other = Button(t("Other days …"), action("members.days_form"))
    return Message((Text(t("On which days may I remind you?")), *in_rows([*buttons, program, other])))


def days_form() -> Form:
    """Ask for days in a form."""
    return Form(
        t("On which days?"),
        action("members.days_typed"),
        (Field("days", t("Days"), hint=t("mon wed thu, Monday to Friday, or every day")),),
        submit=t("Set my days"),
    )


def days(chosen: Choices) -> Message:
    """Say which days hold now."""
    called = describing.days(chosen.calendar.days)
    if chosen.member.days is None:
        line = t("Noted: I remind you on the days of your program: {days}. Other days don't count.", days=called)
    else:
        line = t("Noted: I remind you on these days: {days}. Other days don't count.", days=called)
    return _echo(chosen, line)


# Zone and country.


def zone_choices(chosen: Choices) -> Message:
    """Say which zone holds, and offer another one."""
    now = describing.clock(chosen.now, chosen.member.zone)
    return message(
        t("Your time zone is {zone}; it's {time} there now.", zone=chosen.member.zone, time=now),
        actions=(Button(t("Another time zone …"), action("members.zone_form")),),
    )


def zone_form(zone: str) -> Form:
    """Ask for a zone in a form."""
    hint = t("A large city with your time: Berlin, New York, Asia/Kolkata")
    return Form(
        t("Your time zone"),
        action("members.zone_typed"),
        (Field("zone", t("City"), zone, hint=hint),),
        submit=t("Set my time zone"),
    )


def zone_guesses(refusal: str, guesses: Sequence[str]) -> Message:
    """Say why a zone was not taken, and offer others."""
    buttons = tuple(Button(zone, action("members.zone_set", zone)) for zone in guesses)
    other = Button(t("Another time zone …"), action("members.zone_form"))
    return message(refusal, t("Nothing was changed."), actions=(*buttons, other))


def zone(chosen: Choices) -> Message:
    """Say which zone holds now."""
    now = describing.clock(chosen.now, chosen.member.zone)
    return _echo(
        chosen, t("Noted: your time zone is {zone}. It's {time} there now.", zone=chosen.member.zone, time=now)
    )


def country_buttons(guesses: Sequence[str]) -> tuple[Button, ...]:
    """Offer countries, as one tap each."""
    return (
        *(Button(countries.name(code), action("members.country_set", code)) for code in guesses),
        Button(t("Another …"), action("members.country_form")),
        Button(t("None"), action("members.country_set", countries.NONE)),
    )


def country_choices(guesses: Sequence[str]) -> Message:
    """Ask for a country."""
    question = t("Which country's holidays shall I keep? I won't remind you on them, and they don't count.")
    return message(question, actions=country_buttons(guesses))


def country_form() -> Form:
    """Ask for a country in a form."""
    return Form(
        t("Holidays"),
        action("members.country_typed"),
        (Field("country", t("Country"), hint=t("Germany, DE, DE-BY for a part of it, or: none")),),
        submit=t("Keep its holidays"),
    )


def country(chosen: Choices, holiday: date | None) -> Message:
    """Say whose holidays are kept now."""
    if chosen.member.country is None:
        return _echo(chosen, t("Noted: I keep no public holidays for you."))
    called = countries.name(chosen.member.country)
    line = t("Noted: I keep the public holidays of {country}. Those days don't count.", country=called)
    coming = () if holiday is None else (t("The next one is {day}.", day=describing.on(holiday)),)
    return _echo(chosen, line, *coming)


# Language, badges, celebrations.


def language_buttons(spoken: Mapping[str, str]) -> tuple[Button, ...]:
    """Offer languages, as one tap each."""
    return tuple(Button(called, action("members.language_set", code)) for code, called in spoken.items())


def language_choices(spoken: Mapping[str, str]) -> Message:
    """Ask for a language."""
    program = Button(t("As in my program"), action("members.language_set", AS_IN_PROGRAM))
    return Message((Text(t("Which language shall I speak with you?")), *in_rows([*language_buttons(spoken), program])))


def language(chosen: Choices, called: str) -> Message:
    """Say, in the language that holds now, which one it is."""
    if chosen.member.language is None:
        line = t("Noted: I speak your program's language with you, {language}.", language=called)
    else:
        line = t("Noted: I speak {language} with you from now on.", language=called)
    return message(line, actions=(_mine(),))


def badges(chosen: Choices) -> Message:
    """Say whether somebody gets badges from now on."""
    if chosen.member.badges:
        return message(t("Noted: badges are on. From now on you can earn them."), actions=(_mine(),))
    return message(
        t("Noted: badges are off. From now on I award you none, and nobody is told that you chose so."),
        actions=(_mine(),),
    )


def celebrations(chosen: Choices) -> Message:
    """Say whether somebody is celebrated from now on."""
    if chosen.member.celebrations:
        return message(t("Noted: celebrations are on. From now on I may celebrate with you."), actions=(_mine(),))
    return message(
        t("Noted: celebrations are off. From now on I leave you out of them, and nobody is told that you chose so."),
        actions=(_mine(),),
    )

"""What the set-up says: the list of what is to be done, and how its items read."""

from collections.abc import Collection
from datetime import time

from babel.dates import format_time, get_day_names

from bot.language import languages, later, locale, n, t
from bot.policy_sections import WEEKDAYS, HourFigures
from bot.setup.arranged import Arranged
from bot.setup.status import Need, Status
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import moment, names
from storage.programs import State

CODE_NEEDED = later(
    "To set this program up I need the code that mentorbot printed when it was started: "
    "/mentor-admin setup ABCDE-FGHJK. Whoever started mentorbot can tell you."
)
HAS_COORDINATORS = later("This program has a coordinator already. They can add you.")


PRESETS = {
    "default": later("The best of all the others, with figures that suit most programs."),
    "imstl": later("International Mentoring St. Louis."),
    "safety": later("The safety and confidentiality policy."),
    "amps": later("American Muslim Professional Society."),
    "inzpireu": later("InzpireU."),
}
NEEDS = {
    Need.PEOPLE: later("at least one mentor and one mentee"),
    Need.PAIRINGS: later("at least one pairing"),
    Need.CONTACT: later("a contact for worries who has answered"),
    Need.REPORTS: later("two responders with a key and an outside contact, for private reports"),
}


def welcome(name: str, status: Status, zone: str) -> Message:
    """Welcome the first coordinator."""
    first = Text(t("Welcome, {name}. You're this program's coordinator now.", name=name))
    return Message((first, *checklist(status, zone).blocks))


def already_coordinator(status: Status, zone: str) -> Message:
    """Say that no code is needed any more."""
    first = Text(t("You're a coordinator already: no code is needed. Here is how the set-up stands."))
    return Message((first, *checklist(status, zone).blocks))


def checklist(status: Status, zone: str) -> Message:
    """List what is done and what is to be done, with the way to do it."""
    lines = (
        _people(status),
        _pairings(status),
        _contact(status),
        _reports(status.reports),
        t("✓ Policy: {preset}. {text}", preset=status.preset, text=described(status.preset)),
        _hours(status.hours),
        t("✓ Language: {language}, for whoever hasn't chosen one.", language=language_name(status.program.language)),
        _channel(status),
    )
    choices = (
        Button(t("Choose a policy"), action("setup.presets")),
        Button(t("Hours"), action("setup.hours")),
        Button(t("Language"), action("setup.languages")),
        *([Button(t("What comes later"), action("setup.rules"))] if status.not_yet else []),
    )
    return Message(
        (Heading(state_said(status, zone)), *map(Text, lines), *_rules(status), Actions(choices), *_next(status))
    )


def state_said(status: Status, zone: str) -> str:
    """Say in which state a program is."""
    name = status.program.name
    since = "" if status.program.since is None else moment(status.program.since, zone)
    match status.program.state:
        case State.SET_UP if since:
            return t("{program} is stopped since {since}: nothing goes out until Start.", program=name, since=since)
        case State.SET_UP:
            return t("{program} is being set up. Nobody gets anything before Start.", program=name)
        case State.SHADOW:
            return t("{program} is being tried out: members get nothing.", program=name)
        case State.RUNNING if since:
            return t("{program} has been running since {since}.", program=name, since=since)
    return t("{program} is running.", program=name)


def _people(status: Status) -> str:
    mentors = n("{n} mentor", "{n} mentors", status.mentors)
    mentees = n("{n} mentee", "{n} mentees", status.mentees)
    if Need.PEOPLE not in status.missing:
        return t("✓ People: {mentors}, {mentees}.", mentors=mentors, mentees=mentees)
    return t(
        "○ People: {mentors}, {mentees} so far; at least one of each is needed. "
        "Add them with /mentor-admin add, or many at once with /mentor-admin import.",
        mentors=mentors,
        mentees=mentees,
    )


def _pairings(status: Status) -> str:
    if status.pairings:
        return n("✓ Pairings: {n}.", "✓ Pairings: {n}.", status.pairings)
    return t("○ Pairings: none yet. Pair two people with /mentor-admin pair.")


def _contact(status: Status) -> str:
    contact = status.contact
    if contact is None:
        return t(
            "○ Contact for worries: nobody yet. Name a member with /mentor-admin contact @name, "
            "or an address with /mentor-admin contact help@example.org."
        )
    if contact.proven:
        return t("✓ Contact for worries: {who}, who can be reached.", who=contact.who)
    if contact.outside:
        return t(
            "○ Contact for worries: {who}, not proven yet. Type the code that they got: /mentor-admin contact CODE.",
            who=contact.who,
        )
    return t("○ Contact for worries: {who}, who hasn't pressed the button in my message yet.", who=contact.who)


def _reports(now: Arranged) -> str:
    if now.complete:
        return n(
            "✓ Private reports: {n} responder has a key, and there is an outside contact.",
            "✓ Private reports: {n} responders have a key, and there is an outside contact.",
            len(now.ready),
        )
    if now.without:
        return t("✓ Private reports: something is missing, and it was decided to go on: /mentor-admin reports")
    return t("○ Private reports: not everybody is there who could answer one. See /mentor-admin reports")


def _hours(hours: HourFigures) -> str:
    return t(
        "✓ Hours: {days}, {opens} to {closes}, for whoever hasn't chosen their own.",
        days=days_said(hours.days),
        opens=clock(hours.opens),
        closes=clock(hours.closes),
    )


def _channel(status: Status) -> str:
    if status.has_channel:
        return t("✓ The program's channel: I know it. Another one: /mentor-admin channel, written there.")
    return t("○ The program's channel: none yet. Write /mentor-admin channel in it. Start doesn't wait for this.")


def _rules(status: Status) -> list[Block]:
    if not status.not_yet:
        return []
    return [Note(works()), Note(come_later(status.not_yet))]


def works() -> str:
    """Say what the bot does in every program."""
    return t(
        "What works already: reminders of messages that wait, requests of the team, "
        "and hours, holidays and time away for everybody."
    )


def come_later(count: int) -> str:
    """Say that further rules of a policy are to come, and that nothing has to be done about it."""
    return n(
        "{n} further rule of this policy comes with a later version of me. There is nothing for you to do about it.",
        "{n} further rules of this policy come with later versions of me. There is nothing for you to do about it.",
        count,
    )


def as_before() -> str:
    """Say who looks after what the bot doesn't do."""
    return t("There is nothing for you to do here. Until then your program looks after them as it always has.")


def _next(status: Status) -> list[Block]:
    start = Button(t("Start"), action("setup.start"), primary=not status.missing)
    shadow = Button(t("Try it out first"), action("setup.shadow"))
    stop = Button(t("Stop"), action("setup.stop"))
    match status.program.state:
        case State.SET_UP:
            return [Actions((start, shadow))]
        case State.SHADOW:
            return [Actions((start, stop))]
    return [Actions((stop,))]


def described(preset: str) -> str:
    """Say what a policy is, if it is one of those that come with the bot."""
    return t(PRESETS[preset]) if preset in PRESETS else ""


def language_name(code: str) -> str:
    """Return a language's own name."""
    return languages().get(code, code)


def clock(at: time) -> str:
    """Say a time of day: `09:00`."""
    return format_time(at, "HH:mm", locale=locale())


def days_said(days: Collection[int]) -> str:
    """Say days of the week: `Monday to Friday`, `Monday, Wednesday and Friday`."""
    called = get_day_names("wide", locale=locale())
    if len(days) == len(WEEKDAYS):
        return t("every day")
    begins = [day for day in days if (day - 1) % 7 not in days]
    row = [(begins[0] + step) % 7 for step in range(len(days))] if len(begins) == 1 else sorted(days)
    if len(begins) == 1 and len(row) > 2:  # noqa: PLR2004 - two days are named
        return t("{first} to {last}", first=called[row[0]], last=called[row[-1]])
    return names([called[day] for day in row])


def back() -> tuple[Button, ...]:
    """Lead back to the list."""
    return (Button(t("Back to the set-up"), action("setup.show")),)


CHANNEL_WHERE = later(
    "Please write /mentor-admin channel in the channel itself, where all members are: then I know which one you mean."
)
CHANNEL_OF_PAIR = later("This is the conversation of one pair. Please take a channel in which all members are.")


def channel_set() -> Message:
    """Say that the channel is known."""
    return message(t("This is the program's channel from now on: what is for everybody I say here."), actions=back())


def channel_already() -> Message:
    """Say that nothing was to be changed."""
    return message(t("This is the program's channel already. Nothing was changed."), actions=back())

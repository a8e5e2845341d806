"""What is said about being away, and to strangers."""

from datetime import datetime

from bot.language import later, t
from bot.views import Button, Field, Form, Message, action, message
from bot.wording import full_day

LENGTHS = {
    1: later("Until tomorrow"),
    7: later("One week"),
    14: later("Two weeks"),
    0: later("Until I say I'm back"),
}


def away_choices() -> Message:
    """Ask how long somebody is away."""
    lengths = tuple(Button(t(label), action("members.away_for", days)) for days, label in LENGTHS.items())
    return message(
        t("Enjoy your time off. How long will you be away? There is no need to say why."),
        actions=(*lengths, Button(t("Another day …"), action("members.away_form"))),
    )


def away_form() -> Form:
    """Ask for the days, as people write them."""
    return Form(
        t("I'll be away"),
        action("members.away_until"),
        (
            Field("until", t("Until when?"), hint=t("The day you're back: Monday, two weeks, 5 March")),
            Field("start", t("From when?"), hint=t("Only if it isn't today: Thursday, 20 December"), required=False),
        ),
        submit=t("Pause my reminders"),
    )


def away(since: datetime, until: datetime | None, now: datetime, zone: str) -> Message:
    """Say from when until when somebody is left alone."""
    return message(
        _noted(None if since == now else full_day(since, zone), None if until is None else full_day(until, zone)),
        t("I won't remind you of anything in that time, and those days don't count. Nobody is told why."),
        actions=(Button(t("I'm back already"), action("members.back")),),
    )


def _noted(begin: str | None, end: str | None) -> str:
    if begin is None and end is None:
        return t("Noted: you're away until you write /mentor back.")
    if begin is None:
        return t("Noted: you're away until {end}, when you're back.", end=end)
    if end is None:
        return t("Noted: you're away from {begin} until you write /mentor back.", begin=begin)
    return t("Noted: you're away from {begin} until {end}, when you're back.", begin=begin, end=end)


def back(ended: int, away_until: datetime | None, zone: str) -> Message:
    """Welcome somebody back."""
    if not ended:
        return message(t("You weren't marked as away. All is well."))
    if away_until is None:
        return message(t("Welcome back! What waits for you: /mentor waiting"))
    early = t(
        "Welcome back! You had said {day}; I've ended your time away now. What waits for you: /mentor waiting",
        day=full_day(away_until, zone),
    )
    return message(early)


def not_a_day(text: str) -> str:
    """Say how a day can be written."""
    return t('I couldn\'t read "{text}" as a day. Try: Monday, two weeks, 5 March, or 2026-03-05.', text=text[:80])


def in_the_past(at: datetime, zone: str) -> str:
    """Say that a day is over."""
    return t("That would be {day}. Please give a later day: the one on which you're back.", day=full_day(at, zone))


def too_far(at: datetime, zone: str) -> str:
    """Say that a pause is too long."""
    return t(
        "That would be {day}. A pause can last a year at most; for longer, please talk with your coordinator.",
        day=full_day(at, zone),
    )


def too_far_back(at: datetime, zone: str) -> str:
    """Say that a pause begins too early."""
    return t("That would be {day}. A pause can begin up to seven days back.", day=full_day(at, zone))


def not_begun(at: datetime, zone: str) -> str:
    """Say how to announce a time away."""
    return t(
        "That would be {day}. For a time to come, write: /mentor away from Thursday until Monday",
        day=full_day(at, zone),
    )


TOO_MANY_PEOPLE = later(
    "Those are more people than I can look up at once. Nothing was changed; please split the list and send me its "
    "parts one after the other."
)
NO_LOOK_UP = later("I couldn't look people up just now. Nothing was changed; please try again in a minute.")
NO_FILE = later("I couldn't get your file. Please try again in a moment.")
STRANGER = later("I don't know you yet. A coordinator of your mentoring program can add you.")
OTHERS = later("This is for coordinators. If you need something done, please ask one of them.")
NOT_FOR_YOUR_ROLE = later("This isn't part of your role in the program. If it should be, please ask a coordinator.")
FAULT = later(
    "Something went wrong on my side, and nothing was changed. If it happens again, tell a coordinator: {reference}"
)
FAULT_UNSEEN = later("Something went wrong on my side, and nothing was sent or kept. Please try again in a minute.")
NOT_READ = later(
    "I don't read what is written here, and it reaches nobody. What I can do: /mentor help\n"
    "If something worries you: /mentor contact"
)
OLD_BUTTON = later("This button is from an older message and no longer works. Nothing was changed.")

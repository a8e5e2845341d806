"""What is said about being away, and to strangers."""

from datetime import datetime

from bot.views import Button, Field, Form, Message, action, message
from bot.wording import full_day

LENGTHS = {1: "Until tomorrow", 7: "One week", 14: "Two weeks", 0: "Until I say I'm back"}


def away_choices() -> Message:
    """Ask how long somebody is away."""
    lengths = tuple(Button(label, action("members.away_for", days)) for days, label in LENGTHS.items())
    return message(
        "Enjoy your time off. How long will you be away? There is no need to say why.",
        actions=(*lengths, Button("Another day …", action("members.away_form"))),
    )


def away_form() -> Form:
    """Ask for the days, as people write them."""
    return Form(
        "I'll be away",
        action("members.away_until"),
        (
            Field("until", "Until when?", hint="The day you're back: Monday, two weeks, 5 March"),
            Field("start", "From when?", hint="Only if it isn't today: Thursday, 20 December", required=False),
        ),
        submit="Pause my reminders",
    )


def away(since: datetime, until: datetime | None, now: datetime, zone: str) -> Message:
    """Say from when until when somebody is left alone."""
    begin = "" if since == now else f" from {full_day(since, zone)}"
    end = "until you write /mentor back" if until is None else f"until {full_day(until, zone)}, when you're back"
    return message(
        f"Noted: you're away{begin} {end}.",
        "I won't remind you of anything in that time, and those days don't count. Nobody is told why.",
        actions=(Button("I'm back already", action("members.back")),),
    )


def back(ended: int, away_until: datetime | None, zone: str) -> Message:
    """Welcome somebody back."""
    if not ended:
        return message("You weren't marked as away. All is well.")
    early = "" if away_until is None else f" You had said {full_day(away_until, zone)}; I've ended your time away now."
    return message(f"Welcome back!{early} What waits for you: /mentor waiting")


def not_a_day(text: str) -> str:
    """Say how a day can be written."""
    return f'I couldn\'t read "{text[:80]}" as a day. Try: Monday, two weeks, 5 March, or 2026-03-05.'


def in_the_past(at: datetime, zone: str) -> str:
    """Say that a day is over."""
    return f"That would be {full_day(at, zone)}. Please give a later day: the one on which you're back."


def too_far(at: datetime, zone: str) -> str:
    """Say that a pause is too long."""
    return (
        f"That would be {full_day(at, zone)}. A pause can last a year at most; "
        "for longer, please talk with your coordinator."
    )


def too_far_back(at: datetime, zone: str) -> str:
    """Say that a pause begins too early."""
    return f"That would be {full_day(at, zone)}. A pause can begin up to seven days back."


def not_begun(at: datetime, zone: str) -> str:
    """Say how to announce a time away."""
    return f"That would be {full_day(at, zone)}. For a time to come, write: /mentor away from Thursday until Monday"


NO_LOOK_UP = "I couldn't look people up just now. Nothing was changed; please try again in a minute."
STRANGER = "I don't know you yet. A coordinator of your mentoring program can add you."
OTHERS = "This is for coordinators. If you need something done, please ask one of them."
NOT_FOR_YOUR_ROLE = "This isn't part of your role in the program. If it should be, please ask a coordinator."
FAULT = "Something went wrong on my side, and nothing was changed. If it happens again, tell a coordinator: {reference}"
OLD_BUTTON = "This button is from an older message and no longer works. Nothing was changed."

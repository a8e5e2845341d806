"""The form for a session that was never booked, and what is said about it."""

from collections.abc import Sequence
from datetime import datetime

from bot.language import t
from bot.sessions.about import About
from bot.sessions.form_wording import Choices
from bot.sessions.times_wording import bare
from bot.views import Field, Form, Message, action, message


def form(people: Choices, goals: Choices) -> Form:
    """Ask when two met, and for how long; with whom, and about which goals, if there is a choice."""
    fields = [
        Field("when", t("When did it begin?"), hint=t("Your own time, such as: yesterday 18:00"), limit=100),
        Field("minutes", t("How long?"), "60", t("In minutes, or: 1 hour"), limit=40),
    ]
    if people:
        fields.insert(0, Field("with", t("With whom?"), choices=tuple(people)))
    if goals:
        label = t("Which goals was it about?")
        fields.append(Field("goals", label, required=False, choices=tuple(goals), several=True))
    return Form(t("We met without booking"), action("sessions.noted"), tuple(fields), submit=t("Note it"))


def which(readings: Sequence[datetime], now: datetime, zone: str) -> str:
    """Say that a time can be meant in several ways."""
    ways = " / ".join(bare(at, now, zone) for at in readings)
    return t("That can be read in several ways: {ways}. Please write it like this: 2026-03-05 18:00", ways=ways)


def goes_on() -> str:
    """Say that a session has to be over."""
    return t("With that length it isn't over yet. You can note it afterwards.")


def there_already() -> str:
    """Say that two have a session then."""
    return t("The two of you have a session at that time already. You can say there that you met: /mentor waiting")


def noted(one: About) -> Message:
    """Say that a session is noted."""
    at = bare(one.session.starts_at or one.now, one.now, one.me.zone)
    return message(
        t("Noted: you and {name} met, {time}. {name} can see it, and say if it was otherwise.", name=one.name, time=at)
    )

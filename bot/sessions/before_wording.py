"""What is said before a session begins: the reminder of it, and that somebody comes a little later."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.language import n, t
from bot.sessions.about import About
from bot.sessions.times_wording import in_both
from bot.sessions.wording import contents, stands
from bot.settings.reading import length
from bot.views import Actions, Block, Button, Message, Text, action, message
from bot.wording import length as roughly
from storage.sessions import Session, State, Texts

LATE = (5, 15, 30)  # minutes
SHORTLY = timedelta(hours=3)  # before a session


def reminder(one: About, texts: Texts | None) -> tuple[Block, ...]:
    """Remind of a session with all that belongs to it."""
    session = one.session
    if session.state is not State.BOOKED or session.starts_at is None:
        return (Text(stands(one)),)
    at = in_both(session.starts_at, one.now, one.me.zone, one.name, one.other.zone)
    if session.starts_at <= one.now:
        line = t("Your session with {name}: {time}.", name=one.name, time=at)
    else:
        left = roughly(session.starts_at - one.now)
        line = t("In {length} you meet {name}: {time}.", length=left, name=one.name, time=at)
    record = (Text(recorded()),) if session.is_recorded else ()
    return (Text(line), *contents(one, texts), *record, Actions(_to_do(session, one.now)))


def _to_do(session: Session, now: datetime) -> tuple[Button, ...]:
    """Offer what is likeliest: while there is time, another time; shortly before, to say that one comes later."""
    details = Button(t("Details"), action("sessions.details", session.id))
    if session.starts_at is not None and session.starts_at - now > SHORTLY:
        move = Button(t("Move …"), action("sessions.move", session.id))
        return details, move, Button(t("Call off …"), action("sessions.cancel", session.id))
    return details, Button(t("I'll be a little late …"), action("sessions.late", session.id))


def recorded() -> str:
    """Say that a session is recorded."""
    return t("You both agreed that it may be recorded.")


def late_choices(one: About, minutes: int | None) -> Message:
    """Ask how late somebody comes, or came."""
    ahead = one.session.ends_at is not None and one.now < one.session.ends_at
    ask = t("How much later will you be there?") if ahead else t("How much later were you there?")
    noted = (t("Noted so far: {length}.", length=_minutes(minutes)),) if minutes else ()
    told = (
        t("I'll tell {name} at once.", name=one.name)
        if ahead
        else t("It's noted with the session, where {name} sees it; nobody else can say it of you.", name=one.name)
    )
    buttons = [Button(_minutes(number), action("sessions.late_by", one.session.id, number)) for number in LATE]
    if minutes:
        buttons.append(Button(t("I was on time"), action("sessions.late_by", one.session.id, 0)))
    return message(ask, *noted, told, actions=tuple(buttons))


def late_noted(one: About, minutes: int, *, told: bool) -> Message:
    """Say that it is noted how late somebody was."""
    if not minutes:
        return message(t("Noted: you were on time."))
    said = t("Thank you for saying so. I've told {name}.", name=one.name) if told else t("Thank you for saying so.")
    return message(t("Noted: {length}.", length=_minutes(minutes)), said)


def comes_later(one: About, minutes: int) -> tuple[Block, ...]:
    """Tell somebody that the other comes a little later, or is on time after all."""
    if not minutes:
        return (Text(t("{name} will be on time after all.", name=one.name)),)
    return (Text(t("{name} will be about {length} later today.", name=one.name, length=_minutes(minutes))),)


def late_lines(one: About, minutes: Mapping[int, int]) -> list[str]:
    """Say who of the two said how late they come, or came; by member id."""
    lines = []
    if mine := minutes.get(one.me.id):
        lines.append(t("You said: about {length} late.", length=_minutes(mine)))
    if theirs := minutes.get(one.other.id):
        lines.append(t("{name} said: about {length} late.", name=one.name, length=_minutes(theirs)))
    return lines


def _minutes(number: int) -> str:
    return n("{n} minute", "{n} minutes", number) if number < 60 else length(timedelta(minutes=number))  # noqa: PLR2004

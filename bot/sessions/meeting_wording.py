"""The question after a session, and what is said to each answer. Nobody is blamed, and nobody has to accuse anybody."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.language import later, t
from bot.sessions.about import About
from bot.sessions.times_wording import bare
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from storage.session_words import Answer, Reason, Word
from storage.sessions import State

REASONS = {
    Reason.COULDNT: later("I couldn't"),
    Reason.WAITED: later("I waited"),
    Reason.TECHNICAL: later("Technical problem"),
    Reason.UNSAID: later("Rather not say"),
}


def question(one: About) -> tuple[Block, ...]:
    """Ask whether the two met."""
    return Text(_asks(one)), Actions(_answers(one)), Note(t("One tap is enough. Any answer is fine."))


def _asks(one: About) -> str:
    at = one.session.starts_at or one.now
    values = {"name": one.name, "time": bare(at, one.now, one.me.zone)}
    if one.session.logged:
        return t("{name} noted that you two met: {time}. Did you?", **values)
    if one.session.state is State.NOT_HELD:
        return t("Your session with {name} ({time}) isn't marked as held yet. Did you two meet?", **values)
    zone = ZoneInfo(one.me.zone)
    if at.astimezone(zone).date() == one.now.astimezone(zone).date():
        return t("Your session with {name}: {time}. Did you two meet today?", **values)
    return t("Your session with {name}: {time}. Did you two meet?", **values)


def _answers(one: About) -> tuple[Button, ...]:
    answers = [
        (Answer.YES, t("Yes")),
        (Answer.MOVED, t("We moved it")),
        (Answer.NO, t("Not this time")),
    ]
    if one.session.logged:
        answers.pop(1)
    return tuple(
        Button(label, action("sessions.met", one.session.id, answer), primary=answer is Answer.YES)
        for answer, label in answers
    )


def answered(one: About, mine: Word | None, *, may_change: bool) -> tuple[Block, ...]:
    """Say in the question's message how it was answered."""
    at = bare(one.session.starts_at or one.now, one.now, one.me.zone)
    text = Text(_said(one, mine, {"name": one.name, "time": at}))
    if not may_change:
        return (text,)
    return text, Actions((Button(t("Change my answer …"), action("sessions.met_again", one.session.id)),))


def _said(one: About, mine: Word | None, values: Mapping[str, str]) -> str:
    if one.session.decided_at is not None:
        return _decided(one, values)
    if one.session.state is State.CANCELLED:
        return t("Your session with {name} ({time}) was called off.", **values)
    match mine.answer if mine else None:
        case Answer.YES:
            return t("Your session with {name} ({time}): you met. Thank you!", **values)
        case Answer.MOVED:
            return t("Your session with {name} ({time}): you moved it.", **values)
        case Answer.NO:
            return t("Your session with {name} ({time}): not this time, and that's all right.", **values)
    return t("Your session with {name} ({time}): nothing left to do here.", **values)


def _decided(one: About, values: Mapping[str, str]) -> str:
    if one.session.state is State.HELD:
        return t("Your session with {name} ({time}): a coordinator has marked it as held.", **values)
    return t("Your session with {name} ({time}): a coordinator has marked it as not held.", **values)


def thanks(one: About) -> Message:
    """Thank for a yes."""
    return message(
        t("Thank you! It's noted that you and {name} met.", name=one.name),
        actions=(Button(t("I was a little late …"), action("sessions.late", one.session.id)),),
    )


def moved(one: About) -> Message:
    """Ask for the new time of a session that was moved."""
    return message(
        t("Noted. Do you have a new time for {name} and you?", name=one.name),
        actions=(
            Button(t("Propose a time …"), action("sessions.again", one.session.id), primary=True),
            Button(t("We'll see"), action("sessions.we_see", one.session.id)),
        ),
    )


def we_see(name: str) -> Message:
    """Say that there is no hurry."""
    return message(t("All right. Whenever you and {name} have a time: /mentor sessions", name=name))


def why(one: About) -> Message:
    """Ask, and leave it open, why a session didn't take place."""
    row = tuple(Button(t(label), action("sessions.why", one.session.id, reason)) for reason, label in REASONS.items())
    return message(
        t("That's all right. What was it?"),
        t(
            "Only coordinators see this. {name} is told only that the session isn't marked as held yet.",
            name=one.name,
        ),
        actions=row,
    )


def reason_noted(one: About) -> Message:
    """Thank for a reason."""
    return message(
        t("Thank you. Only coordinators see this."),
        t("If you like to find another time with {name}:", name=one.name),
        actions=(Button(t("Propose a time …"), action("sessions.again", one.session.id)),),
    )


def too_late(one: About) -> Message:
    """Say that the answer is settled."""
    return Message((*answered(one, None, may_change=False), Text(t("Nothing was changed."))))


def not_yet(one: About) -> str:
    """Say that a session is still to come."""
    at = bare(one.session.starts_at or one.now, one.now, one.me.zone)
    return t("Your session with {name} is on {time}. I'll ask you afterwards.", name=one.name, time=at)


def again(one: About) -> Message:
    """Ask anew whether the two met."""
    return Message((Text(_asks(one)), Actions(_answers(one))))


def waiting(items: list[Block]) -> tuple[Block, ...]:
    """Put together about which sessions somebody is asked."""
    return (Heading(t("Did you two meet?")), *items) if items else ()

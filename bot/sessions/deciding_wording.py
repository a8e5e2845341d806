"""What coordinators read of sessions that only they can settle: who said what, and never what a session is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import n, t
from bot.people import Member, Pairing
from bot.sessions.meeting_wording import REASONS
from bot.sessions.times_wording import said
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action
from storage.session_words import Answer, Word
from storage.sessions import Session, State


@dataclass(frozen=True, slots=True)
class Case:
    """A session with what its two people say of it, for a coordinator who reads it at an instant."""

    session: Session
    pairing: Pairing
    people: Mapping[int, Member]
    words: tuple[Word, ...]
    reader: Member
    now: datetime

    @property
    def names(self) -> dict[str, str]:
        """Return the names of the two."""
        return {
            "mentor": self.people[self.pairing.mentor_id].name,
            "mentee": self.people[self.pairing.mentee_id].name,
        }

    @property
    def time(self) -> str:
        """Return when it was, for the reader."""
        return said(self.session.starts_at or self.now, self.now, self.reader.zone)


def ask(case: Case) -> tuple[Block, ...]:
    """Ask whether two met."""
    ids = case.pairing.sides
    by = {word.member_id: word for word in case.words}
    lines = "\n".join(_says(case.people[id_].name, by.get(id_)) for id_ in ids)
    buttons = (
        Button(t("They met"), action("sessions.they_met", case.session.id)),
        Button(t("They didn't"), action("sessions.not_met", case.session.id)),
    )
    return (
        Text(t("A session of {mentor} and {mentee} needs your eye: {time}.", **case.names, time=case.time)),
        Text(lines),
        Actions(buttons),
        Note(t("Neither of them sees what the other said. A friendly word with both often settles it.")),
    )


def _says(name: str, word: Word | None) -> str:
    match word.answer if word else None:
        case Answer.YES:
            return t("{name}: we met", name=name)
        case Answer.MOVED:
            return t("{name}: we moved it", name=name)
        case Answer.NO if word is not None and word.reason is not None:
            return t("{name}: not this time ({reason})", name=name, reason=t(REASONS[word.reason]))
        case Answer.NO:
            return t("{name}: not this time", name=name)
    return t("{name}: no answer so far", name=name)


def settled(case: Case) -> tuple[Block, ...]:
    """Say how a session stands that needs nobody's eye any more."""
    values = {**case.names, "time": case.time}
    held, by = case.session.state is State.HELD, case.people.get(case.session.decided_by_id or 0)
    if by is not None and held:
        text = t("Session of {mentor} and {mentee}, {time}: {name} has marked it as held.", name=by.name, **values)
    elif by is not None:
        text = t("Session of {mentor} and {mentee}, {time}: {name} has marked it as not held.", name=by.name, **values)
    elif held:
        text = t("{mentor} and {mentee}, {time}: they agree by now that they met. Nothing left to do.", **values)
    else:
        text = t(
            "{mentor} and {mentee}, {time}: they agree by now that they didn't meet. Nothing left to do.",
            **values,
        )
    return (Text(text),)


def waiting(items: Sequence[Block], more: int) -> tuple[Block, ...]:
    """Put together which sessions wait for a coordinator; `more`: so many aren't shown."""
    rest = (Text(n("And {n} more session.", "And {n} more sessions.", more)),) if more else ()
    return (Heading(t("Sessions that need a coordinator")), *items, *rest) if items else ()


def decided(case: Case) -> Message:
    """Say that it is noted."""
    return Message((*settled(case), Text(t("Both can see how it is marked, and nothing else."))))


def already(case: Case) -> Message:
    """Say that somebody was faster, or the two agree by now."""
    return Message((*settled(case), Text(t("Nothing was changed."))))

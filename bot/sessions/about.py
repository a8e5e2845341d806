"""A session with all that is needed to speak of it to one of its two people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.people import Member, Pairing
from storage.sessions import Session, Time


@dataclass(frozen=True, slots=True)
class About:
    """A session as one of its two people, `me`, sees it at an instant.

    `times` are those that are proposed, `goals` the words of those that it is about, by id; `target` is the session
    whose time it would change.
    """

    session: Session
    pairing: Pairing
    me: Member
    other: Member
    now: datetime
    times: tuple[Time, ...] = ()
    goals: Mapping[int, str] = field(default_factory=dict)
    target: Session | None = None

    @property
    def is_mine(self) -> bool:
        """Whether the times that are proposed are mine."""
        return self.session.by_id == self.me.id

    @property
    def name(self) -> str:
        """The name of the other."""
        return self.other.name


@dataclass(frozen=True, slots=True)
class Clash:
    """A session that takes up a part of a time: whether it is the other's alone."""

    session: Session
    is_theirs: bool

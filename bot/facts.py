"""What features tell each other: the only talk between them. A fact is passed on in the transaction that made it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.messages import MessageRow
from storage.outbox import OutboxRow
from storage.pairings import Place, Space
from storage.programs import Program


@dataclass(frozen=True, slots=True)
class MembersJoined:
    """People became members, or are members again."""

    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RolesLost:
    """Members are no longer all that they were, or are no longer in the program."""

    member_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class MessagesChanged:
    """Messages came, went or were reacted to: from which instant on, by pairing id.

    `said`: the new messages of pairings in which nothing else happened.
    """

    since: Mapping[int, datetime]
    said: Mapping[int, Sequence[MessageRow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """When members can be expected to answer is no longer what it was: a pause, zone, hours or days."""

    member_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class Delivered:
    """Messages of the bot reached somebody."""

    rows: tuple[OutboxRow, ...]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Messages of the bot will not go out: they were needless (`dead` is false), or it can't be done for a `reason`."""

    rows: tuple[OutboxRow, ...]
    dead: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """Messages that couldn't be delivered are tried again, because a coordinator said so."""

    rows: tuple[OutboxRow, ...]


@dataclass(frozen=True, slots=True)
class SpaceOpened:
    """A space was made for a pairing."""

    pairing_id: int
    place: Place


@dataclass(frozen=True, slots=True)
class SpacesLost:
    """The bot can no longer see what happens in spaces of pairings, which it could before."""

    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class PaceChanged:
    """How long the two of a pairing have for an answer is no longer what it was, or their pairing rests or goes on."""

    pairing_id: int


@dataclass(frozen=True, slots=True)
class PairingEnded:
    """Nothing waits in a pairing any more."""

    pairing_id: int


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """Both met, as far as is known: the first "Yes", a session that was logged, or a coordinator's decision."""

    session_id: int


@dataclass(frozen=True, slots=True)
class SessionNotHeld:
    """What was taken as held isn't: by somebody else's answer or a coordinator's decision."""

    session_id: int


@dataclass(frozen=True, slots=True)
class CountsChanged:
    """Something that badges count came, went or was decided for members, or in their pairings."""

    member_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class BadgesUnwanted:
    """A member wants no badges any more."""

    member_id: int


@dataclass(frozen=True, slots=True)
class DangerReported:
    """Somebody is in danger, as a private report says that was just sent."""

    case_id: int


@dataclass(frozen=True, slots=True)
class ProgramChanged:
    """A program's state or figures are no longer what they were: `before` is the program as it was."""

    before: Program


@dataclass(frozen=True, slots=True)
class CameBack:
    """The bot is at work again in a program in which it wasn't between two instants, and has read up.

    `missed`: how many messages to members fell due meanwhile.
    """

    since: datetime
    until: datetime
    missed: int


Fact = (
    MembersJoined
    | RolesLost
    | MessagesChanged
    | CalendarChanged
    | Delivered
    | Undelivered
    | TriedAgain
    | SpaceOpened
    | SpacesLost
    | PaceChanged
    | PairingEnded
    | SessionHeld
    | SessionNotHeld
    | CountsChanged
    | BadgesUnwanted
    | DangerReported
    | ProgramChanged
    | CameBack
)

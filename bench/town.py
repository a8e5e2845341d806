"""A made-up program of any size, row by row as the bot itself would have written it.

Every pairing has one space, and in it one message that nobody has answered: an open turn with its alarm. Everybody
likes to be reminded at any hour of any day, so each alarm rings exactly one day after its message; the messages are
spread over nine hours, and the first alarm comes an hour after the town was made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table

from bot.calls import Posted
from bot.people import Account, Place
from storage.due import due
from storage.members import accounts, members
from storage.messages import messages
from storage.pairings import pairings, spaces
from storage.turns import ALARM, Outcome, turns

PLATFORM = "playground"
WORKSPACE = "riverside"
CHANNEL = "C"
WAIT = timedelta(days=1)  # the default policy's first nudge
SPREAD = timedelta(hours=9)
ZONES = ("UTC", "America/Chicago", "Europe/Berlin", "Asia/Kolkata", "Africa/Lagos")
PAIRINGS_A_MEMBER = 10
SCATTER = 7_368_787  # a prime: turns that were opened one after the other lie in pairings far apart
BEYOND = 1_000_000_000  # ids that the bot gave out before are smaller,
LAST = 2 * BEYOND  # and those that it gives out afterwards are larger

Rows = tuple[Table, tuple[str, ...], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True)
class Town:
    """The town of one program: `size` pairings, numbered from 0, each with a turn; `alarms_from` is the first alarm.

    `program` and `coordinator` are ids that are in the database already.
    """

    program: int
    coordinator: int
    size: int
    alarms_from: datetime

    @property
    def side(self) -> int:
        """How many mentors there are, and as many mentees."""
        return -(-self.size // PAIRINGS_A_MEMBER)

    @property
    def step(self) -> timedelta:
        """The time from one alarm to the next."""
        return SPREAD // self.size

    def alarm(self, turn: int) -> datetime:
        """Return when the alarm of a turn rings; turns are numbered as they were opened."""
        return self.alarms_from + turn * self.step

    def pairing(self, turn: int) -> int:
        """Return the number of the pairing that a turn is in."""
        return turn * SCATTER % self.size

    def turn(self, pairing: int) -> int:
        """Return the number of the turn that is in a pairing."""
        return pairing * pow(SCATTER, -1, self.size) % self.size

    def opener(self, turn: int) -> Posted:
        """Return the message that opened a turn, as its platform tells of it."""
        pairing = self.pairing(turn)
        author = self.account(self.mentee(pairing)).user
        return Posted(self.place(pairing), f"m{turn}", author, self.alarm(turn) - WAIT)

    def place(self, pairing: int) -> Place:
        """Return a pairing's space."""
        return Place(PLATFORM, WORKSPACE, f"{CHANNEL}{pairing:07}")

    def pairing_at(self, place: Place) -> int | None:
        """Return which pairing has a space; None for one that the town wasn't built with."""
        return int(place.channel.removeprefix(CHANNEL)) if place.channel.startswith(CHANNEL) else None

    def mentor(self, pairing: int) -> int:
        """Return the number of a pairing's mentor."""
        return pairing % self.side

    def mentee(self, pairing: int) -> int:
        """Return the number of a pairing's mentee: another one each time the mentors are through."""
        return self.side + (pairing + pairing // self.side) % self.side

    def account(self, member: int) -> Account:
        """Return a member's account."""
        return Account(PLATFORM, WORKSPACE, f"U{member:07}")

    def tables(self) -> Iterator[Rows]:
        """Yield the tables, what points at a row after the row."""
        yield members, ("id", "program_id", "key", "name", "roles", "zone", *_HOURS, "active"), self._members()
        yield accounts, ("platform", "workspace", "user", "program_id", "member_id"), self._accounts()
        yield pairings, ("id", "program_id", "mentor_id", "mentee_id", "coordinator_id"), self._pairings()
        yield spaces, ("id", "program_id", "pairing_id", "platform", "workspace", "channel"), self._spaces()
        yield messages, _MESSAGE, self._messages()
        yield turns, _TURN, self._turns()
        yield due, ("id", "program_id", "kind", "subject", "member_id", "at"), self._alarms()

    def _members(self) -> Iterator[tuple[Any, ...]]:
        hours = ("0123456", "00:00", "00:00")
        for number in range(2 * self.side):
            role, zone = ("mentor", "mentee")[number >= self.side], ZONES[number % len(ZONES)]
            yield BEYOND + number, self.program, f"{number:016x}", f"Member {number}", role, zone, *hours, True

    def _accounts(self) -> Iterator[tuple[Any, ...]]:
        for number in range(2 * self.side):
            account = self.account(number)
            yield account.platform, account.workspace, account.user, self.program, BEYOND + number

    def _pairings(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.size):
            sides = (BEYOND + self.mentor(number), BEYOND + self.mentee(number))
            yield BEYOND + number, self.program, *sides, self.coordinator

    def _spaces(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.size):
            place = self.place(number)
            yield BEYOND + number, self.program, BEYOND + number, place.platform, place.workspace, place.channel

    def _messages(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.size):
            pairing = self.pairing(number)
            where = (BEYOND + pairing, BEYOND + pairing, f"m{number}")
            author, at = BEYOND + self.mentee(pairing), micros(self.alarm(number) - WAIT)
            yield BEYOND + number, self.program, *where, author, at, False, False

    def _turns(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.size):
            pairing = self.pairing(number)
            where = (BEYOND + pairing, BEYOND + pairing, f"m{number}")
            sides = (BEYOND + self.mentee(pairing), BEYOND + self.mentor(pairing))
            at = micros(self.alarm(number) - WAIT)
            yield BEYOND + number, self.program, *where, *sides, at, at, str(Outcome.OPEN), 0, False, True

    def _alarms(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.size):
            mentor = BEYOND + self.mentor(self.pairing(number))
            yield BEYOND + number, self.program, ALARM, BEYOND + number, mentor, micros(self.alarm(number))


_HOURS = ("days", "opens", "closes")
_MESSAGE = ("id", "program_id", "pairing_id", "space_id", "external", "author_id", "at", "addressed", "deleted")
_TURN = (
    *("id", "program_id", "pairing_id", "space_id", "opener", "asker_id", "answerer_id", "opened_at"),
    *("waiting_since", "outcome", "reopened", "wanted", "fresh"),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    """Return an instant as it is stored."""
    return (at - _EPOCH) // timedelta(microseconds=1)

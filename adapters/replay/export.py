"""Reads a Slack workspace export: a program of its two-person conversations, and what happened in them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from adapters.replay.archive import Limits, Source
from adapters.replay.conversations import Conversation, conversations
from adapters.replay.messages import Reader, Tally
from adapters.replay.people import People, read_people, told_apart
from adapters.replay.sources import opened
from bot.calls import Observation, Posted
from bot.errors import UserError
from bot.members.roster import NewMember, NewPairing, Roster
from bot.people import Account, Place, Role

PLATFORM = "replay"
PAIR = 2
CROWD, LONELY, SILENCE = "with more than two people", "with one person alone", "in which nobody wrote"
Sides = tuple[str, ...]  # two user ids, the mentor first


@dataclass(frozen=True, slots=True)
class Notes:
    """What a reader of the result should know: how many of what were left out, by reason.

    `reactions_without_time`: exports don't say when a reaction was given; it counts as given at once.
    """

    reactions_without_time: int = 0
    conversations_skipped: Mapping[str, int] = field(default_factory=dict)
    messages_skipped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """The two-person conversations of an export, as a program; observations are in the order of time.

    A person's account is ("replay", the workspace's id, Slack's user id). A pairing has the conversations of
    the same two people as its spaces; its mentor is the one who was listed first. Nobody has chosen days (see
    activity.py).
    """

    roster: Roster
    observations: Sequence[Observation]
    notes: Notes

    @property
    def posts(self) -> Iterator[Posted]:
        """The messages alone."""
        return (seen for seen in self.observations if isinstance(seen, Posted))


def read(path: Path, *, channels: bool = False, policy: str = "default", limits: Limits | None = None) -> Export:
    """Read a zip or folder; `channels` looks at public channels with two people in them, too.

    Raises UserError in one sentence that names the file inside the export and what is wrong with it.
    """
    with opened(path, limits) as source:
        return read_from(source, channels=channels, policy=policy)


def read_from(source: Source, *, channels: bool = False, policy: str = "default") -> Export:
    """Read an export that is open already. Raises UserError as `read` does."""
    people = read_people(source)
    collected = _Collected(people)
    for conversation in conversations(source, channels=channels):
        collected.take(source, conversation)
    if not collected.spaces:
        raise UserError(_nothing(source.name, collected.skipped, channels))
    return collected.export(f"Replay of {source.name}", policy)


@dataclass
class _Collected:
    """What was read so far."""

    people: People
    tally: Tally = field(default_factory=Tally)
    skipped: Counter[str] = field(default_factory=Counter)
    spaces: dict[frozenset[str], tuple[Sides, list[Place]]] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)

    def take(self, source: Source, conversation: Conversation) -> None:
        listed = self._humans(conversation.members)
        if len(listed) > PAIR:
            self.skipped[CROWD] += 1
            return
        place = Place(PLATFORM, self.people.team, conversation.id)
        tally = Tally()
        seen = Reader(place, self.people.is_bot, tally).read(source, conversation)
        sides = listed if len(listed) == PAIR else self._writers(seen)
        if len(sides) == PAIR and seen:
            self._keep(sides, place, seen, tally)
        else:
            self.skipped[_why_not(sides)] += 1

    def _writers(self, seen: Sequence[Observation]) -> Sides:
        """Return who wrote: who left, and everybody in a channel that was archived, isn't listed any more."""
        return self._humans(post.author for post in seen if isinstance(post, Posted))

    def _keep(self, sides: Sides, place: Place, seen: list[Observation], tally: Tally) -> None:
        self.spaces.setdefault(frozenset(sides), (sides, []))[1].append(place)
        self.observations += seen
        self.tally.skipped.update(tally.skipped)
        self.tally.reactions += tally.reactions

    def _humans(self, users: Iterable[str]) -> Sides:
        return tuple(user for user in dict.fromkeys(users) if not self.people.is_bot(user))

    def export(self, name: str, policy: str) -> Export:
        roles = _roles(sides for sides, _ in self.spaces.values())
        names = told_apart([self.people.get(user) for user in roles])
        members = tuple(self._member(user, names[user], roles[user]) for user in roles)
        pairings = tuple(
            NewPairing(names[mentor], names[mentee], tuple(spaces)) for (mentor, mentee), spaces in self.spaces.values()
        )
        self.observations.sort(key=attrgetter("at"))  # stable: a reaction stays behind its message
        notes = Notes(self.tally.reactions, dict(self.skipped), dict(self.tally.skipped))
        return Export(Roster(name, policy, members, pairings), self.observations, notes)

    def _member(self, user: str, name: str, roles: frozenset[Role]) -> NewMember:
        account = Account(PLATFORM, self.people.team, user)
        return NewMember(name=name, roles=roles, accounts=(account,), zone=self.people.get(user).zone)


def _roles(pairs: Iterable[Sides]) -> dict[str, frozenset[Role]]:
    """Return each one's roles: who is listed first in one conversation may be second in another."""
    roles: dict[str, frozenset[Role]] = {}
    for mentor, mentee in pairs:
        roles[mentor] = roles.get(mentor, frozenset()) | {Role.MENTOR}
        roles[mentee] = roles.get(mentee, frozenset()) | {Role.MENTEE}
    return roles


def _why_not(people: Sides) -> str:
    if not people or len(people) == PAIR:
        return SILENCE
    return CROWD if len(people) > PAIR else LONELY


def _nothing(name: str, skipped: Mapping[str, int], channels: bool) -> str:
    others = ", ".join(f"{count} {reason}" for reason, count in skipped.items())
    but = f" (but {others})" if others else ""
    hint = "" if channels else " With --channels I look at public channels, too."
    return f"{name} holds no conversation between two people{but}.{hint}"

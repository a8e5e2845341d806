"""What an import would do: pure functions of the lines of a list and of who is there already."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.community.lines import Problem
from bot.people import Account, Member, Pairing, Profile
from storage.members import NewMember

Key = int | str
"""Who somebody is: a member's id, or the user id of somebody who is to be added."""


@dataclass(frozen=True, slots=True)
class There:
    """Who is there already. `users` has the member ids of one workspace by user id, `handles` the other way about.

    `zone` is the reader's.
    """

    platform: str
    workspace: str
    zone: str
    members: Mapping[int, Member]
    users: Mapping[str, int]
    handles: Mapping[int, str]
    pairings: Mapping[tuple[int, int], Pairing]

    def account(self, user: str) -> Account:
        """Return the account of a user id."""
        return Account(self.platform, self.workspace, user)

    def handle(self, member_id: int) -> str:
        """Return how a member is mentioned here; the name of those who have no account here."""
        return self.handles.get(member_id, self.members[member_id].name)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody whom the platform knows, as it says it."""

    user: str
    name: str
    zone: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, profile: Profile) -> "Found":
        """Return what of a profile is needed."""
        return cls(profile.account.user, profile.name, profile.zone, profile.language)

    def profile(self, account: Account) -> Profile:
        """Return it as a profile again."""
        return Profile(account, self.name, self.zone, self.language)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed about a member: columns and their new values."""

    member: Member
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pairing to be made, or to be given another coordinator (`known` is its id then)."""

    mentor: Key
    mentee: Key
    coordinator: Key | None = None
    known: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; with problems it does nothing. New people are by user id."""

    new: Mapping[str, NewMember] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    pairs: tuple[Pair, ...] = ()
    paired_already: int = 0
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    names: Mapping[Key, str] = field(default_factory=dict)

    @property
    def new_pairs(self) -> list[Pair]:
        """The pairings to be made."""
        return [pair for pair in self.pairs if pair.known is None]

    @property
    def handed_over(self) -> list[Pair]:
        """The pairings that get another coordinator."""
        return [pair for pair in self.pairs if pair.known is not None]

    @property
    def does_nothing(self) -> bool:
        """Whether all is as the list says."""
        return not (self.new or self.changes or self.pairs)

    @property
    def digest(self) -> str:
        """What tells this plan from another one, whatever language its remarks are in."""
        new = [[user, person.columns()] for user, person in sorted(self.new.items())]
        changes = [[change.member.id, _plain(change.values)] for change in self.changes]
        pairs = sorted(
            [str(pair.mentor), str(pair.mentee), str(pair.coordinator), pair.known or 0] for pair in self.pairs
        )
        return hashlib.sha256(json.dumps([new, changes, pairs]).encode()).hexdigest()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in sorted(values.items())}


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems as they stand in the list, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line))

"""Who each line of a list is about, and what all of its lines together say of somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.community import reading_wording as wording
from bot.community.columns import Column
from bot.community.guessing import Guesser, Patience
from bot.community.lines import Line, Problem, ways
from bot.community.planning import Found, Key, There
from bot.members.words import NAME_LIMIT, clean, fold
from bot.people import Member, Role

NAMED = 5  # of people of one name
REMARKS = 10  # of people who may be the same: more would be read by nobody
_ONCE = (Column.ZONE, Column.COUNTRY, Column.LANGUAGE)


@dataclass
class Person:
    """Somebody of a list: what its lines say, and which member they are already, if any. `typed`: as they are named."""

    key: Key
    member: Member | None
    found: Found | None
    typed: str = ""
    roles: set[Role] = field(default_factory=set)
    said: dict[Column, tuple[str, int]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what they are called once the import is done."""
        known = self.member.name if self.member else clean(self.found.name if self.found else "")[:NAME_LIMIT]
        return self.typed or known or str(self.key)

    @property
    def every_role(self) -> frozenset[Role]:
        """What they are once the import is done."""
        return frozenset(self.roles) | (self.member.roles if self.member else frozenset())

    def says(self, column: Column) -> str:
        """Return what the list says in a column; nothing if no line says anything."""
        return self.said.get(column, ("", 0))[0]


class Nobody(Exception):
    """A word names nobody, or several people: why, and who may have been meant."""

    def __init__(self, reason: str, guess: str = "") -> None:
        """Say so."""
        super().__init__(reason)
        self.reason = reason
        self.guess = guess


class Census:
    """Finds out who the lines are about. What has to be mended is noted in `problems`."""

    def __init__(self, there: There, found: Mapping[str, Found], called: Mapping[Column, str]) -> None:
        """Know who is there, and whom the platform knows by which word."""
        self.persons: dict[Key, Person] = {}
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self.repeated = 0
        self._there = there
        self._found = found
        self._called = called
        self._patience = Patience()
        self._by_way: dict[str, Key] = {}
        self._by_name: dict[str, dict[Key, None]] = {}
        self._by_fold: dict[str, dict[Key, None]] = {}
        self._guesser: Guesser | None = None
        self._users: Guesser | None = None

    def take(self, lines: Sequence[Line]) -> None:
        """Take the lines in: those with an account or an address first, so that others can name these people."""
        once = {replace(line, number=0): line for line in reversed(lines)}
        mine = sorted(once.values(), key=lambda line: line.number)
        self.repeated = len(lines) - len(mine)
        for line in mine:
            if line.account or line.email:
                self._add_by_account(line)
        self._learn_names()
        self._warn_of_doubles()
        for line in mine:
            if not (line.account or line.email):
                self._add_by_name(line)

    def _add_by_account(self, line: Line) -> None:
        found = self._look_up(line.account) or (self._look_up(line.email) if not line.account else None)
        user = found.user if found else self._known_user(line.account)
        if user is None:
            column, reason = (Column.ACCOUNT, wording.no_account(line.account))
            if not line.account:
                column, reason = (Column.EMAIL, wording.no_email(line.email))
            self._problem(line, column, reason, self._near_account(line))
            return
        key = self._there.users.get(user, user)
        for way in filter(None, (*ways(line.account), line.email)):
            self._by_way.setdefault(way.casefold() if "@" in way else way, key)
        self._add(key, found, line, line.name)

    def _look_up(self, word: str) -> Found | None:
        return next((self._found[way] for way in (*ways(word), word) if way in self._found), None)

    def _known_user(self, account: str) -> str | None:
        user = account.removeprefix("@")
        return user if user in self._there.users else None

    def _near_account(self, line: Line) -> str:
        """Guess an account: the one that the row's address has, or one of a member that is written similarly."""
        by_email = self._look_up(line.email)
        if by_email is not None:
            return f"@{by_email.user}"
        near = self._patience.guess("account", line.account, self._near_user) if line.account else ""
        return f"@{near}" if near else ""

    def _add(self, key: Key, found: Found | None, line: Line, name: str) -> None:
        person = self.persons.get(key)
        if person is None:
            member = self._there.members[key] if isinstance(key, int) else None
            person = self.persons[key] = Person(key, member, found)
            if member is not None and not member.active:
                handle = line.account or self._there.handle(member.id)
                self._problem(line, self._naming, wording.has_left(member.name, handle))
        if name and person.typed and name != person.typed:
            first = next(known.number for known in person.lines if known.name)
            self._problem(line, Column.NAME, wording.other_name(self._account(key), person.typed, first))
        person.typed = person.typed or name
        person.roles |= line.roles
        for column in _ONCE:
            self._say(person, column, line, getattr(line, column.value))
        person.lines.append(line)

    def _say(self, person: Person, column: Column, line: Line, value: str) -> None:
        before, number = person.said.setdefault(column, (value, line.number)) if value else ("", 0)
        if before != value:
            self._problem(line, column, wording.otherwise(before, number))

    def _account(self, key: Key) -> str:
        """Return how somebody is named: as the list does it, or else as the platform does."""
        lines = self.persons[key].lines if key in self.persons else []
        typed = next((line.account for line in lines if line.account), "")
        return typed or (f"@{key}" if isinstance(key, str) else self._there.handle(key))

    def _learn_names(self) -> None:
        names = [(person.name, key) for key, person in self.persons.items()]
        # Somebody whom the list gives another name is called so: by the old one a second import wouldn't find them.
        names += [(member.name, id_) for id_, member in self._there.members.items() if id_ not in self.persons]
        for name, key in names:
            self._by_name.setdefault(name, {})[key] = None
            self._by_fold.setdefault(fold(name), {})[key] = None

    def _warn_of_doubles(self) -> None:
        """Warn of people who are to be added, and are called nearly or just like somebody else."""
        for person in self.persons.values():
            same = self._by_fold[fold(person.name)]
            other = next((key for key in same if key != person.key), None)
            if person.member is None and other is not None and len(self.remarks) < REMARKS:
                number = person.lines[0].number
                self.remarks.append(wording.alike(person.name, number, self._told_apart(other)))

    def _told_apart(self, key: Key) -> str:
        if isinstance(key, str):
            return f"{self.persons[key].name} ({self._account(key)})"
        member, handle = self._there.members[key], self._account(key)
        return member.name if handle == member.name else f"{member.name} ({handle})"

    def _add_by_name(self, line: Line) -> None:
        if not line.name:
            self._problem(line, self._naming, wording.nobody())
            return
        try:
            key = self.named(line.name)
        except Nobody as nobody:
            reason = nobody.reason if self._by_fold.get(fold(line.name)) else wording.no_way()
            self._problem(line, self._naming, reason, nobody.guess)
            return
        called = self.name_of(key)
        if called != line.name and len(self.remarks) < REMARKS:
            self.remarks.append(wording.taken_for(line.name, line.number, called))
        self._add(key, None, line, "")

    @property
    def _naming(self) -> Column:
        """The column to be named where any of several would be right."""
        return next(column for column in (Column.ACCOUNT, Column.EMAIL, Column.NAME) if column in self._called)

    def name_of(self, key: Key) -> str:
        """Return what somebody is called once the import is done."""
        return self.persons[key].name if key in self.persons else self._there.members[int(key)].name

    def who(self, word: str) -> list[Key]:
        """Return whom a word names, by account, address or name; commas may stand between several. Raises Nobody."""
        try:
            return [self._one(word)]
        except Nobody:
            parts = [part.strip() for part in word.split(",") if part.strip()]
            if len(parts) < 2:  # noqa: PLR2004 - one name
                raise
            return [self._one(part) for part in parts]

    def _one(self, word: str) -> Key:
        by_way = self._by_way.get(word.casefold() if "@" in word else word)
        if by_way is not None and word not in self._by_name:
            return by_way
        found = self._look_up(word) if "@" in word else None
        user = found.user if found else self._known_user(word) if word.startswith("@") else None
        if user is not None and (user in self._there.users or user in self.persons):
            return self._there.users.get(user, user)
        return self.named(word)

    def named(self, name: str) -> Key:
        """Return who is called so; case and accents are looked at only if there are several. Raises Nobody."""
        keys = self._by_name.get(name) or self._by_fold.get(fold(name), {})
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            raise Nobody(wording.several(name, list(map(self._account, islice(keys, NAMED)))))
        raise Nobody(wording.no_partner(name), self._patience.guess("name", name, self._near_name))

    def _near_user(self, account: str) -> str:
        if self._users is None:
            self._users = Guesser({*self._there.users, *(found.user for found in self._found.values())})
        return self._users.nearest(account)

    def _near_name(self, name: str) -> str:
        if self._guesser is None:
            self._guesser = Guesser(self._by_name)
        return self._guesser.nearest(name)

    def _problem(self, line: Line, column: Column, reason: str, guess: str = "") -> None:
        self.problems.append(Problem(line.number, self._called.get(column, column.value), reason, guess))

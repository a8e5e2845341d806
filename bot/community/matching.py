"""Who is paired with whom, as the lines of a list say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.community import import_wording
from bot.community import reading_wording as wording
from bot.community.census import Census, Nobody, Person
from bot.community.columns import Column
from bot.community.lines import Line, Problem
from bot.community.planning import Key, Pair, There
from bot.people import Role

_SIDES = {Column.MENTOR: Role.MENTOR, Column.MENTEE: Role.MENTEE, Column.PARTNER: None}


@dataclass(frozen=True, slots=True)
class _Wish:
    """A line's wish: its person is to be paired with another one, whose side is `role` (None: whichever fits)."""

    line: Line
    column: Column
    person: Person
    other: Key
    role: Role | None


class Matches:
    """Pairs the people of a census. What has to be mended is noted in `problems`."""

    def __init__(self, census: Census, there: There, called: Mapping[Column, str]) -> None:
        """Take the people."""
        self.pairs: list[Pair] = []
        self.problems: list[Problem] = []
        self.paired_already = 0
        self.no_pairing = 0
        self._census = census
        self._there = there
        self._called = called
        self._by: dict[tuple[Key, Key], tuple[Key | None, int]] = {}

    def match(self) -> None:
        """Pair everybody whom the lines pair."""
        wishes = list(self._wishes())
        for wish in wishes:
            self._imply(wish)
        for wish in wishes:
            self._grant(wish)
        for (mentor, mentee), (coordinator, number) in self._by.items():
            self._keep(mentor, mentee, coordinator, number)

    def _wishes(self) -> Iterator[_Wish]:
        for person in self._census.persons.values():
            for line in person.lines:
                wanted = {Column.MENTOR: line.mentors, Column.MENTEE: line.mentees, Column.PARTNER: line.partners}
                self.no_pairing += bool(line.coordinator) and not any(wanted.values())
                for column, words in wanted.items():
                    for word in words:
                        yield from self._wish(line, column, person, word)

    def _wish(self, line: Line, column: Column, person: Person, word: str) -> Iterator[_Wish]:
        try:
            others = self._census.who(word)
        except Nobody as nobody:
            self._problem(line, column, nobody.reason, nobody.guess)
            return
        for other in others:
            if other == person.key:
                self._problem(line, column, wording.themself())
            else:
                yield _Wish(line, column, person, other, _SIDES[column])

    def _imply(self, wish: _Wish) -> None:
        """Give those a role of whom the list says none: whoever has a mentor is a mentee."""
        if wish.role is None:
            return
        mine = Role.MENTEE if wish.role is Role.MENTOR else Role.MENTOR
        wish.person.roles |= set() if wish.person.every_role else {mine}
        other = self._census.persons.get(wish.other)
        if other is not None and not other.every_role:
            other.roles.add(wish.role)

    def _grant(self, wish: _Wish) -> None:
        sides = self._sides(wish)
        if sides is None:
            return
        mentor, mentee = sides
        for key, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
            if role not in self._roles(key):
                self._problem(wish.line, wish.column, wording.lacks_role(self._census.name_of(key), role))
                return
        if self._has_left(wish.line, wish.column, wish.other):
            return
        coordinator = self._coordinator(wish.line)
        before, number = self._by.setdefault((mentor, mentee), (coordinator, wish.line.number))
        if coordinator is not None and before is None:
            self._by[mentor, mentee] = (coordinator, wish.line.number)
        elif coordinator is not None and before != coordinator and before is not None:
            reason = wording.two_coordinators(self._census.name_of(before), number)
            self._problem(wish.line, Column.COORDINATOR, reason)

    def _has_left(self, line: Line, column: Column, key: Key) -> bool:
        member = self._there.members[key] if isinstance(key, int) else None
        if member is None or member.active:
            return False
        self._problem(line, column, wording.has_left(member.name, self._there.handle(member.id)))
        return True

    def _sides(self, wish: _Wish) -> tuple[Key, Key] | None:
        """Return mentor and mentee; None if it isn't clear who is which."""
        here, there = wish.person.key, wish.other
        if wish.role is not None:
            return (there, here) if wish.role is Role.MENTOR else (here, there)
        fits = [
            (mentor, mentee)
            for mentor, mentee in ((here, there), (there, here))
            if Role.MENTOR in self._roles(mentor) and Role.MENTEE in self._roles(mentee)
        ]
        if len(fits) != 1:
            names = [self._census.name_of(key) for key in (here, there)]
            self._problem(wish.line, wish.column, wording.which_side(*names))
            return None
        return fits[0]

    def _roles(self, key: Key) -> frozenset[Role]:
        person = self._census.persons.get(key)
        return self._there.members[int(key)].roles if person is None else person.every_role

    def _coordinator(self, line: Line) -> Key | None:
        if not line.coordinator:
            return None
        try:
            (key,) = self._census.who(line.coordinator)[:1]
        except Nobody as nobody:
            self._problem(line, Column.COORDINATOR, nobody.reason, nobody.guess)
            return None
        if not self._has_left(line, Column.COORDINATOR, key) and Role.COORDINATOR not in self._roles(key):
            reason = wording.lacks_role(self._census.name_of(key), Role.COORDINATOR)
            self._problem(line, Column.COORDINATOR, reason)
        return key

    def _keep(self, mentor: Key, mentee: Key, coordinator: Key | None, number: int) -> None:
        known = None
        if isinstance(mentor, int) and isinstance(mentee, int):
            known = self._there.pairings.get((mentor, mentee))
        one, other = (self._census.name_of(key) for key in (mentor, mentee))
        if known is not None and known.ended_at is not None:
            self._cannot_be(number, wording.were_paired(one, other, known.ended_at, self._there.zone))
        elif self._turned(mentor, mentee):
            self._cannot_be(number, import_wording.paired_the_other_way(one, other))
        elif known is None:
            self.pairs.append(Pair(mentor, mentee, coordinator))
        elif coordinator is not None and coordinator != known.coordinator_id:
            self.pairs.append(Pair(mentor, mentee, coordinator, known.id))
        else:
            self.paired_already += 1

    def _turned(self, mentor: Key, mentee: Key) -> bool:
        """Tell whether two people are paired the other way round: now, or by another row."""
        if (mentee, mentor) in self._by:
            return True
        if not (isinstance(mentor, int) and isinstance(mentee, int)):
            return False
        turned = self._there.pairings.get((mentee, mentor))
        return turned is not None and turned.ended_at is None

    def _cannot_be(self, number: int, reason: str) -> None:
        column = next((column for column in _SIDES if column in self._called), Column.MENTOR)
        self.problems.append(Problem(number, self._called.get(column, column.value), reason))

    def _problem(self, line: Line, column: Column, reason: str, guess: str = "") -> None:
        self.problems.append(Problem(line.number, self._called.get(column, column.value), reason, guess))

"""From the rows of a table to lines about people: each cell is read, and what can't be read is noted with a guess."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.community import reading_wording as wording
from bot.community import words
from bot.community.columns import KNOWN, Column, Header, header
from bot.community.guessing import Patience
from bot.community.reading import Row, read
from bot.errors import UserError
from bot.language import languages, nearest
from bot.members import countries, speech, zones
from bot.members.roles import role_name
from bot.members.words import NAME_LIMIT, clean
from bot.people import Role

_MANY = re.compile(r"[;|\n\r]+")
CELL_LIMIT = 2_000  # characters; a longer cell is no name, account or zone


@dataclass(frozen=True, slots=True)
class Problem:
    """What has to be mended: in which line and column, why, and what may have been meant."""

    line: int
    column: str
    reason: str
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says of somebody; empty where it says nothing. Partners and coordinator stand as they were typed."""

    number: int
    name: str = ""
    account: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    zone: str = ""
    country: str = ""
    language: str = ""
    mentors: tuple[str, ...] = ()
    mentees: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    coordinator: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it, without what is empty."""
        values = {name: getattr(self, name) for name in Line.__dataclass_fields__}
        return {name: sorted(value) if name == "roles" else value for name, value in values.items() if value}

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Line":
        """Read that again."""
        lists = {name: tuple(values[name]) for name in ("mentors", "mentees", "partners") if name in values}
        return cls(**{**values, **lists, "roles": frozenset(map(Role, values.get("roles", ())))})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list that was read: its lines, what has to be mended, what is worth knowing, and what columns are called."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    called: Mapping[Column, str]


def sheet(content: bytes) -> Sheet:
    """Read a list of people. Raises UserError for what is no list."""
    table = read(content, KNOWN)
    head = header(table.header.cells)
    reader = _Reader(head)
    lines = [line for row in table.rows if (line := reader.line(row)) is not None]
    if not (lines or reader.problems):
        raise UserError(wording.EMPTY)
    remarks = [wording.read_as(table.encoding, table.separator, len(lines))]
    remarks += [wording.left_out(head.left_out)] if head.left_out else []
    remarks += [wording.not_spoken(reader.not_spoken, languages().values())] if reader.not_spoken else []
    return Sheet(tuple(lines), tuple(reader.problems), tuple(remarks), head.called)


def addresses(lines: Iterable[Line]) -> set[str]:
    """Return the words by which a platform is asked for the people of a list."""
    return {word for line in lines for word in (*ways(line.account), line.email, *_mentioned(line)) if word}


def _mentioned(line: Line) -> Iterator[str]:
    """Yield the accounts by which a row names others."""
    for word in (*line.mentors, *line.mentees, *line.partners, line.coordinator):
        yield from (part for part in (word, *map(str.strip, word.split(","))) if part.startswith("@"))


def ways(account: str) -> tuple[str, ...]:
    """Return how an account may be known to a platform: as it was typed, with and without its @."""
    plain = account.removeprefix("@").strip()
    return (account, plain if account.startswith("@") else f"@{plain}") if plain else ()


class _Reader:
    """Reads rows one by one and goes on after a problem, so that all are told at once."""

    def __init__(self, head: Header) -> None:
        self.problems: list[Problem] = []
        self.not_spoken: list[str] = []
        self._head = head
        self._patience = Patience()
        self._known: dict[tuple[str, str], Any] = {}

    def line(self, row: Row) -> Line | None:
        """Return what a row says; None if there is nothing in it that can be seen."""
        raw = {column: row.cells[place] for place, column in self._head.places.items() if place < len(row.cells)}
        cells = {column: clean(cell) for column, cell in raw.items()}
        spare = [clean(cell) for cell in row.cells[self._head.width :]]
        if any(spare):
            self._problem(row.line, "", wording.spare(spare))
        if not any(cells.values()):
            return None
        for column, cell in cells.items():
            if len(cell) > CELL_LIMIT:
                self._problem(row.line, self._head.called[column], wording.long_cell(CELL_LIMIT))
                cells[column] = raw[column] = ""
        return self._line(row.line, cells, raw)

    def _line(self, number: int, cells: Mapping[Column, str], raw: Mapping[Column, str]) -> Line:
        line = Line(
            number,
            name=self._name(number, cells),
            account=cells.get(Column.ACCOUNT, ""),
            email=cells.get(Column.EMAIL, ""),
            roles=self._roles(number, cells.get(Column.ROLES, "")),
            zone=self._one(number, Column.ZONE, cells, zones.named, wording.no_zone, zones.near),
            country=self._one(number, Column.COUNTRY, cells, countries.listed, wording.no_country, countries.near),
            coordinator=cells.get(Column.COORDINATOR, ""),
        )
        return replace(
            line,
            language=self._language(number, cells),
            mentors=_several(raw.get(Column.MENTOR, "")),
            mentees=_several(raw.get(Column.MENTEE, "")),
            partners=_several(raw.get(Column.PARTNER, "")),
        )

    def _name(self, number: int, cells: Mapping[Column, str]) -> str:
        name = f"{cells.get(Column.NAME, '')} {cells.get(Column.SURNAME, '')}".strip()
        column = self._head.called.get(Column.NAME, "")
        if name.startswith("="):
            self._problem(number, column, wording.formula(name))
        elif len(name) > NAME_LIMIT:
            self._problem(number, column, wording.long_name(len(name), NAME_LIMIT))
        return name

    def _roles(self, number: int, cell: str) -> frozenset[Role]:
        found, unknown = self._once("roles", cell, lambda: words.roles(cell))
        for word in unknown:
            near = self._patience.guess("role", word, lambda word: words.near_role(word) or "")
            guess = role_name(Role(near)) if near else ""
            self._problem(number, self._head.called[Column.ROLES], wording.no_role(word), guess)
        roles: frozenset[Role] = found
        return roles

    def _one(
        self,
        number: int,
        column: Column,
        cells: Mapping[Column, str],
        how: Callable[[str], str | None],
        wrong: Callable[[str], str],
        near: Callable[[str], str],
    ) -> str:
        cell = cells.get(column, "")
        found: str | None = self._once(column, cell, lambda: how(cell)) if cell else ""
        if found is None:
            guess = self._patience.guess(column, cell, near)
            self._problem(number, self._head.called[column], wrong(cell), guess)
        return found or ""

    def _language(self, number: int, cells: Mapping[Column, str]) -> str:
        right = (speech.called, wording.no_language, speech.near)
        code = self._one(number, Column.LANGUAGE, cells, *right)
        if code and nearest(code) is None:
            typed = cells[Column.LANGUAGE]
            self.not_spoken += [typed] if typed not in self.not_spoken else []
        return nearest(code) or "" if code else ""

    def _once(self, kind: str, cell: str, how: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever `how` returns
        if (kind, cell) not in self._known:
            self._known[kind, cell] = how()
        return self._known[kind, cell]

    def _problem(self, line: int, column: str, reason: str, guess: str = "") -> None:
        self.problems.append(Problem(line, column, reason, guess))


def _several(cell: str) -> tuple[str, ...]:
    """Return the people whom a cell names: one, or several with semicolons or line breaks between them."""
    found: Sequence[str] = [clean(part) for part in _MANY.split(cell)] if cell else []
    return tuple(dict.fromkeys(part for part in found if part))

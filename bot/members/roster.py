"""A program with its people and pairings, read from a small TOML file (docs/people.md shows one)."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot import durations, policy
from bot.context import Context
from bot.core import Core
from bot.errors import UserError
from bot.people import Account, Place, Role
from bot.policy_sections import WEEKDAYS
from storage.members import Members, NewMember
from storage.pairings import Pairings
from storage.programs import State, enrolling, save_program

__all__ = ["NewMember", "NewPairing", "Roster", "begin_empty", "enrol", "parse", "read", "save"]

T = TypeVar("T")
Hours = tuple[time | None, time | None]
UNSAID: Hours = (None, None)


@dataclass(frozen=True, slots=True)
class NewPairing:
    """A pairing as the file has it: its people by name."""

    mentor: str
    mentee: str
    spaces: tuple[Place, ...]
    coordinator: str | None = None
    pace: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """A program as the file has it."""

    name: str
    policy: str
    people: tuple[NewMember, ...]
    pairings: tuple[NewPairing, ...]
    home: tuple[tuple[str, str], ...] = ()  # workspaces and servers that are its own though nobody is named in them

    @property
    def workspaces(self) -> list[tuple[str, str]]:
        """The workspaces and servers that its people and spaces are in, and its own ones."""
        accounts = {(a.platform, a.workspace) for person in self.people for a in person.accounts}
        return sorted(
            accounts | set(self.home) | {(s.platform, s.workspace) for pairing in self.pairings for s in pairing.spaces}
        )


async def enrol(core: Core, roster: Roster) -> None:
    """Put a program with its people into the database, or whoever of them it doesn't know yet."""
    async with core.database.connect() as conn:
        await enrolling(conn)
        program = await save_program(conn, roster.name, roster.policy, roster.workspaces)
        await save(await core.context(core.database.bind(conn, program.id), program), roster)


async def begin_empty(core: Core, roster: Roster) -> None:
    """Put a program into the database that is set up in the chat: its workspaces are known, and nobody in them."""
    async with core.database.connect() as conn:
        await enrolling(conn)
        await save_program(conn, roster.name, roster.policy, roster.workspaces, State.SET_UP, by_name=False)


async def save(context: Context, roster: Roster) -> None:
    """Add the people and pairings of a roster that the program doesn't know yet; what it knows stays as it is."""
    members, pairings = context.work.of(Members), context.work.of(Pairings)
    ids = {person.name: await members.save(person) for person in roster.people}
    here = {id_ for id_, member in (await members.get(ids.values())).items() if member.active}
    for pairing in roster.pairings:
        sides = (ids[pairing.mentor], ids[pairing.mentee])
        if here.issuperset(sides) and await pairings.between(*reversed(sides)) is None:
            coordinator = ids[pairing.coordinator] if pairing.coordinator else None
            await pairings.save(*sides, pairing.spaces, coordinator, pairing.pace)


def read(file: Path) -> Roster:
    """Read a roster. Raises UserError that lists everything that is wrong in it, and where."""
    try:
        return parse(file.read_text("utf-8"), str(file))
    except OSError as error:
        raise UserError(f"{file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UserError(f"{file} is not a text file in UTF-8.") from None


def parse(text: str, name: str) -> Roster:
    """Read a roster from its text; `name` stands in the errors."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name} is not valid TOML: {error}") from None
    reader = _Reader()
    roster = reader.roster(content)
    if reader.problems:
        raise UserError("\n".join([f"{name} can't be used yet:", *reader.problems]))
    return roster


class _Reader:
    """Reads tables one by one and goes on after a problem, so that all are told at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def roster(self, content: dict[str, Any]) -> Roster:
        content = self.table(content, "the file", "program", "people", "pairings")
        program = self.table(content.get("program", {}), "[program]", "name", "policy")
        people = [self.person(n, row) for n, row in enumerate(self.rows(content, "people"), 1)]
        known = {person.name for person in people}
        pairings = [self.pairing(n, row, known) for n, row in enumerate(self.rows(content, "pairings"), 1)]
        self.once("[[people]]", "name", [person.name for person in people])
        self.once("[[people]]", "account", [account for person in people for account in person.accounts])
        self.once("[[pairings]]", "space", [space for pairing in pairings for space in pairing.spaces])
        self.once("[[pairings]]", "pair", [(pairing.mentor, pairing.mentee) for pairing in pairings])
        right = f"one of {', '.join(policy.presets())}"
        return Roster(
            name=self.value(program, "[program]", "name", _name, "Mentoring", "a name of 1 to 80 characters"),
            policy=self.value(program, "[program]", "policy", _preset, "default", right),
            people=tuple(people),
            pairings=tuple(pairings),
        )

    def rows(self, content: dict[str, Any], key: str) -> list[Any]:
        rows = content.get(key, [])
        if not isinstance(rows, list):
            self.problems.append(f"  {key}: should be written as [[{key}]], once for each")
            return []
        return rows

    def once(self, where: str, what: str, values: list[Any]) -> None:
        twice = sorted({str(value) for value in values if values.count(value) > 1})
        self.problems += [f"  {where}: the {what} {value} stands there twice" for value in twice]

    def person(self, number: int, row: dict[str, Any]) -> NewMember:
        where = f"[[people]] number {number}"
        row = self.table(row, where, "name", "roles", "accounts", "zone", "country", "days", "hours")
        opens, closes = self.value(row, where, "hours", _hours, UNSAID, '"17:00-21:00"')
        return NewMember(
            name=self.value(row, where, "name", _name, "", "a name of 1 to 80 characters", needed=True),
            roles=self.value(row, where, "roles", _roles, frozenset(), f"a list of {', '.join(Role)}", needed=True),
            accounts=self.value(
                row, where, "accounts", _accounts, (), 'a list such as ["slack/T012/U034"]', needed=True
            ),
            zone=self.value(row, where, "zone", _zone, "UTC", 'a time zone such as "Europe/Berlin"'),
            country=self.value(row, where, "country", _country, None, 'a country\'s code, such as "US" or "DE-BY"'),
            days=self.value(row, where, "days", _days, None, f"a list of {', '.join(WEEKDAYS)}"),
            opens=opens,
            closes=closes,
        )

    def pairing(self, number: int, row: dict[str, Any], known: set[str]) -> NewPairing:
        where = f"[[pairings]] number {number}"
        row = self.table(row, where, "mentor", "mentee", "coordinator", "spaces", "pace")
        for side in ("mentor", "mentee", "coordinator"):
            needed = side != "coordinator"
            name = row.get(side)
            if (needed or side in row) and not (isinstance(name, str) and name in known):
                self.problems.append(f"  {where}, {side}: {name!r} should be the name of one of the [[people]]")
        if row.get("mentor") == row.get("mentee"):
            self.problems.append(f"  {where}: mentor and mentee should be two people")
        return NewPairing(
            str(row.get("mentor")),
            str(row.get("mentee")),
            self.value(row, where, "spaces", _spaces, (), 'a list such as ["slack/T012/C056"]', needed=True),
            row.get("coordinator"),
            self.value(row, where, "pace", durations.parse, None, '"2d", "4d" or "7d"'),
        )

    def table(self, row: object, where: str, *known: str) -> dict[str, Any]:
        if not isinstance(row, dict):
            self.problems.append(f"  {where} should be a table")
            return {}
        unknown = [key for key in row if key not in known]
        self.problems += [f"  {where}, {key}: should be one of {', '.join(known)}" for key in unknown]
        return row

    def value(
        self,
        row: dict[str, Any],
        where: str,
        key: str,
        read: Callable[[Any], T],
        default: T,
        right: str,
        *,
        needed: bool = False,
    ) -> T:
        if key not in row and not needed:
            return default
        try:
            return read(row[key])
        except (ValueError, TypeError, KeyError, AttributeError, OSError):
            self.problems.append(f"  {where}, {key}: {row.get(key)!r} should be {right}")
            return default


def _name(value: str) -> str:
    if not 0 < len(value.strip()) <= 80:  # noqa: PLR2004 - the error says it
        raise ValueError
    return value.strip()


def _preset(value: str) -> str:
    if value not in policy.presets():
        raise ValueError
    return value


def _roles(value: list[str]) -> frozenset[Role]:
    if not value:
        raise ValueError
    return frozenset(map(Role, value))


def _zone(value: str) -> str:
    return ZoneInfo(value).key


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?", value):
        raise ValueError
    return value.upper()


def _days(value: list[str]) -> frozenset[int]:
    if not value:
        raise ValueError
    return frozenset(map(WEEKDAYS.index, value))


def _hours(value: str) -> Hours:
    opens, closes = (time.fromisoformat(part.strip()) for part in value.split("-"))
    if opens.tzinfo or closes.tzinfo:
        raise ValueError
    return opens, closes


def _accounts(value: list[str]) -> tuple[Account, ...]:
    if not value:
        raise ValueError
    return tuple(Account(*_three(text)) for text in value)


def _spaces(value: list[str]) -> tuple[Place, ...]:
    return tuple(Place(*_three(text)) for text in value)


def _three(text: str) -> tuple[str, str, str]:
    platform, workspace, id_ = text.split("/")
    if not (platform and workspace and id_):
        raise ValueError
    return platform, workspace, id_

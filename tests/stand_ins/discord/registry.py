"""The routes of the REST interface."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.stand_ins.discord.errors import Json, required, wrong
from tests.stand_ins.discord.state import State


@dataclass
class Asked:
    """What was asked for: the ids in the path, the query, the body, the files that came with it."""

    ids: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)  # name, content, type; by number

    def __getitem__(self, name: str) -> str:
        """Return an id of the path."""
        return self.ids[name]

    @property
    def json(self) -> Json:
        """The body, which is an object."""
        if not isinstance(self.body, dict):
            raise wrong("_", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return self.body

    def text(self, name: str) -> str:
        """Return a text of the body that must be there; ids may come as numbers."""
        if self.json.get(name) is None:
            raise required(name)
        return str(self.json[name])

    def number(self, name: str, otherwise: int, least: int, most: int) -> int:
        """Return a number of the query."""
        value = self.query.get(name, str(otherwise))
        if not value.isdecimal():
            raise wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        if not least <= int(value) <= most:
            raise wrong(name, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return int(value)


Answer = Json | list[Any] | None
Call = Callable[[State, Asked], Answer]


@dataclass(frozen=True)
class Route:
    """A route; without an answer its status is 204. Without `token` the path itself holds one."""

    name: str
    method: str
    pattern: re.Pattern[str]
    call: Call
    token: bool = True
    status: int = 200


ROUTES: list[Route] = []


def route(name: str, *, token: bool = True, status: int = 200) -> Callable[[Call], Call]:
    """Declare a route by its method and path, as Discord describes it."""
    method, _, path = name.partition(" ")
    pattern = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))

    def declare(call: Call) -> Call:
        ROUTES.append(Route(name, method, pattern, call, token, status))
        ROUTES.sort(key=lambda one: one.name.count("{"))
        return call

    return declare


def found(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Return the route of a request, and the ids in its path."""
    for one in ROUTES:
        match = one.pattern.fullmatch(path) if one.method == method else None
        if match:
            return one, match.groupdict()
    return None

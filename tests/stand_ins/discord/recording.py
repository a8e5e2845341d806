"""Every request, as it came; and whether it is one that Discord describes."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.stand_ins.discord.errors import Json

WIRE = Path(__file__).parents[4] / "shared" / "wire" / "discord-openapi.json"
IDS = 1 << 32  # greater numbers are ids, which may be sent as numbers too
PERMISSIONS = ("allow", "deny", "permissions", "default_member_permissions")  # numbers, which may be sent as texts
# What discord.py sends also where it isn't known: tts with every message, an overwrite's id in its path and below it.
ALWAYS = {"tts", "id"}


@dataclass
class Request:
    """A call of the REST interface, with its answer; `route` is as Discord describes it, or the path if it is none.

    `files` are the names of those that were sent along.
    """

    method: str
    route: str
    path: str
    body: Any = None
    query: dict[str, str] = field(default_factory=dict)
    kind: str = ""  # of its body: application/json, multipart/form-data, ""
    token: bool = False  # in the header
    files: tuple[str, ...] = ()
    status: int = 0
    answer: Json | list[Any] | None = None

    @property
    def name(self) -> str:
        """The method and the route."""
        return f"{self.method} {self.route}"

    @property
    def ok(self) -> bool:
        """Whether Discord did it."""
        return 200 <= self.status < 300


@cache
def described(path: Path = WIRE) -> Json | None:
    """Return Discord's own description of its interface, where it is there."""
    if not path.exists():
        return None
    description: Json = json.loads(path.read_text())
    return description


def check_against_wire(requests: Iterable[Request], path: Path = WIRE) -> list[str]:
    """Return what is wrong with requests by Discord's description: nothing, if all is well.

    Raises FileNotFoundError where the description isn't there; ask `described` first, and skip the test.
    """
    description = described(path)
    if description is None:
        raise FileNotFoundError(path)
    found = [f"{request.name}: {wrong}" for request in requests for wrong in _wrong(description, request)]
    return list(dict.fromkeys(found))


def _wrong(description: Json, request: Request) -> Iterator[str]:
    about = description["paths"].get(request.route, {})
    operation = about.get(request.method.lower())
    if operation is None:
        yield "there is no such route"
        return
    yield from _query(description, request, [*about.get("parameters", ()), *operation.get("parameters", ())])
    content = _resolved(description, operation.get("requestBody", {})).get("content", {})
    if request.body is None:
        return
    if not content:
        yield "it takes no body"
        return
    if request.kind not in content:
        yield f"it takes no {request.kind}"
        return
    schema = content["application/json" if "application/json" in content else request.kind]["schema"]
    yield from _body(description, schema, _texts(request.body))


def _query(description: Json, request: Request, parameters: list[Json]) -> Iterator[str]:
    told = (_resolved(description, one) for one in parameters)
    known = {one["name"]: one for one in told if one["in"] == "query"}
    for name, value in request.query.items():
        if name not in known:
            yield f"it has no parameter {name}"
        elif not any(_fits(description, known[name]["schema"], each) for each in _readings(value)):
            yield f"the parameter {name} is not as it should be"
    missing = [name for name, one in known.items() if one.get("required") and name not in request.query]
    yield from (f"it needs the parameter {name}" for name in missing)


def _body(description: Json, schema: Json, body: Any) -> Iterator[str]:  # noqa: ANN401
    for error in _validator(description, json.dumps(schema)).iter_errors(body):
        yield f"{'.'.join(map(str, error.absolute_path)) or 'body'}: {error.message[:200]}"
    if isinstance(body, dict):
        known = _names(description, schema)
        yield from (f"it has no field {name}" for name in sorted(set(body) - known - ALWAYS) if known)


def _fits(description: Json, schema: Json, value: object) -> bool:
    return bool(_validator(description, json.dumps(schema)).is_valid(value))


_VALIDATORS: dict[tuple[int, str], Any] = {}


def _validator(description: Json, schema: str) -> Any:  # noqa: ANN401
    key = id(description), schema
    if key not in _VALIDATORS:
        validator = import_module("jsonschema").Draft202012Validator
        _VALIDATORS[key] = validator({**json.loads(schema), "components": description["components"]})
    return _VALIDATORS[key]


def _resolved(description: Json, one: Json) -> Json:
    while "$ref" in one:
        found: Any = description
        for part in one["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        one = found
    return one


def _names(description: Json, schema: Json) -> set[str]:
    """Return the names of the fields that an object may have."""
    schema = _resolved(description, schema)
    names = set(schema.get("properties", ()))
    for each in (one for how in ("oneOf", "anyOf", "allOf") for one in schema.get(how, ())):
        names |= _names(description, each)
    return names


def _texts(value: Any, name: str = "") -> Any:  # noqa: ANN401
    """Return a body with ids as texts and permissions as numbers, as the description has them."""
    if isinstance(value, dict):
        told = {each: _texts(inner, each) for each, inner in value.items()}
        return told | ({"id": str(value["id"])} if name == "attachments" else {})
    if isinstance(value, list):
        return [_texts(each, name) for each in value]
    if name in PERMISSIONS and isinstance(value, str) and value.isdecimal():
        return int(value)
    return str(value) if isinstance(value, int) and value >= IDS and name not in PERMISSIONS else value


def _readings(value: str) -> list[object]:
    """Return what a text in the query may mean."""
    found: list[object] = [value, [value]]
    found += [int(value)] if value.lstrip("-").isdecimal() else []
    return found + ([value.lower() in ("true", "1")] if value.lower() in ("true", "false", "1", "0") else [])

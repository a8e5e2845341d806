"""The arguments of a request: query, form and JSON, merged as Slack merges them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from aiohttp import web

from tests.stand_ins.slack.errors import Failure, Json, invalid_arguments

TRUE = ("1", "true", "True", "yes")


class Arguments(Mapping[str, Any]):
    """What was asked for. Values of forms are texts; those of JSON are what they are."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Hold these values; what is empty wasn't said."""
        self._values = {name: value for name, value in values.items() if value is not None}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str, otherwise: str = "") -> str:
        """Return a text."""
        value = self._values.get(name, otherwise)
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str, *, otherwise: bool = False) -> bool:
        """Return a boolean, in any of the ways in which it can be written."""
        if name not in self._values:
            return otherwise
        value = self._values[name]
        return value if isinstance(value, bool) else str(value) in TRUE

    def number(self, name: str, otherwise: int) -> int:
        """Return a whole number."""
        try:
            return int(self._values.get(name, otherwise))
        except ValueError:
            raise invalid_arguments(f"value must be an integer [json-pointer:/{name}]") from None

    def words(self, name: str) -> list[str]:
        """Return what stands between commas."""
        value = self._values.get(name, "")
        parts = value if isinstance(value, list) else str(value).split(",")
        return [part.strip() for part in parts if part.strip()]

    def data(self, name: str, wrong: str = "invalid_arguments") -> Any:  # noqa: ANN401
        """Return an object or a list, which a form holds as JSON; None if it isn't there."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Failure(wrong) from None


async def read(request: web.Request) -> tuple[Json, Json, str]:
    """Return the arguments of query and form, those of JSON, and the kind of body."""
    kind = request.content_type if request.can_read_body else ""
    plain: Json = dict(request.query)
    if kind == "application/json":
        return plain, await _json(request), kind
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        plain |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return plain, {}, kind


async def _json(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise Failure("invalid_json") from None
    if not isinstance(body, dict):
        raise Failure("json_not_object")
    return body

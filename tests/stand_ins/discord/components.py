"""What may stand below a message or in a form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.interactions import Modal


def walk(rows: Sequence[Json]) -> Iterator[Json]:
    """Return components and those within them."""
    for one in rows:
        yield one
        yield from walk(one.get("components") or [])
        yield from walk([one[name] for name in ("accessory", "component") if one.get(name)])


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return objects without what is null in them: it wasn't said."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items() if each is not None}
    return [plain(each) for each in value] if isinstance(value, list) else value


def numbered(given: Sequence[Json] | None) -> list[Json]:
    """Return components with the numbers that Discord gives those that have none."""
    rows: list[Json] = plain(given or [])
    used = {one["id"] for one in walk(rows) if one.get("id")}
    free = (number for number in range(1, 1000) if number not in used)

    def number(one: Json) -> Json:
        told = {**one, "id": one.get("id") or next(free)}
        if one.get("components"):
            told["components"] = [number(each) for each in one["components"]]
        return told | {name: number(one[name]) for name in ("accessory", "component") if one.get(name)}

    return [number(one) for one in rows]


def texts(rows: Sequence[Json]) -> list[str]:
    """Return the texts that stand in components."""
    return [str(one["content"]) for one in walk(rows) if one["type"] == 10]


def forged(user: str, channel: str, custom_id: str, values: Mapping[str, object]) -> Modal:
    """Return a form that the app never gave out: a text field for each value, or a file's."""
    rows: list[Json] = []
    for name, value in values.items():
        kind = 19 if isinstance(value, list) else 4
        field = {"type": kind, "custom_id": name, "style": 2, "required": False}
        rows.append({"type": 18, "label": name, "component": field})
    return Modal(user, channel, {"custom_id": custom_id, "title": "…", "components": numbered(rows)})

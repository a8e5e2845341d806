"""How options of commands are typed, buttons found, and forms filled in."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.stand_ins.discord import components
from tests.stand_ins.discord.community import File
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.interactions import Modal
from tests.stand_ins.discord.payloads import CHANNEL as PLACE
from tests.stand_ins.discord.payloads import FILE, MENTIONABLE, ROLE, USER
from tests.stand_ins.errors import NotPossible

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

TEXT, WHOLE, TRUTH, NUMBER = 3, 4, 5, 10
LONGEST = 6000
KINDS: dict[int, type] = {TEXT: str, WHOLE: int, TRUTH: bool}
Upload = tuple[str, bytes]
Resolved = list[tuple[int, str]]


def path(command: Json, words: Sequence[str]) -> tuple[list[Json], list[str]]:
    """Return the subcommands that words name, and the words that are left."""
    found: list[Json] = []
    at, left = command, list(words)
    while left:
        below = [one for one in at.get("options", ()) if one["type"] in (1, 2) and one["name"] == left[0]]
        if not below:
            break
        at = below[0]
        found.append(at)
        left.pop(0)
    if any(one["type"] in (1, 2) for one in at.get("options", ())):
        raise NotPossible(f"/{command['name']} needs one of {[one['name'] for one in at['options']]}")
    return found, left


def typed(declared: Sequence[Json], text: str) -> dict[str, str]:
    """Return the options in a text, written as the client shows them: `name: value`."""
    names = "|".join(re.escape(one["name"]) for one in declared) or r"(?!)"
    parts = re.split(rf"(?:^|(?<=\s))({names}):", text)
    if parts[0].strip():
        raise NotPossible(f"{parts[0].strip()!r} is no option of {[one['name'] for one in declared]}")
    return {name: value.strip() for name, value in zip(parts[1::2], parts[2::2], strict=True)}


def options(
    state: "State", declared: Sequence[Json], values: Mapping[str, Any], focused: str = ""
) -> tuple[list[Json], Resolved]:
    """Return options as they are told, and what is behind their ids; what is `focused` is still being typed."""
    unknown = set(values) - {one["name"] for one in declared}
    if unknown:
        raise NotPossible(f"there are no options {sorted(unknown)}")
    told: list[Json] = []
    ids: Resolved = []
    for one in declared:
        if one["name"] not in values:
            if one.get("required") and not focused:
                raise NotPossible(f"{one['name']}: This option is required.")
            continue
        if one["name"] == focused:
            told.append({"name": focused, "type": one["type"], "value": str(values[focused]), "focused": True})
            continue
        value = _value(state, one, values[one["name"]])
        told.append({"name": one["name"], "type": one["type"], "value": value})
        ids += [(_kind(state, one, value), value)] if one["type"] in (USER, PLACE, ROLE, MENTIONABLE, FILE) else []
    return told, ids


def _kind(state: "State", one: Json, value: str) -> int:
    if one["type"] != MENTIONABLE:
        return int(one["type"])
    return USER if value in state.users else ROLE


def _value(state: "State", one: Json, value: Any) -> Any:  # noqa: ANN401
    kind, name = one["type"], one["name"]
    if kind == FILE:
        return upload(state, value)
    if kind in (USER, PLACE, ROLE, MENTIONABLE):
        return identified(state, kind, value)
    if one.get("choices"):
        return _choice(one, value)
    if kind in (WHOLE, NUMBER) and isinstance(value, str):
        try:
            value = int(value) if kind == WHOLE else float(value)
        except ValueError:
            raise NotPossible(f"{name}: {value!r} is no number") from None
    if kind == TRUTH and isinstance(value, str) and value in ("True", "False"):
        value = value == "True"
    if not isinstance(value, KINDS.get(kind, int | float)):
        raise NotPossible(f"{name}: {value!r} is of the wrong kind")
    if isinstance(value, str) and not one.get("min_length", 1) <= len(value) <= one.get("max_length", LONGEST):
        raise NotPossible(f"{name}: its length is wrong")
    if kind in (WHOLE, NUMBER) and not one.get("min_value", value) <= value <= one.get("max_value", value):
        raise NotPossible(f"{name}: it is too small or too great")
    return value


def _choice(one: Json, value: object) -> object:
    for choice in one["choices"]:
        if value in (choice["value"], choice["name"]):
            return choice["value"]
    raise NotPossible(f"{one['name']}: {value!r} is none of {[choice['name'] for choice in one['choices']]}")


def identified(state: "State", kind: int, value: Any) -> str:  # noqa: ANN401
    """Return the id of somebody or something: of an object, a handle after an @, an id."""
    id_ = str(getattr(value, "id", value))
    if id_.startswith("@"):
        id_ = next((one.id for one in state.users.values() if one.name == id_[1:]), "")
    roles = {role for guild in state.guilds.values() for role in guild.roles}
    known = {USER: {*state.users}, PLACE: {*state.channels}, ROLE: roles, MENTIONABLE: {*state.users} | roles}[kind]
    if id_ not in known:
        raise NotPossible(f"there is no {value!r}")
    return id_


def upload(state: "State", value: Upload) -> str:
    """Put a file into Discord; return its id."""
    name, content = value
    file = File(state.ids.new(), name, content, "application/octet-stream")
    state.interactions.uploads[file.id] = file
    return file.id


def find(rows: Sequence[Json], name: str, kinds: Sequence[int]) -> Json:
    """Return the component of a custom id, a label or a placeholder."""
    every = [one for one in components.walk(rows) if one["type"] in kinds]
    for one in every:
        if name in (one.get("custom_id"), one.get("label"), one.get("placeholder")):
            return one
    raise NotPossible(f"there is no {name!r}, only {[one.get('label') or one.get('custom_id') for one in every]}")


def labels(rows: Sequence[Json]) -> dict[str, Json]:
    """Return the buttons among components, by their labels."""
    return {one.get("label") or one["emoji"]["name"]: one for one in components.walk(rows) if one["type"] == 2}


def fields(modal: Modal) -> dict[str, tuple[str, Json]]:
    """Return the fields of a form by custom id: what is written above, and the component."""
    found: dict[str, tuple[str, Json]] = {}
    for row in modal.body["components"]:
        inner = [row["component"]] if "component" in row else row.get("components", [])
        for one in inner:
            found[one["custom_id"]] = (row.get("label") or one.get("label", ""), one)
    return found


def fill(state: "State", modal: Modal, name: str, value: Any) -> None:  # noqa: ANN401
    """Put a value into a field, by its custom id or by what is written above it."""
    for id_, (label, one) in fields(modal).items():
        if name in (id_, label):
            modal.values[id_] = _entered(state, one, value)
            return
    raise NotPossible(f"there is no field {name!r}, only {[label for label, _ in fields(modal).values()]}")


def _entered(state: "State", one: Json, value: Any) -> object:  # noqa: ANN401
    match one["type"]:
        case 4:
            return str(value)
        case 19:
            return [upload(state, file) for file in value]
        case 3 | 22:
            return [_picked(one, each) for each in ([value] if isinstance(value, str) else value)]
        case 21:
            return _picked(one, value)
        case 5 | 6 | 7 | 8:
            kind = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: PLACE}[one["type"]]
            return [identified(state, kind, each) for each in (value if isinstance(value, list | tuple) else [value])]
        case _:
            return bool(value)


def _picked(one: Json, value: object) -> str:
    for option in one["options"]:
        if value in (option["value"], option["label"]):
            return str(option["value"])
    raise NotPossible(f"{value!r} is none of {[option['label'] for option in one['options']]}")


def entered(one: Json, values: Mapping[str, object]) -> Any:  # noqa: ANN401
    """Return what is in a field of a form now: what was typed, or what it was given with."""
    if one["custom_id"] in values:
        return values[one["custom_id"]]
    match one["type"]:
        case 4:
            return one.get("value") or ""
        case 3 | 22:
            return [option["value"] for option in one["options"] if option.get("default")]
        case 21:
            return next((option["value"] for option in one["options"] if option.get("default")), None)
        case 23:
            return bool(one.get("default"))
        case _:
            return [str(each["id"]) for each in one.get("default_values", ())]


def check(modal: Modal) -> None:
    """Raise if the client wouldn't send a form off: something is missing, too short or too long."""
    for id_, (_, one) in fields(modal).items():
        value = entered(one, modal.values)
        if one["type"] == 4:
            if not value and one.get("required", True):
                raise NotPossible(f"{id_}: This field is required.")
            if value and not one.get("min_length", 0) <= len(value) <= one.get("max_length", 4000):
                raise NotPossible(f"{id_}: its length is wrong")
            if "\n" in value and one.get("style") == 1:
                raise NotPossible(f"{id_}: it holds one line")
        elif isinstance(value, list):
            least = one.get("min_values", 1) if one.get("required", True) else 0
            if not least <= len(value) <= one.get("max_values", 1 if one["type"] != 22 else 10):
                raise NotPossible(f"{id_}: too few or too many")
        elif value is None and one.get("required", True):
            raise NotPossible(f"{id_}: This field is required.")


def submitted(modal: Modal) -> tuple[list[Json], Resolved]:
    """Return a form's components as they are told when it is sent off, and what is behind their ids."""
    told: list[Json] = []
    ids: Resolved = []
    for row in modal.body["components"]:
        if row["type"] == 10:
            told.append({"type": 10, "id": row["id"], "content": row["content"]})
            continue
        inner = [row["component"]] if "component" in row else row["components"]
        given = [_given(one, entered(one, modal.values), ids) for one in inner]
        about = {"type": row["type"], "id": row["id"]}
        told.append(about | ({"component": given[0]} if "component" in row else {"components": given}))
    return told, ids


def _given(one: Json, value: Any, ids: Resolved) -> Json:  # noqa: ANN401
    name = "values" if isinstance(value, list) else "value"
    kinds = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: PLACE, 19: FILE}
    ids += [(kinds[one["type"]], each) for each in value] if one["type"] in kinds else []
    return {"type": one["type"], "id": one["id"], "custom_id": one["custom_id"], name: value}

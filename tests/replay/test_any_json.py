"""Any JSON in place of any part of an export is read or refused: there is no third way."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.replay.activity import choose_days
from adapters.replay.export import read_from
from bot.errors import UserError
from tests.replay.building import DAY, FILES, Json, said, stamp

WORDS = st.sampled_from(["UA", "UB", "G1", "pair", "..", "a/b", stamp(3), "<@UB>", "UTC", "message", ""]) | st.text()
KEYS = st.sampled_from(
    [
        "id",
        "name",
        "members",
        "ts",
        "user",
        "text",
        "type",
        "subtype",
        "reactions",
        "users",
        "profile",
        "tz",
        "thread_ts",
        "parent_user_id",
        "bot_id",
        "comment",
        "is_bot",
        "hidden",
        "real_name",
        "team_id",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
ANY = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS | st.text(), inner), max_leaves=12)
RICH = said(9, "UA", "<@UB>", thread_ts=stamp(0), reactions=[{"name": "eyes", "users": ["UB"], "count": 1}], subtype="")
WHOLE: Json = {**FILES, DAY: [*FILES[DAY], RICH]}


class _Memory:
    """An export that lies in memory."""

    name = "export"

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def files(self, folder: str) -> list[str]:
        """Return the names of the files in a folder."""
        top = f"{folder}/"
        return sorted(name.removeprefix(top) for name in self._files if name.startswith(top))

    def read(self, file: str) -> bytes | None:
        """Return what is in a file."""
        return self._files.get(file)


def _ways(value: Json, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to each part of a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [deeper for key, part in parts for deeper in [(*way, key), *_ways(part, (*way, key))]]


def _put(way: tuple[Any, ...], value: Json) -> Json:
    """Return the whole export with `value` in one place."""
    whole = deepcopy(WHOLE)
    *outer, last = way
    part = whole
    for key in outer:
        part = part[key]
    part[last] = value
    return whole


def _read_or_refuse(files: dict[str, bytes]) -> None:
    try:
        export = choose_days(read_from(_Memory(files)), frozenset({0}))
    except UserError as error:
        assert "\n" not in str(error)  # noqa: PT017 - there need not be an error
    else:
        str(export).encode()  # no half of a character is left in it


@given(st.sampled_from(_ways(WHOLE)), ANY)
@example((DAY, 0, "ts"), float("nan"))
@example(("users.json", 0, "real_name"), "\ud800")
def test_any_json_in_any_place_is_read_or_refused(way: tuple[Any, ...], value: Json) -> None:
    """Whatever stands at whichever place of an export, the answer is a result or a plain sentence."""
    changed = _put(way, value)
    _read_or_refuse({name: json.dumps(content).encode() for name, content in changed.items()})


@given(st.sampled_from(sorted(WHOLE)), st.binary())
def test_any_bytes_in_place_of_a_file_are_read_or_refused(name: str, content: bytes) -> None:
    """Also what isn't JSON at all."""
    files = {file: json.dumps(there).encode() for file, there in WHOLE.items()}
    _read_or_refuse({**files, name: content})

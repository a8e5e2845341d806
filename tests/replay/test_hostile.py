"""Files of an export that hold something else than they should: a sentence that names what is wrong, and where."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.replay.export import read
from bot.errors import UserError
from tests.replay.building import DAY, Json, folder, said, stamp, zipped

G1 = {"id": "G1", "name": "pair", "members": ["UA", "UB"]}
NESTED = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"users.json": None}, "has no users.json"),
        ({"users.json": b"{nonsense"}, "users.json is not valid JSON: line 1, column 2"),
        ({"users.json": b""}, "users.json is not valid JSON"),
        ({"users.json": {}}, "users.json should hold a list, not a group"),
        ({"users.json": 7}, "users.json should hold a list, not a number"),
        ({"users.json": [[]]}, "users.json, number 1: should be a group, not a list"),
        ({"users.json": [{"id": 7}]}, "users.json, number 1: 'id' should be a text, not a number"),
        ({"users.json": [{}]}, "users.json, number 1: there is no 'id'"),
        ({"users.json": [{"id": "U1"}, {"id": "U1"}]}, "number 2: the id U1 stands in the list twice"),
        ({"users.json": [{"id": "../U1"}]}, "number 1: 'id' should be an id of Slack's"),
        ({"users.json": [{"id": "U1", "profile": []}]}, "'profile' should be a group, not a list"),
        ({"users.json": [{"id": "U1", "profile": {"real_name": {}}}]}, "profile: 'real_name' should be a text"),
        ({"users.json": [{"id": "U1", "is_bot": "no"}]}, "'is_bot' should be true or false, not a text"),
        ({"users.json": NESTED}, "users.json is nested too deeply"),
        ({"users.json": b"[" + b"9" * 9_999 + b"]"}, "users.json holds a number that is too long"),
        ({"users.json": "é".encode("latin-1")}, "users.json is not text in UTF-8"),
        ({"users.json": "[]".encode("utf-16")}, "users.json is not text in UTF-8"),
        ({"groups.json": None}, "holds no conversation between two people. With --channels"),
        ({"groups.json": []}, "holds no conversation between two people. With --channels"),
        ({"groups.json": [{**G1, "members": ["UA", "UB", "UC"]}]}, "(but 1 with more than two people)"),
        ({"groups.json": [G1, G1]}, "groups.json, number 2: the id G1 stands in the list twice"),
        ({"groups.json": [{**G1, "members": "UA"}]}, "groups.json, number 1: 'members' should be a list"),
        ({"groups.json": [{**G1, "members": [7]}]}, "groups.json, number 1: 'members' should be a list of texts"),
        ({"groups.json": [{"name": "pair"}]}, "groups.json, number 1: there is no 'id'"),
        ({"groups.json": [{**G1, "name": "../../etc"}]}, "'name' can't be the name of a folder"),
        ({"groups.json": [{**G1, "name": ".."}]}, "'name' can't be the name of a folder"),
        ({"groups.json": [{**G1, "name": "a\\b"}]}, "'name' can't be the name of a folder"),
        ({"groups.json": [{**G1, "name": "a\0"}]}, "'name' can't be the name of a folder"),
        ({"groups.json": [{**G1, "name": "\ud800"}]}, "'name' can't be the name of a folder"),
        ({"groups.json": [{**G1, "name": "ö" * 128}]}, "'name' can't be the name of a folder"),
        ({DAY: {}}, f"{DAY} should hold a list, not a group"),
        ({DAY: [None]}, f"{DAY}, number 1: should be a group, not nothing"),
        ({DAY: [said(0, "UA", text=[])]}, f"{DAY}, number 1: 'text' should be a text, not a list"),
        ({DAY: [said(0, "UA", ts=1709550000.0001)]}, f"{DAY}, number 1: 'ts' should be a text, not a number"),
        ({DAY: b'[{"type": "message", "user": "UA", "ts": NaN}]'}, "'ts' should be a text, not a number"),
        ({DAY: [said(0, "UA", ts="nan")]}, "'ts' should be seconds since 1970"),
        ({DAY: [said(0, "UA", ts="-1709550000.000100")]}, "'ts' should be seconds since 1970"),
        ({DAY: [said(0, "UA", ts="31556952000000000.0")]}, "'ts' should be seconds since 1970"),
        ({DAY: [said(0, "UA", ts="١٧٠٩٥٥٠٠٠٠.0")]}, "'ts' should be seconds since 1970"),
        ({DAY: [said(0, "UA", ts=None)]}, "'ts' should be seconds since 1970"),
        ({DAY: [said(0, "UA", thread_ts=5)]}, "'thread_ts' should be a text"),
        ({DAY: [said(0, "UA", thread_ts=stamp(1), parent_user_id=[])]}, "'parent_user_id' should be a text"),
        ({DAY: [said(0, "U A")]}, "'user' should be an id of Slack's"),
        ({DAY: [said(0, "UA", reactions={})]}, "'reactions' should be a list, not a group"),
        ({DAY: [said(0, "UA", reactions=[7])]}, "'reactions' should be a list of groups, not a number"),
        ({DAY: [said(0, "UA", reactions=[{"name": 7}])]}, "reactions: 'name' should be a text"),
        ({DAY: [said(0, "UA", reactions=[{"name": "x", "users": 7}])]}, "reactions: 'users' should be a list"),
        ({DAY: NESTED}, f"{DAY} is nested too deeply"),
    ],
)
@pytest.mark.parametrize("write", [folder, zipped])
def test_a_wrong_file_is_named_with_what_is_wrong(
    tmp_path: Path, write: Json, changes: Mapping[str, Json], expected: str
) -> None:
    """One plain sentence says which file it is, where in it, and what should stand there."""
    with pytest.raises(UserError) as error:
        read(write(tmp_path / "export", changes))
    assert expected in str(error.value)
    assert "\n" not in str(error.value)


def test_an_error_never_repeats_what_somebody_wrote(tmp_path: Path) -> None:
    """What stands in a message is nobody's business, not even in an error."""
    wrong = said(0, "UA", text={"marker": "marker"}, subtype="file_share")
    with pytest.raises(UserError) as error:
        read(folder(tmp_path, {DAY: [wrong]}))
    assert "marker" not in str(error.value)


@pytest.mark.parametrize("write", [folder, zipped])
def test_nothing_is_written(tmp_path: Path, write: Json) -> None:
    """An export is read in place."""
    path = write(tmp_path / "export")
    before = sorted(tmp_path.rglob("*"))
    read(path)
    assert before == sorted(tmp_path.rglob("*"))

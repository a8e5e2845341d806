"""Broken, foreign and hostile files: a sentence that names what is wrong, and nothing else happens."""

import os
import stat
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.replay.archive import Limits
from adapters.replay.export import read
from bot.errors import UserError
from tests.replay.building import DAY, FILES, Json, as_bytes, folder, said, stamp, zipped

SMALL = Limits(file=5_000, total=6_000, entries=5, directory=2_000, ratio=10, ratio_from=1_000)
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


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", "is not a zip file"), (b"hello", "is not a zip file"), (b"PK\x05\x06" + b"\xff" * 18, "is not a zip file")],
)
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    """Also what only begins or ends like one."""
    (tmp_path / "export.zip").write_bytes(content)
    with pytest.raises(UserError, match=expected):
        read(tmp_path / "export.zip")


def test_a_zip_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    """Wherever the cut is."""
    whole = zipped(tmp_path / "whole.zip").read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "cut.zip").write_bytes(whole[:length])
        with pytest.raises(UserError, match="not a zip file, or it is broken"):
            read(tmp_path / "cut.zip")


def test_a_zip_with_any_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    """A zip that was damaged on the way never ends in another error."""
    whole = zipped(tmp_path / "whole.zip").read_bytes()
    damaged = tmp_path / "damaged.zip"
    for place in range(len(whole)):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        _read_or_refuse(damaged)


def _read_or_refuse(path: Path) -> str | None:
    try:
        read(path)
    except UserError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../users.json", "../users.json is a path that leads out of the export"),
        ("pair/../../x", "pair/../../x is a path that leads out"),
        ("/etc/passwd", "/etc/passwd is a path that leads out"),
        ("pair\\2024-03-04.json", "is a path that leads out"),
        ("users.json", "users.json stands in e.zip twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_tricky_names_is_refused(tmp_path: Path, name: str, expected: str) -> None:
    """Nothing would be written there, but no export has such names."""
    path = zipped(tmp_path / "e.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "[]")
    with pytest.raises(UserError) as error:
        read(path)
    assert expected in str(error.value)


def _with_entry(path: Path, entry: zipfile.ZipInfo, content: bytes = b"[]") -> Path:
    with zipfile.ZipFile(zipped(path), "a") as archive:
        archive.writestr(entry, content)
    return path


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    """Whatever it leads to."""
    link = zipfile.ZipInfo("dms.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(UserError, match=r"dms\.json is a link, which no export has"):
        read(_with_entry(tmp_path / "e.zip", link, b"/etc/passwd"))


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    """With what to do about it."""
    path = zipped(tmp_path / "e.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(UserError, match="is locked with a password"):
        read(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path: Path, method: int) -> None:
    """How much memory they take can't be bounded."""
    entry = zipfile.ZipInfo("dms.json")
    entry.compress_type = method
    with pytest.raises(UserError, match=r"dms\.json is packed in a way that I don't know"):
        read(_with_entry(tmp_path / "e.zip", entry))


def test_a_zip_inside_a_zip_is_not_opened(tmp_path: Path) -> None:
    """But the reader is told that it is there."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("export.zip", "PK")
    with pytest.raises(UserError, match=r"e\.zip holds another zip, export\.zip\. Please unpack it"):
        read(tmp_path / "e.zip")


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    """A zip without a list of people is no export."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("photo.jpg", "x")
    with pytest.raises(UserError, match=r"e\.zip has no users\.json, so it isn't a Slack workspace export"):
        read(tmp_path / "e.zip")


SPACES = b" " * 4_000


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dms.json": b"[]" + SPACES}, "dms.json unpacks to more than 10 times its size"),
        ({"dms.json": os.urandom(5_001)}, "dms.json is too large"),
        ({"a.json": os.urandom(4_000), "b.json": os.urandom(4_000)}, "says that it unpacks to more than"),
        ({f"{n}.txt": b"" for n in range(9)}, "e.zip holds more than 5 files. Please unpack it"),
        ({f"{n:0200}.txt": b"" for n in range(9)}, "The zip's list of contents is larger than"),
    ],
)
def test_a_bomb_is_not_unpacked(tmp_path: Path, changes: Mapping[str, Json], expected: str) -> None:
    """What a zip says about itself is looked at before anything is unpacked."""
    with pytest.raises(UserError) as error:
        read(zipped(tmp_path / "e.zip", changes), limits=SMALL)
    assert expected in str(error.value)


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    """It unpacks to more than it says: no more than what it said is taken out, and that is broken."""
    path = zipped(tmp_path / "e.zip", {"users.json": b"[]" + SPACES})
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<L", len(SPACES) + 2), struct.pack("<L", 2)))
    with pytest.raises(UserError, match=r"users\.json can't be unpacked: that part of the zip is broken"):
        read(path)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"users.json": b"[" + SPACES + SPACES + b"]"}, "users.json is too large: one file"),
        ({"mpims.json": b"[]" + SPACES, "dms.json": b"[]" + SPACES}, "The export holds more than"),
    ],
)
def test_a_folder_is_read_only_so_far(tmp_path: Path, changes: Mapping[str, Json], expected: str) -> None:
    """The same limits hold for what was unpacked already."""
    with pytest.raises(UserError, match=expected):
        read(folder(tmp_path, changes), limits=SMALL)


@pytest.mark.parametrize("name", ["users.json", DAY, "pair"])
def test_links_out_of_a_folder_are_refused(tmp_path: Path, name: str) -> None:
    """Files and folders alike."""
    secret = folder(tmp_path / "secret")
    path = folder(tmp_path / "export", {name: None, DAY: None} if name == "pair" else {name: None})
    (path / name).parent.mkdir(exist_ok=True)
    (path / name).symlink_to(secret / name)
    with pytest.raises(UserError, match="is a link that leads out of the export"):
        read(path)


def test_links_inside_a_folder_are_fine(tmp_path: Path) -> None:
    """Also a link to the whole folder."""
    path = folder(tmp_path / "export", {"users.json": None})
    (path / "people.json").write_bytes(as_bytes(FILES["users.json"]))
    (path / "users.json").symlink_to("people.json")
    (tmp_path / "link").symlink_to(path)
    assert 2 == len(read(tmp_path / "link").observations)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    """It leads nowhere."""
    path = folder(tmp_path, {"users.json": None})
    (path / "users.json").symlink_to("users.json")
    with pytest.raises(UserError, match=r"users\.json can't be read: too many levels"):
        read(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Neither in place of the export nor in it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="is neither a file nor a folder"):
        read(tmp_path / "pipe")
    path = folder(tmp_path / "export", {"users.json": None})
    os.mkfifo(path / "users.json")
    with pytest.raises(UserError, match=r"users\.json is not a file"):
        read(path)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """With the system's own reason."""
    with pytest.raises(UserError, match=r"nothing\.zip can't be read: no such file or directory"):
        read(tmp_path / "nothing.zip")


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may read everything, so the tests that root runs step down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("name", ["", "users.json", "pair", DAY])
@pytest.mark.parametrize("write", [folder, zipped])
def test_what_may_not_be_read_is_named(tmp_path: Path, write: Json, name: str) -> None:
    """Whether it is all of it, one folder or one file."""
    tmp_path.chmod(0o755)
    for above in (tmp_path, *tmp_path.parents[:3]):
        if above.stat().st_uid == os.geteuid():
            above.chmod(0o755)
    path = write(tmp_path / "export")
    (path / name if path.is_dir() else path).chmod(0)
    with _as_nobody(), pytest.raises(UserError, match="can't be read: permission denied"):
        read(path)


@pytest.mark.parametrize("write", [folder, zipped])
def test_nothing_is_written(tmp_path: Path, write: Json) -> None:
    """An export is read in place."""
    path = write(tmp_path / "export")
    before = sorted(tmp_path.rglob("*"))
    read(path)
    assert before == sorted(tmp_path.rglob("*"))

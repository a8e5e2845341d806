"""Broken, locked, tricky and oversized zips: a sentence that names what is wrong, and nothing is unpacked."""

import os
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.replay.export import read
from bot.errors import UserError
from tests.replay.building import SMALL, SPACES, Json, zipped


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

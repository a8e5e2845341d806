"""Folders that are too large, lead elsewhere or can't be read: a sentence that names what is wrong."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.replay.export import read
from bot.errors import UserError
from tests.replay.building import DAY, FILES, SMALL, SPACES, Json, as_bytes, folder, zipped


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

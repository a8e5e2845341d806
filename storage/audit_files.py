"""The audit log's files outside the database: the key of its seals, and the heads of its chains.

Whoever can write in the database alone can neither make seals that hold nor unwrite a head.
"""

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from storage.errors import StorageError

KEY_BYTES = 32
_LINE = re.compile(r"(\d+) (?:restored:(\d+)|(\d+):([0-9a-f]{64}))(?: (\S+))?")


def read_key(file: Path) -> bytes | None:
    """Return the key, None if there is no such file. Raises StorageError if it can't be a key."""
    try:
        key = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"The audit log's key {file} can't be read: {error.strerror}.") from None
    if len(key) < KEY_BYTES:
        raise StorageError(f"The audit log's key {file} is cut off. Please put your copy of it back.")
    return key


def make_key(file: Path) -> bytes:
    """Return a new key, which is in the file now; or the one that another process has just put there."""
    new = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _add(new, secrets.token_bytes(KEY_BYTES))
        try:
            file.hardlink_to(new)  # whole or not at all, and never over another one
        except FileExistsError:
            pass
        finally:
            new.unlink()
    except OSError as error:
        raise StorageError(f"The audit log's key {file} can't be written: {error.strerror}.") from None
    key = read_key(file)
    if key is None:
        raise StorageError(f"The audit log's key {file} was taken away again.")
    return key


@dataclass(frozen=True, slots=True)
class Head:
    """A seal as it was noted: `mac` in hexadecimal digits, `at` as far as it was noted when."""

    number: int
    mac: str
    at: datetime | None


@dataclass(slots=True)
class Noted:
    """What was noted of one program's chain, in that order, and which of it a restored backup has undone since."""

    heads: list[Head] = field(default_factory=list)
    undone: list[Head] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The newest head, as `number:mac`; empty without any."""
        return f"{self.heads[-1].number}:{self.heads[-1].mac}" if self.heads else ""


class Heads:
    """The file of heads: a line for each, in the order in which they were made. It is only ever added to."""

    def __init__(self, file: Path) -> None:
        """Keep the heads in `file`."""
        self.file = file

    @classmethod
    def beside(cls, key_file: Path) -> "Heads":
        """Return the heads that are kept beside a key."""
        return cls(key_file.with_suffix(".heads"))

    def read(self) -> dict[int, Noted]:
        """Return what was noted, by program; a line that a crash cut off is left out.

        Raises FileNotFoundError, and StorageError if it can't be read.
        """
        try:
            lines = self.file.read_text("ascii", "replace").splitlines()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StorageError(f"{self.file} can't be read: {error.strerror}.") from None
        noted: dict[int, Noted] = {}
        for line in lines:
            if found := _LINE.fullmatch(line):
                _take_in(noted.setdefault(int(found[1]), Noted()), found)
        return noted

    def read_if_there(self) -> dict[int, Noted]:
        """Return what was noted; nothing if there is no file yet."""
        return self.read() if self.file.exists() else {}

    def add(self, program: int, head: str, at: datetime) -> None:
        """Note a new head, given as `number:mac`."""
        self._write([f"{program} {head} {at.isoformat()}"])

    def add_restored(self, newest: Mapping[int, int], at: datetime) -> None:
        """Note that a backup was restored, with the number of each program's newest seal in it (0: none)."""
        self._write(f"{program} restored:{number} {at.isoformat()}" for program, number in sorted(newest.items()))

    def _write(self, lines: Iterable[str]) -> None:
        # After a line that a crash cut off, a new one begins.
        begin = "" if self._ends_well() else "\n"
        _add(self.file, (begin + "".join(f"{line}\n" for line in lines)).encode())

    def _ends_well(self) -> bool:
        try:
            return self.file.read_bytes()[-1:] in (b"", b"\n")
        except FileNotFoundError:
            return True


def _take_in(noted: Noted, found: "re.Match[str]") -> None:
    _, restored, number, mac, at = found.groups()
    if restored is None:
        noted.heads.append(Head(int(number), mac, _instant(at)))
        return
    noted.undone += [head for head in noted.heads if head.number > int(restored)]
    noted.heads = [head for head in noted.heads if head.number <= int(restored)]


def _instant(text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None


def _add(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())

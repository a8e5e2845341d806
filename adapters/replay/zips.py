"""An export as Slack gives it out: a zip, read in place."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from adapters.replay.archive import MIB, Limits, Meter, reason, shown, too_large
from bot.errors import UserError

# What zipfile raises for a file that is broken, cut off, or packed in a way it doesn't know.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
LINK_BITS = 16  # where a zip keeps the file's mode


class _Bounded(io.BufferedReader):
    """A file that hands out `most` bytes at once: zipfile reads the whole list of contents in one go."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self.most + 1 if size is None or size < 0 else min(size, self.most + 1)
        data = super().read(wanted)
        if len(data) > self.most:
            raise UserError(f"The zip's list of contents is larger than {self.most // MIB} MB. {UNPACK}")
        return data


UNPACK = "Please unpack it and give me the folder."


@contextmanager
def opened_zip(path: Path, limits: Limits) -> Iterator["Zip"]:
    """Open a zip and check all that it says about itself. Raises UserError."""
    with _stream(path) as stream:
        stream.most = limits.directory
        try:
            archive = zipfile.ZipFile(stream)
        except (*BROKEN, OSError):  # a wrong offset in it makes the system refuse to seek
            raise UserError(f"{shown(path)} is not a zip file, or it is broken.") from None
        with archive:
            yield Zip(shown(path.name), archive, limits)


def _stream(path: Path) -> _Bounded:
    try:
        if path.exists() and not path.is_file():
            raise UserError(f"{shown(path)} is neither a file nor a folder.")  # a pipe would never end
        return _Bounded(io.FileIO(path))
    except OSError as error:
        raise UserError(f"{shown(path)} can't be read: {reason(error)}.") from None


class Zip:
    """The files in a zip, if nothing about it is suspicious."""

    def __init__(self, name: str, archive: zipfile.ZipFile, limits: Limits) -> None:
        """Look through the list of contents. Raises UserError for what no export has."""
        self.name = name
        self._archive = archive
        self._meter = Meter(limits)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._add(archive.infolist())
        self._top = self._find_top()
        self._folders = self._sorted_in_folders()

    def files(self, folder: str) -> Sequence[str]:
        """Return the names of the files in `folder`, sorted."""
        return self._folders.get(folder, ())

    def read(self, file: str) -> bytes | None:
        """Return what is in a file, never more than the limits allow."""
        entry = self._entries.get(self._top + file)
        if entry is None:
            return None
        if entry.file_size > self._meter.limits.file:
            too_large(shown(file), self._meter.limits)
        try:
            with self._archive.open(entry) as stream:
                return self._meter.take(shown(file), stream.read(self._meter.limits.file + 1))
        except (*BROKEN, OSError):
            raise UserError(f"{shown(file)} can't be unpacked: that part of the zip is broken.") from None

    def _add(self, entries: Sequence[zipfile.ZipInfo]) -> None:
        limits = self._meter.limits
        if len(entries) > limits.entries:
            raise UserError(f"{self.name} holds more than {limits.entries} files. {UNPACK}")
        for entry in entries:
            _check(entry, limits)
            if entry.filename in self._entries:
                raise UserError(f"{shown(entry.filename)} stands in {self.name} twice.")
            self._entries[entry.filename] = entry
        if sum(entry.file_size for entry in entries if entry.filename.endswith(".json")) > limits.total:
            raise UserError(f"{self.name} says that it unpacks to more than {limits.total // MIB} MB.")

    def _find_top(self) -> str:
        """Return where the export begins: some programs put a folder around it when they pack it anew."""
        tops = {name.removesuffix("users.json") for name in self._entries if _is_users(name)}
        if "" in tops or len(tops) != 1:
            self._say_if_nested()
            return ""
        return tops.pop()

    def _say_if_nested(self) -> None:
        nested = [name for name in self._entries if name.lower().endswith(".zip")]
        if nested and "users.json" not in self._entries:
            raise UserError(
                f"{self.name} holds another zip, {shown(nested[0])}. Please unpack it and give me that one."
            )

    def _sorted_in_folders(self) -> dict[str, list[str]]:
        folders: dict[str, list[str]] = {}
        for name in sorted(self._entries):
            if name.startswith(self._top) and not name.endswith("/"):
                folder, _, file = name.removeprefix(self._top).rpartition("/")
                folders.setdefault(folder, []).append(file)
        return folders


def _is_users(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return file == "users.json" and "/" not in folder and folder != "__MACOSX"


def _check(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = shown(entry.filename)
    if "\\" in entry.filename or ".." in entry.filename.split("/") or entry.filename.startswith("/"):
        raise UserError(f"{name} is a path that leads out of the export.")
    if stat.S_ISLNK(entry.external_attr >> LINK_BITS):
        raise UserError(f"{name} is a link, which no export has.")
    if entry.flag_bits & ENCRYPTED:
        raise UserError(f"{name} is locked with a password. {UNPACK}")
    if not name.endswith(".json"):
        return  # never unpacked
    if entry.compress_type not in METHODS:
        raise UserError(f"{name} is packed in a way that I don't know. {UNPACK}")
    if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * entry.compress_size:
        raise UserError(f"{name} unpacks to more than {limits.ratio} times its size, which no export does.")

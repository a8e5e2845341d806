"""Where an export's files lie: a folder, or a zip that is read in place. Nothing is ever written anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

from bot.errors import UserError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is taken for hostile. Sizes are bytes when unpacked.

    One file is one day of one conversation, or the list of people; only one is held in memory at a time.
    """

    file: int = 64 * MIB
    total: int = 20 * 1024 * MIB
    entries: int = 600_000
    directory: int = 64 * MIB  # a zip's list of contents, which is read whole
    ratio: int = 200  # unpacked to packed; exports of Slack's pack about 10 to 1
    ratio_from: int = MIB  # smaller files may be packed as well as they like


class Source(Protocol):
    """The files of an export, named with slashes from its top."""

    name: str

    def files(self, folder: str) -> Sequence[str]:
        """Return the sorted names of the files directly in `folder` ("": the top); none if it isn't there."""
        ...

    def read(self, file: str) -> bytes | None:
        """Return what is in a file, None if there is no such file. Raises UserError that names the file."""
        ...


class Meter:
    """Counts what was really read, whatever was said about it beforehand."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.total = 0

    def take(self, file: str, data: bytes) -> bytes:
        """Return `data` if it is within the limits."""
        self.total += len(data)
        if len(data) > self.limits.file:
            too_large(file, self.limits)
        if self.total > self.limits.total:
            raise UserError(f"The export holds more than {self.limits.total // MIB} MB, which is more than I read.")
        return data


def too_large(file: str, limits: Limits) -> NoReturn:
    """Refuse one file."""
    raise UserError(f"{file} is too large: one file of an export may hold {limits.file // MIB} MB.")


def reason(error: OSError) -> str:
    """Return what the operating system says, in lower case, without the path."""
    return (error.strerror or "the system gives no reason").lower()


def shown(path: Path | str) -> str:
    """Return a file's name as it can be printed: what isn't a printable character is left out."""
    return "".join(c if c.isprintable() else "?" for c in str(path))[:200]

"""Opens an export, whichever way it comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.replay.archive import Limits, Source, reason, shown
from adapters.replay.folders import Folder
from adapters.replay.zips import opened_zip
from bot.errors import UserError


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Iterator[Source]:
    """Open a folder or a zip. Raises UserError if it is neither, isn't there or may not be read."""
    limits = limits or Limits()
    if _is_folder(path):
        yield Folder(path, limits)
        return
    with opened_zip(path, limits) as source:
        yield source


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise UserError(f"{shown(path)} can't be read: {reason(error)}.") from None

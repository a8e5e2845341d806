"""An export that was unpacked already."""

import os
import stat
from pathlib import Path

from adapters.replay.archive import Limits, Meter, reason, shown, too_large
from bot.errors import UserError


class Folder:
    """An unpacked export. Links that lead out of it, pipes and devices are refused."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Take `path` as the top of the export."""
        self.name = shown(path.name or path.resolve().name)
        self._top = Path(os.path.realpath(path))
        self._meter = Meter(limits)

    def files(self, folder: str) -> list[str]:
        """Return the names of the files in `folder`, sorted."""
        inside = self._inside(folder)
        try:
            with os.scandir(inside) as entries:
                return sorted(entry.name for entry in entries if not entry.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise UserError(f"{shown(folder) or self.name} can't be read: {reason(error)}.") from None

    def read(self, file: str) -> bytes | None:
        """Return what is in a file, never more than the limits allow."""
        inside = self._inside(file)
        try:
            self._check(file, inside.stat())
            with inside.open("rb") as stream:
                return self._meter.take(shown(file), stream.read(self._meter.limits.file + 1))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise UserError(f"{shown(file)} can't be read: {reason(error)}.") from None

    def _check(self, file: str, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"{shown(file)} is not a file.")  # a pipe would never end
        if found.st_size > self._meter.limits.file:
            too_large(shown(file), self._meter.limits)

    def _inside(self, name: str) -> Path:
        real = Path(os.path.realpath(self._top / name))
        if not real.is_relative_to(self._top):
            raise UserError(f"{shown(name)} is a link that leads out of the export.")
        return real

"""A program's figures, as they are now and as they were: its preset with the changes up to a version."""

from collections.abc import Mapping

from bot import policy
from bot.policy import Policy
from storage.programs import Program
from storage.settings import PRESET, Settings
from storage.work import Work


class Figures:
    """The policies of all programs, each version read once."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        """Put `changes` on top of every policy, for trying figures out."""
        self._changes = changes
        self._known: dict[tuple[int, str, int], Policy] = {}

    async def of(self, work: Work, program: Program, version: int | None = None) -> Policy:
        """Return a program's figures, those of now or of an earlier version."""
        key = (program.id, program.policy, program.version if version is None else version)
        if key not in self._known:
            self._known[key] = await self._read(work, program, key[2])
        return self._known[key]

    async def _read(self, work: Work, program: Program, version: int) -> Policy:
        values: dict[str, str | None] = {}
        for change in await work.of(Settings).changes(version) if version else ():
            values[change.figure] = change.value
        preset = values.pop(PRESET, None) or program.policy
        on_top = {figure: value for figure, value in values.items() if value is not None}
        return policy.load(preset, {**on_top, **self._changes})

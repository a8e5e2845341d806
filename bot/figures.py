"""A program's figures, as they are now and as they were: its preset with the changes up to a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import policy
from bot.policy import Policy
from storage.programs import Program
from storage.settings import PRESET, Change, Settings
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Era:
    """Figures that are no longer those of now: they held until an instant."""

    until: datetime
    policy: Policy


def on_top(program: Program, changes: Sequence[Change]) -> tuple[str, dict[str, str]]:
    """Return the preset that holds after some changes, the oldest first, and the figures that stand on top of it."""
    values: dict[str, str | None] = {}
    for change in changes:
        values[change.figure] = change.value
    preset = values.pop(PRESET, None) or program.policy
    return preset, {figure: value for figure, value in values.items() if value is not None}


class Figures:
    """The policies of all programs, each version read once."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        """Put `changes` on top of every policy, for trying figures out."""
        self._changes = changes
        self._known: dict[tuple[int, str, int], Policy] = {}
        self._eras: dict[tuple[int, str, int], tuple[Era, ...]] = {}

    async def of(self, work: Work, program: Program, version: int | None = None) -> Policy:
        """Return a program's figures, those of now or of an earlier version."""
        key = (program.id, program.policy, program.version if version is None else version)
        found = self._known.get(key)
        if found is None:
            changes = await work.of(Settings).changes(key[2]) if key[2] else []
            preset, figures = on_top(program, changes)
            found = policy.load(preset, {**figures, **self._changes})
            if _is_sure(work, changes):
                self._known[key] = found
        return found

    async def eras(self, work: Work, program: Program) -> tuple[Era, ...]:
        """Return which figures held before those of now, and until when each: the oldest first."""
        key = (program.id, program.policy, program.version)
        found = self._eras.get(key, ())
        if not found and program.version:
            changes = await work.of(Settings).changes(program.version)
            until = {change.version: change.at for change in changes}
            found = tuple([Era(at, await self.of(work, program, version - 1)) for version, at in until.items()])
            if _is_sure(work, changes):
                self._eras[key] = found
        return found


def _is_sure(work: Work, changes: Sequence[Change]) -> bool:
    """Tell whether changes may be remembered: the newest may be of this very transaction, and be undone with it."""
    return not changes or changes[-1].at != work.now

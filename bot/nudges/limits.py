"""By which figures something is judged that somebody has time for: what waits by those of now, the rest by its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from bot.context import Context
from bot.nudges.rules import Schedule


class Limited(Protocol):
    """Something that is late from an instant on, by the figures of a program's version."""

    @property
    def id(self) -> int:
        """Which one it is."""
        ...

    @property
    def waits(self) -> bool:
        """Whether somebody is still waited for."""
        ...

    @property
    def limit_at(self) -> datetime | None:
        """From when on it is late, as far as that is noted."""
        ...

    @property
    def version(self) -> int | None:
        """By which figures that is so."""
        ...


L = TypeVar("L", bound=Limited)


def version_of(context: Context, one: Limited) -> int:
    """Return by which figures something is judged: what is done, by those of its time."""
    return context.program.version if one.waits or one.version is None else one.version


def new_limits(
    context: Context, schedules: Mapping[L, Schedule | None]
) -> list[tuple[int, dict[int, datetime | None]]]:
    """Return the limits that are not as they were noted, by id, for each version by whose figures they are."""
    found: dict[int, dict[int, datetime | None]] = {}
    for one, schedule in schedules.items():
        if schedule is not None and schedule.limit != one.limit_at:
            found.setdefault(version_of(context, one), {})[one.id] = schedule.limit
    return sorted(found.items())

"""Which of one kind a program has: those that came with the bot, and those of its own, in versions."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Generic, Protocol, TypeVar

from bot.context import Context
from storage.editions import Edition, Editions


class Named(Protocol):
    """What is read has a name."""

    @property
    def name(self) -> str:
        """How it is called in files."""
        ...


D = TypeVar("D", bound=Named)
UNKEPT = 0


@dataclass(frozen=True, slots=True)
class Known(Generic[D]):
    """One as it is now, as TOML and read; `row` is the version of it that is kept, None if it was never used.

    One that came with the bot follows what the bot comes with today: then its row is an older one.
    """

    source: str
    row: Edition | None
    definition: D

    @property
    def version(self) -> int:
        """The number of the version that is kept; 0 if none is."""
        return self.row.version if self.row else 0

    @property
    def off(self) -> bool:
        """Whether it is switched off."""
        return self.row is not None and self.row.off_at is not None


@dataclass(frozen=True, slots=True)
class Used(Generic[D]):
    """One that is in use; `id` is that of the version that is kept, at which what is done with it points.

    It is UNKEPT where one is only looked at.
    """

    id: int
    definition: D


@dataclass(frozen=True)
class Shelf(Generic[D]):
    """Where one kind is kept: its store, how it is read, and the folder of `bot` with those that come along."""

    store: type[Editions]
    parse: Callable[[str], D]
    folder: tuple[str, ...]

    def built_in(self) -> Mapping[str, str]:
        """Return those that come with the bot, as TOML, by name."""
        return {self.parse(source).name: source for source in _sources(self.folder)}

    async def known(self, context: Context) -> list[Known[D]]:
        """Return every one by name, also those that are switched off."""
        rows = {row.name: row for row in await context.work.of(self.store).every()}
        return [self._known(name, rows.get(name)) for name in sorted({*self.built_in(), *rows})]

    async def known_as(self, context: Context, name: str) -> Known[D] | None:
        """Return one by its name."""
        row = await context.work.of(self.store).newest(name)
        return self._known(name, row) if row or name in self.built_in() else None

    def _known(self, name: str, row: Edition | None) -> Known[D]:
        todays = self.built_in().get(name, "")
        follows = row is None or (row.built_in and row.off_at is None and bool(todays))
        source = todays if follows or row is None else row.source
        return Known(source, row, self.parse(source))

    async def used(self, context: Context) -> list[Used[D]]:
        """Return those that are in use; one that came with the bot is kept from its first use on."""
        return [
            Used((await self.keep(context, one)).id, one.definition) for one in await self.known(context) if not one.off
        ]

    async def looked_at(self, context: Context) -> list[Used[D]]:
        """Return those that are in use, to be looked at alone: none is kept for that."""
        return [Used(UNKEPT, one.definition) for one in await self.known(context) if not one.off]

    async def keep(self, context: Context, known: Known[D]) -> Edition:
        """Return the version of one that is kept; keep it, if that isn't so yet."""
        if known.row is not None and known.row.source == known.source:
            return known.row
        return await context.work.of(self.store).put(known.definition.name, known.source, None, built_in=True)

    async def definitions(self, context: Context, ids: Collection[int]) -> dict[int, D]:
        """Return those with which something was done, by id of their version: as they were then."""
        return {id_: self.parse(row.source) for id_, row in (await context.work.of(self.store).get(ids)).items()}


@cache
def _sources(folder: tuple[str, ...]) -> list[str]:
    files = [file for file in resources.files("bot").joinpath(*folder).iterdir() if file.name.endswith(".toml")]
    return sorted(file.read_text("utf-8") for file in files)

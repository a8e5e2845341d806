"""Which forms a program has: those that came with the bot, and those of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.context import Context
from bot.forms.definition import Definition
from bot.forms.reading import parse
from storage.editions import Edition
from storage.forms import Forms


@dataclass(frozen=True, slots=True)
class Known:
    """A form as it is now, as TOML and read; `row` is the version of it that is kept, None if it was never used.

    One that came with the bot follows what the bot comes with today: then its row is an older one.
    """

    source: str
    row: Edition | None

    @property
    def definition(self) -> Definition:
        """What it asks."""
        return parse(self.source)

    @property
    def version(self) -> int:
        """The number of the version that is kept; 0 if none is."""
        return self.row.version if self.row else 0

    @property
    def off(self) -> bool:
        """Whether nobody is asked with it."""
        return self.row is not None and self.row.off_at is not None


@dataclass(frozen=True, slots=True)
class Used:
    """A form that people are asked with; `id` is that of the version that is kept, which its answers point at."""

    id: int
    definition: Definition


@cache
def built_in() -> Mapping[str, str]:
    """Return the forms that come with the bot, as TOML, by name."""
    files = (file for file in resources.files("bot").joinpath("forms").iterdir() if file.name.endswith(".toml"))
    sources = [file.read_text("utf-8") for file in files]
    return {parse(source).name: source for source in sorted(sources)}


async def known(context: Context) -> list[Known]:
    """Return every form by name, also those that are switched off."""
    rows = {row.name: row for row in await context.work.of(Forms).every()}
    return [_known(name, rows.get(name)) for name in sorted({*built_in(), *rows})]


async def known_as(context: Context, name: str) -> Known | None:
    """Return a form by its name."""
    row = await context.work.of(Forms).newest(name)
    return _known(name, row) if row or name in built_in() else None


def _known(name: str, row: Edition | None) -> Known:
    todays = built_in().get(name, "")
    follows = row is None or (row.built_in and row.off_at is None and bool(todays))
    return Known(todays if follows or row is None else row.source, row)


async def forms_of(context: Context) -> list[Used]:
    """Return the forms that people are asked with; one that came with the bot is kept from its first use on."""
    return [Used((await keep(context, one)).id, one.definition) for one in await known(context) if not one.off]


async def keep(context: Context, form: Known) -> Edition:
    """Return the version of a form that is kept; keep it, if that isn't so yet."""
    if form.row is not None and form.row.source == form.source:
        return form.row
    return await context.work.of(Forms).put(form.definition.name, form.source, None, built_in=True)


async def definitions(context: Context, ids: Collection[int]) -> dict[int, Definition]:
    """Return the forms with which something was asked, by id of their version: as they were then."""
    return {id_: parse(row.source) for id_, row in (await context.work.of(Forms).get(ids)).items()}

"""Where things are measured: a folder on a disk, databases in it, and towns that several rows look at."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Self

from adapters import playground
from bench import tables
from bench.figures import DATABASES, SQLITE
from bench.postgres import durable
from bench.proof import prove
from bench.town import Town
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from bot.people import Role
from storage.members import Members
from storage.opening import open_database
from storage.programs import Program
from tests.postgres import Postgres

COMMUNITY = Path(playground.__file__).with_name("community.toml")
SOON = timedelta(hours=1)  # by then all has been measured that goes by the machine's clock
SMALL = 10_000
BIG = 1_000_000


@dataclass(frozen=True, slots=True)
class Bot:
    """A core at work in a town, with a clock that stands still until it is moved."""

    core: Core
    clock: SetClock
    program: Program
    town: Town


@dataclass(frozen=True, slots=True)
class Built:
    """A town in a database, reached under `url`."""

    url: str
    town: Town

    def as_text(self) -> str:
        """Return it as one argument of a command."""
        town = asdict(self.town) | {"alarms_from": self.town.alarms_from.isoformat()}
        return json.dumps({"url": self.url, "town": town})

    @classmethod
    def from_text(cls, text: str) -> "Built":
        """Read such an argument."""
        read = json.loads(text)
        begin = datetime.fromisoformat(read["town"]["alarms_from"])
        return cls(read["url"], Town(**{**read["town"], "alarms_from": begin}))

    @asynccontextmanager
    async def opened(self, at: datetime | None = None) -> AsyncIterator[Bot]:
        """Let a bot work in the town, from `at` on; None: from just before the first alarm."""
        clock = SetClock(at or self.town.alarms_from - timedelta(seconds=1))
        database = await open_database(self.url, clock.now)
        try:
            core = Core(database, FEATURES)
            (program,) = await core.programs()
            yield Bot(core, clock, program, self.town)
        finally:
            await database.close()


class Ground:
    """A folder with databases; PostgreSQL is started when it is first needed, and a town is built once."""

    def __init__(self, folder: Path, databases: Sequence[str] = DATABASES) -> None:
        """Measure in `folder`, on these databases."""
        self.folder = folder
        self.databases = tuple(databases)
        self._to_end = ExitStack()
        self._server: Postgres | None = None
        self._built: dict[tuple[str, int], Built] = {}
        self._numbers = count(1)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End PostgreSQL."""
        self._to_end.close()

    def fresh(self, database: str) -> str:
        """Return the address of a new, empty database."""
        name = f"bench_{next(self._numbers)}"
        if database == SQLITE:
            return f"sqlite+aiosqlite:///{self.folder}/{name}.db"
        server = self._postgres()
        server.create(name)
        return server.url(name)

    def _postgres(self) -> Postgres:
        if self._server is None:
            data = self.folder / "postgres"
            data.mkdir()
            self._server = self._to_end.enter_context(durable(data))
        return self._server

    async def town(self, database: str, size: int) -> Built:
        """Return the town of a size, in whatever state the rows before have left it."""
        if (database, size) not in self._built:
            self._built[database, size] = await build(self.fresh(database), size)
        return self._built[database, size]


async def build(url: str, size: int) -> Built:
    """Build a town of `size` pairings in the playground's program, in an empty database."""
    now = datetime.now(UTC).replace(microsecond=0)
    database = await open_database(url, lambda: now)
    core = Core(database, FEATURES)
    await roster.enrol(core, roster.read(COMMUNITY))
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        (coordinator,) = await context.work.of(Members).with_role(Role.COORDINATOR)
    await database.close()
    town = Town(program.id, coordinator.id, size, now + SOON)
    await tables.fill(url, town.tables())
    built = Built(url, town)
    async with built.opened() as bot:
        await prove(bot.core, bot.program, town)
    return built

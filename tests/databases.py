"""A fresh database for each test, on every database that mentorbot supports."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

import bot
from storage import engine
from storage.opening import open_database
from tests.postgres import Postgres, apart

NUMBERS = count(1)
KINDS = ("sqlite", "postgres")
MIGRATED = "migrated"


class Compiled:
    """SQLAlchemy's cache of compiled statements, for all engines that speak the same SQL."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._found: dict[tuple[Any, ...], object] = {}

    def get(self, key: tuple[Any, ...]) -> object:
        """Return what a statement was compiled to."""
        return self._found.get(_of_any_engine(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: object) -> None:
        """Keep it."""
        self._found[_of_any_engine(key)] = compiled


def _of_any_engine(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return (dialect.name, dialect.paramstyle, *statement)


# Of a room's dialogues those in which something happens at once take place on PostgreSQL, too. `make dialogues` has all
# of them there. What is in tests/dialogues is everywhere.
ROOMS = frozenset(file.parent.name for file in Path(bot.__path__[0]).glob("*/feature.py")) | {"exports"}
at_once = pytest.mark.at_once


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all dialogues be run on PostgreSQL."""
    parser.addoption("--every-database", action="store_true", help="run all dialogues on PostgreSQL as well")


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark."""
    config.addinivalue_line("markers", "at_once: what happens at once is tried on each database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the dialogues on PostgreSQL that `make dialogues` has."""
    if not config.getoption("every_database"):
        items[:] = [item for item in items if not _is_for_later(item)]


def _is_for_later(item: pytest.Item) -> bool:
    params = getattr(getattr(item, "callspec", None), "params", {})
    on_postgres = params.get("database_url") == "postgres" and item.path.parent.name in ROOMS
    return on_postgres and item.get_closest_marker("at_once") is None


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile a statement once, not for each test again: that took a fifth of their time."""
    options = {"compiled_cache": Compiled()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_async_engine", partial(create_async_engine, execution_options=options))
        yield


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Run the test once on SQLite and once on PostgreSQL, with tables; `-k sqlite` picks one of them."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Do the same without tables, as before mentorbot's first start."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
def sqlite_url(migrated_file: Path, empty_sqlite_url: str, tmp_path: Path) -> str:
    """Return the address of a SQLite file with tables."""
    shutil.copy(migrated_file, tmp_path / "mentorbot.db")
    return empty_sqlite_url


@pytest.fixture
def sqlite_in(migrated_file: Path) -> Callable[[Path], str]:
    """Return what makes one more SQLite file with tables, in a folder, and returns its address."""

    def make(folder: Path) -> str:
        folder.mkdir(exist_ok=True)
        return _sqlite(Path(shutil.copy(migrated_file, folder / "mentorbot.db")))

    return make


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite file that isn't there yet."""
    return _sqlite(tmp_path / "mentorbot.db")


@pytest.fixture
def postgres_url(migrated_postgres: Postgres) -> Iterator[str]:
    """Return the address of a PostgreSQL database with tables."""
    yield from _of_its_own(migrated_postgres, MIGRATED)


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database."""
    yield from _of_its_own(postgres, "template1")


def _of_its_own(server: Postgres, template: str) -> Iterator[str]:
    name = f"test_{next(NUMBERS)}"
    server.create(name, template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite file with tables, once, to be copied."""
    file = tmp_path_factory.mktemp("databases") / f"{MIGRATED}.db"
    apart(_migrate(_sqlite(file)))
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Postgres:
    """Make a PostgreSQL database with tables, once, to be copied; return its server."""
    postgres.create(MIGRATED)
    apart(_migrate(postgres.url(MIGRATED)))
    return postgres


def _sqlite(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def _migrate(url: str) -> None:
    await (await open_database(url, lambda: datetime.now(UTC))).close()

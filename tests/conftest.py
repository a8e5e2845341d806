"""What every test may ask for: `log`; `database_url` and its kin, `browser` and `riverside` from tests/*.py."""

import gc
import io
import logging
import os
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

from bot import logs
from bot.logs import configure
from tests.memory import quick_folder

gc.set_threshold(10_000, 10, 10)  # a twentieth of the tests' time was looking for rubbish
gc.disable()  # until all tests are collected: nearly all that is made for that stays

pytest_plugins = ["tests.postgres", "tests.databases", "tests.browser", "tests.platforms", "tests.world", "tests.often"]

# The first look at a country's holidays takes long, and so does anything on a busy machine. CI repeats itself exactly.
settings.register_profile("mentorbot", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("mentorbot")

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "WS_PROXY", "WSS_PROXY", "NO_PROXY")


# What takes long begins first: else one worker is at it alone in the end.
LONGEST = (
    "tests/torture/",
    "tests/core/test_forged.py",
    "tests/core/test_permissions.py",
    "tests/playground/test_story.py",
    "tests/reports/test_twins.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files before all others."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let more random histories be lived through than `make test` has."""
    parser.addoption(
        "--histories", type=int, default=0, help="live through so many random histories, new ones each time"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Put the tests' folders into memory where there is room: each transaction on SQLite waits for the disk."""
    if folder := quick_folder():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Leave alone all that is there before the first test, when rubbish is looked for: it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def no_proxies() -> Iterator[None]:
    """Unset proxy variables: slack_sdk obeys HTTP_PROXY even for servers on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (*PROXIES, *map(str.lower, PROXIES)):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def configured_logs() -> None:
    """Log as the running bot does: without locals in tracebacks, and without anybody's words."""
    logs.configure("info", "text")


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Leave the logging of the other tests alone: structlog's defaults take a second for each traceback."""
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    yield
    logging.captureWarnings(capture=False)
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def log(logging_as_before: None) -> io.StringIO:
    """Return what is logged, all of it."""
    stream = io.StringIO()
    configure("debug", "json", stream)
    return stream

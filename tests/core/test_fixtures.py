"""What tests/conftest.py promises to the other tests."""

import io
import os

import structlog
from playwright.async_api import Browser
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.versions import is_current

DIALECTS = {"sqlite+aiosqlite": "sqlite", "postgresql+asyncpg": "postgresql"}


async def _tables_after_adding_one(url: str) -> list[str]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE fresh (id INTEGER)"))
        rows = await connection.execute(text("SELECT id FROM fresh"))
        found = [str(row) for row in rows]
    await engine.dispose()
    return found


async def test_a_database_is_fresh(database_url: str) -> None:
    """A test may create what it likes in its database."""
    assert [] == await _tables_after_adding_one(database_url)


async def test_a_database_is_fresh_for_each_test(database_url: str) -> None:
    """What the test before created is gone."""
    assert [] == await _tables_after_adding_one(database_url)


async def test_a_database_has_its_tables(database_url: str) -> None:
    """It was brought up to date before it was copied."""
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(is_current)
    await engine.dispose()


async def test_an_empty_database_is_empty(empty_database_url: str) -> None:
    """Nobody has used it yet."""
    engine = create_async_engine(empty_database_url)
    async with engine.connect() as connection:
        assert [] == await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()


async def test_databases_are_the_real_ones(database_url: str) -> None:
    """Each id of the fixture stands for the database that it names."""
    engine = create_async_engine(database_url)
    expected = DIALECTS[database_url.split(":", maxsplit=1)[0]]
    assert expected == engine.dialect.name
    await engine.dispose()


def test_what_is_logged_can_be_read(log: io.StringIO) -> None:
    """A test may look at all of it."""
    structlog.get_logger("bot").debug("one thing")
    assert "one thing" in log.getvalue()


def test_logging_is_as_before() -> None:
    """The test before left it as the bot has it, not as structlog does."""
    assert structlog.stdlib.BoundLogger is structlog.get_config()["wrapper_class"]


async def test_the_browser_shows_a_page(browser: Browser) -> None:
    """A test can read what a person would see."""
    page = await browser.new_page()
    await page.goto("data:text/html,<h1>Hello</h1>")
    assert "Hello" == await page.inner_text("h1")


def test_no_proxy_is_in_the_way() -> None:
    """No variable leads a client in a test through a proxy."""
    assert [] == [name for name in os.environ if name.lower() in {"http_proxy", "https_proxy", "all_proxy"}]

"""An import that gives many people another time zone: all their clocks move, in as many statements as for a few."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from storage.programs import State
from tests.community.town import button, imports, town, uploads
from tests.world import NOOR, World

EVERYBODY = range(1, 31)


@pytest.fixture
async def running(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program that runs."""
    async with town(database_url, tmp_path, State.RUNNING) as opened:
        yield opened


def moved(numbers: range, zone: str) -> str:
    """Return a list in which people have a time zone."""
    return "account,role,zone\n" + "".join(f"@p{number},mentee,{zone}\n" for number in numbers)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Note the statements that a database is given."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def cost(there: World, text: str) -> int:
    """Import a list; return how many statements that took."""
    looked = await uploads(there, text.encode())
    async with there.database.connect() as conn:
        engine = conn.engine.sync_engine
    with statements(engine) as seen:
        await there.driver.presses("rosa", button(looked, "community.import_now"))
    return len(seen)


async def test_many_cost_as_many_statements_as_a_few(running: World) -> None:
    """Nothing is done one by one: a list of 10,000 people would hold the database for a minute."""
    await imports(running, moved(EVERYBODY, "UTC"))
    few = await cost(running, moved(EVERYBODY[:2], "Asia/Tokyo"))
    assert few == await cost(running, moved(EVERYBODY, "Africa/Cairo"))


async def reminders(there: World) -> list[int]:
    """Count the reminders that Amara and Noor had."""
    inboxes = [await there.inbox(user) for user in ("amara", "noor")]
    return [len([seen for seen in inbox if "wrote to you" in seen.text]) for inbox in inboxes]


async def test_the_clocks_of_all_of_them_move(running: World) -> None:
    """Whoever has moved is reminded at the hours of where they are now, of what waited already."""
    far = "account,zone\n@amara,America/Los_Angeles\n@noor,America/Los_Angeles\n"
    await imports(running, far)
    await running.says("lena")
    await running.says("amara", NOOR)
    await imports(running, far.replace("America/Los_Angeles", "UTC"))
    await running.passes(hours=23)
    assert [0, 0] == await reminders(running)
    await running.passes(hours=1)  # in the middle of the night of where they were
    assert [1, 1] == await reminders(running)

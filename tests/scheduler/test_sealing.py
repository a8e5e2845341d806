"""Sealing: the key is never made anew behind anybody's back, and every head ends up in the file, crash or not."""

import asyncio
import io
import shutil
import stat
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.core import Core
from scheduler.sealing import Sealer
from storage.audit import AT_ONCE, audit
from storage.audit_files import Heads, read_key
from storage.errors import StorageError
from tests.storage.programs import HOUR, Two, two_programs


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[Two]:
    """Open a database with two programs."""
    async with two_programs(database_url) as opened:
        yield opened


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Return where the key is to be, in a folder that isn't there yet."""
    return tmp_path / "audit" / "audit.key"


def sealer(two: Two, key_file: Path) -> Sealer:
    """Return what a bot that was just started seals with."""
    return Sealer(Core(two.database, ()), key_file)


async def note(two: Two, *actions: str) -> None:
    """Note what somebody did."""
    async with two.work() as work:
        for action in actions:
            await work.audit.add("5ca1ab1e", action)


async def head(two: Two) -> str | None:
    """Return the newest head of the first program's log."""
    async with two.work() as work:
        return await work.audit.head()


async def holds(two: Two, key_file: Path) -> bool:
    """Tell whether the first program's log holds, up to the newest head in the file."""
    key, noted = read_key(key_file), Heads.beside(key_file).read()[two.one.program]
    assert key is not None
    async with two.work() as work:
        chain = await work.audit.verify(key)
    return chain.broken is None and f"{len(chain.heads)}:{chain.heads[-1]}" == noted.last


async def test_each_head_is_written_down(two: Two, key_file: Path) -> None:
    """With the time, in a file beside the key that only its owner can read; nothing new is no new line."""
    sealing = sealer(two, key_file)
    await sealing.prepare()
    for action in ("first", "second"):
        await note(two, action)
        await sealing.seal()
        await sealing.seal()
        two.clock.move_to(two.clock.now() + HOUR)
    noted = Heads.beside(key_file).read()
    assert {two.one.program} == set(noted)
    assert [1, 2] == [head.number for head in noted[two.one.program].heads]
    assert [HOUR] == [b.at - a.at for a, b in pairwise(noted[two.one.program].heads) if a.at and b.at]
    assert await holds(two, key_file)
    assert [0o600, 0o600] == [stat.S_IMODE(file.stat().st_mode) for file in key_file.parent.iterdir()]


async def test_the_key_stays(two: Two, key_file: Path) -> None:
    """It is made once, whole, and read from then on."""
    await sealer(two, key_file).prepare()
    key = read_key(key_file)
    assert key is not None
    assert 32 == len(key)
    await note(two, "first")
    await sealer(two, key_file).seal()
    assert key == read_key(key_file)
    assert ["audit.heads", "audit.key"] == sorted(file.name for file in key_file.parent.iterdir())


async def test_two_that_start_at_once_have_one_key(two: Two, key_file: Path) -> None:
    """Whoever comes second takes the first one's."""
    sealers = [sealer(two, key_file) for _ in range(3)]
    await asyncio.gather(*(sealing.prepare() for sealing in sealers))
    for number, sealing in enumerate(sealers):
        await note(two, f"{number}")
        await sealing.seal()
    assert await holds(two, key_file)


async def test_a_key_that_is_gone_is_not_made_anew(two: Two, key_file: Path, tmp_path: Path) -> None:
    """The start says so: a new key would break the chain without a word."""
    await note(two, "first")
    await sealer(two, key_file).seal()
    shutil.move(key_file, tmp_path / "copy")
    for start in (sealer(two, key_file).prepare, sealer(two, key_file).seal):
        with pytest.raises(StorageError, match=f"its key {key_file} is missing. Please put your copy of it there"):
            await start()
    assert None is read_key(key_file)
    shutil.move(tmp_path / "copy", key_file)
    await sealer(two, key_file).prepare()


@pytest.mark.parametrize("content", [b"", b"half a key"])
async def test_a_key_that_is_cut_off_is_no_key(two: Two, tmp_path: Path, content: bytes) -> None:
    """Anybody could guess it."""
    (tmp_path / "audit.key").write_bytes(content)
    with pytest.raises(StorageError, match=r"is cut off\. Please put your copy of it back"):
        await sealer(two, tmp_path / "audit.key").prepare()


async def test_a_key_that_cannot_be_written_is_told(two: Two, tmp_path: Path) -> None:
    """Without a traceback."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match=r"can't be (read|written): Not a directory"):
        await sealer(two, tmp_path / "file" / "audit.key").prepare()


async def test_a_head_that_a_crash_left_out_is_written_at_the_next_start(two: Two, key_file: Path) -> None:
    """Between the commit of a seal and the line in the file anything can happen."""
    await note(two, "first")
    await sealer(two, key_file).seal()
    await note(two, "second")
    async with two.work() as work:
        await work.audit.seal(read_key(key_file) or b"")
    assert not await holds(two, key_file)
    await sealer(two, key_file).prepare()
    assert await holds(two, key_file)
    assert [1, 2] == [head.number for head in Heads.beside(key_file).read()[two.one.program].heads]


async def test_a_line_that_a_crash_cut_off_is_left_out(two: Two, key_file: Path) -> None:
    """What comes next stands in a line of its own, and the head itself is written again."""
    sealing = sealer(two, key_file)
    for action in ("first", "second"):
        await note(two, action)
        await sealing.seal()
    heads = Heads.beside(key_file)
    heads.file.write_bytes(heads.file.read_bytes()[:-60])
    await sealer(two, key_file).prepare()
    assert [1, 2] == [head.number for head in heads.read()[two.one.program].heads]
    assert await holds(two, key_file)


async def test_a_head_that_another_process_made_is_written_down(two: Two, key_file: Path, tmp_path: Path) -> None:
    """Each process's file has the newest head, whoever sealed."""
    here, elsewhere = sealer(two, key_file), tmp_path / "elsewhere" / "audit.key"
    await here.prepare()
    elsewhere.parent.mkdir()
    shutil.copy(key_file, elsewhere)
    await note(two, "first")
    await sealer(two, elsewhere).seal()
    await here.seal()
    assert await holds(two, key_file)
    assert await holds(two, elsewhere)


async def test_a_log_that_does_not_fit_the_key_is_told_and_left(two: Two, key_file: Path, log: io.StringIO) -> None:
    """The bot goes on, and so does the other program's log."""
    await note(two, "first")
    await sealer(two, key_file).seal()
    before = await head(two)
    await two.run("UPDATE audit SET action = 'nothing'")
    await note(two, "second")
    async with two.work(two.other) as work:
        await work.audit.add("5ca1ab1e", "elsewhere")
    await sealer(two, key_file).seal()
    assert before == await head(two)
    assert {two.one.program, two.other.program} == set(Heads.beside(key_file).read())
    assert "doesn't fit its key. Please run: mentorbot audit verify" in log.getvalue()


async def test_more_rows_than_one_seal_takes(two: Two, key_file: Path) -> None:
    """All of them are sealed, and the newest head is written down."""
    async with two.database.connect() as conn:
        many = [{"program_id": 1, "at": two.clock.now(), "actor": "a", "action": "b", "subject": ""}] * (AT_ONCE + 1)
        await conn.execute(audit.insert(), many)
    await sealer(two, key_file).seal()
    assert str(await head(two)).startswith("2:")
    assert await holds(two, key_file)

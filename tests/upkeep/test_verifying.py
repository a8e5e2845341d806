"""Verifying the audit log: each way to tamper with it is found, and told in words; the chain's ends lie elsewhere."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core import Core
from bot.upkeep import verifying, wording
from bot.upkeep.verifying import Finding, Problem
from scheduler.sealing import Sealer
from storage.audit_files import Heads, read_key
from tests.storage.programs import HOUR, MONDAY, Ids, Two, two_programs

HOURS = [MONDAY + number * HOUR for number in range(4)]
HELD = "2 rows under 1 seal, up to 2026-03-02 10:00 UTC"


@pytest.fixture
async def two(database_url: str, tmp_path: Path) -> AsyncIterator[Two]:
    """Open a database with two programs in which three seals were made, an hour apart, of two rows each."""
    async with two_programs(database_url) as two:
        sealer = Sealer(Core(two.database, ()), tmp_path / "audit.key")
        for round_ in range(3):
            for ids in (two.one, two.other):
                await note(two, ids, f"first {round_}", f"second {round_}")
            await sealer.seal()
            two.clock.move_to(two.clock.now() + HOUR)
        yield two


async def note(two: Two, ids: Ids, *actions: str) -> None:
    """Note what somebody did."""
    async with two.work(ids) as work:
        for action in actions:
            await work.audit.add("5ca1ab1e", action)


class Auditor:
    """Whoever has the key and the heads looks at a database."""

    def __init__(self, url: str, folder: Path) -> None:
        """Look at `url`; `folder` has the key and the heads."""
        self.url = url
        self.key_file = folder / "audit.key"
        self.heads = Heads.beside(self.key_file)

    async def look(self, key: bytes | None = None) -> list[verifying.Verdict]:
        """Return what there is to say of each program, by name."""
        key = key or read_key(self.key_file) or b""
        return await verifying.verify(self.url, lambda: MONDAY, key, self.heads.read_if_there())

    async def findings(self, key: bytes | None = None) -> list[Finding | None]:
        """Return what is wrong in the two programs."""
        return [verdict.finding for verdict in await self.look(key)]

    async def says(self) -> list[str]:
        """Return the lines that whoever runs the bot reads."""
        return list(wording.verdicts(await self.look(), Path("audit.heads"), Path("audit.key")))


@pytest.fixture
def auditor(database_url: str, tmp_path: Path) -> Auditor:
    """Return somebody who looks on while the bot has the database open."""
    return Auditor(database_url, tmp_path)


async def test_a_log_that_holds(two: Two, auditor: Auditor) -> None:
    """It is said how much, up to when, and what isn't sealed yet."""
    await note(two, two.one, "later")
    assert [None, None] == await auditor.findings()
    first, second, missing = await auditor.says()
    assert "one: holds. 6 rows under 3 seals, up to 2026-03-02 12:00 UTC; 1 row waits for a seal." == first
    assert "other: holds. 6 rows under 3 seals, up to 2026-03-02 12:00 UTC." == second
    assert "audit.heads, which is made with the first seal, is missing" in missing


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET action = 'nothing' WHERE action = 'first 1' AND program_id = 1",
        "UPDATE audit SET at = at - 1 WHERE action = 'first 1' AND program_id = 1",
        "UPDATE audit SET seal = 3 WHERE action = 'first 1' AND program_id = 1",
        "UPDATE audit SET seal = NULL WHERE seal = 2 AND program_id = 1",
        "UPDATE audit SET id = 1000 + id WHERE action = 'first 1' AND program_id = 1",
        "UPDATE audit SET action = 'x' || id WHERE seal = 2 AND program_id = 1",
        "DELETE FROM audit WHERE action = 'second 1' AND program_id = 1",
        "DELETE FROM audit WHERE seal = 2 AND program_id = 1",
        "DELETE FROM seal WHERE number = 2 AND program_id = 1",
        "INSERT INTO audit (program_id, at, actor, action, subject, seal) VALUES (1, 5, 'a', 'b', 'c', 2)",
    ],
)
async def test_tampering_is_found(two: Two, auditor: Auditor, sql: str) -> None:
    """A row that was changed, removed, moved or added is found, in that program, at that seal, with its time."""
    await two.run(sql)
    assert [Finding(Problem.CHANGED, 2, HOURS[1]), None] == await auditor.findings()
    told = (
        "one: DOES NOT HOLD. From seal 2 on, made 2026-03-02 11:00 UTC: a row or a seal was changed, removed, added "
        f"or moved. What comes before holds: {HELD}"
    )
    assert (await auditor.says())[0].startswith(told)


async def test_the_first_seal_might_be_of_another_key(two: Two, auditor: Auditor) -> None:
    """A key that isn't the right one looks like tampering from the beginning, and that is said."""
    wrong = [Finding(Problem.CHANGED, 1, HOURS[0])] * 2
    assert wrong == await auditor.findings(b"another key")
    await two.run("UPDATE audit SET action = 'nothing' WHERE action = 'first 0'")
    said = (await auditor.says())[0]
    assert said.endswith(" If audit.key isn't the key that it was sealed with, it looks the same.")


async def test_a_tail_that_was_cut_off(two: Two, auditor: Auditor) -> None:
    """The heads tell how much is missing; without them it is said that it can't be seen."""
    await two.run("DELETE FROM audit WHERE seal > 1 AND program_id = 1")
    await two.run("DELETE FROM seal WHERE number > 1 AND program_id = 1")
    assert [Finding(Problem.CUT_OFF, 2, HOURS[1], HOURS[2], 3), None] == await auditor.findings()
    told = (
        "one: DOES NOT HOLD. The end was cut off: seals 2 to 3, the newest made 2026-03-02 12:00 UTC, are noted in "
        f"audit.heads, and are gone. What comes before holds: {HELD}."
    )
    assert told == (await auditor.says())[0]
    auditor.heads.file.unlink()
    assert [None, None] == await auditor.findings()


async def test_a_log_that_is_gone_whole(two: Two, auditor: Auditor) -> None:
    """Nothing is left that could be broken, but the heads tell that there was something."""
    await two.run("DELETE FROM audit")
    await two.run("DELETE FROM seal")
    gone = Finding(Problem.CUT_OFF, 1, HOURS[0], HOURS[2], 3)
    assert [gone, gone] == await auditor.findings()


async def test_a_tail_that_was_cut_off_and_grew_again(two: Two, auditor: Auditor, tmp_path: Path) -> None:
    """A bot that goes on sealing after the cut doesn't hide it."""
    await two.run("DELETE FROM audit WHERE seal > 1 AND program_id = 1")
    await two.run("DELETE FROM seal WHERE number > 1 AND program_id = 1")
    for action in ("later", "later still", "much later"):
        await note(two, two.one, action)
        await Sealer(Core(two.database, ()), tmp_path / "audit.key").seal()
    assert [Finding(Problem.SEALED_ANEW, 2, HOURS[1]), None] == [
        finding and Finding(finding.problem, finding.seal, HOURS[1]) for finding in await auditor.findings()
    ]


async def resealed(two: Two, key: bytes) -> None:
    """Change the beginning and make all seals anew."""
    await two.run("UPDATE audit SET action = 'nothing' WHERE action = 'first 0' AND program_id = 1")
    async with two.work() as work:
        await work.audit.unseal()
        while await work.audit.seal(key, limit=2):
            pass


async def test_a_chain_made_anew_without_the_key(two: Two, auditor: Auditor) -> None:
    """Whoever has the database alone can't make it."""
    await resealed(two, b"a guess")
    assert [Finding(Problem.CHANGED, 1, HOURS[0]), None] == await auditor.findings()


async def test_a_chain_made_anew_with_the_key(two: Two, auditor: Auditor) -> None:
    """Whoever has the key as well still can't change the heads that were written elsewhere."""
    await resealed(two, auditor.key_file.read_bytes())
    assert [Finding(Problem.SEALED_ANEW, 1, HOURS[0]), None] == await auditor.findings()
    assert "Somebody who has the key has sealed it anew." in (await auditor.says())[0]


async def test_every_head_that_was_kept_counts(two: Two, auditor: Auditor) -> None:
    """Also those between, of a file that was begun late or of which a part is lost."""
    lines = auditor.heads.file.read_text().splitlines()
    assert 6 == len(lines)
    (kept,) = [line for line in lines if line.startswith(f"{two.one.program} 2:")]
    auditor.heads.file.write_text(f"{kept.partition('+')[0].rpartition(' ')[0]}\n")
    assert [None, None] == await auditor.findings()
    await resealed(two, auditor.key_file.read_bytes())
    assert [Finding(Problem.SEALED_ANEW, 2, None), None] == await auditor.findings()


async def test_a_restored_backup_is_no_tampering(two: Two, auditor: Auditor) -> None:
    """What it undid is told, and what is sealed from then on counts as before."""
    await two.run("DELETE FROM audit WHERE seal > 1 AND program_id = 1")
    await two.run("DELETE FROM seal WHERE number > 1 AND program_id = 1")
    auditor.heads.add_restored(await verifying.newest_seals(auditor.url, two.clock.now), two.clock.now())
    assert [None, None] == await auditor.findings()
    assert (await auditor.says())[1].startswith("one: seals 2 to 3 are left out.")
    await note(two, two.one, "later")
    await Sealer(Core(two.database, ()), auditor.key_file).seal()
    assert [None, None] == await auditor.findings()
    await two.run("DELETE FROM audit WHERE seal > 1 AND program_id = 1")
    await two.run("DELETE FROM seal WHERE number > 1 AND program_id = 1")
    assert [Problem.CUT_OFF, None] == [finding and finding.problem for finding in await auditor.findings()]


async def test_a_program_that_is_gone(two: Two, auditor: Auditor) -> None:
    """Its heads tell that there was one."""
    auditor.heads.add(7, "1:" + "0" * 64, MONDAY + timedelta(days=1))
    assert "Program 7: DOES NOT HOLD. The end was cut off" in (await auditor.says())[2]


async def test_sealing_goes_on_while_one_looks(two: Two, auditor: Auditor) -> None:
    """A look is of one moment: what is sealed meanwhile is neither missed nor half seen."""
    sealer = Sealer(Core(two.database, ()), auditor.key_file)

    async def go_on() -> None:
        for number in range(30):
            await note(two, two.one, f"{number}")
            await sealer.seal()

    going_on = asyncio.create_task(go_on())
    while not going_on.done():
        assert [None, None] == await auditor.findings()
    await going_on

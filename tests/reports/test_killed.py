"""A bot that is killed while people report: what was sent is there whole or not at all, and nothing is in clear."""

from pathlib import Path
from random import Random

import pytest

from bot.clock import SetClock
from bot.reports.contents import unpack
from bot.reports.sealing import Unreadable, by_code, receipt, reopen, session_id, unseal, unwrap
from storage.cases import Case, Cases
from storage.report_drafts import ReportDrafts
from storage.report_tables import RECOVERY
from storage.work import Work
from tests.reports.killing import MARK, TRANSACTIONS, Known, Life, killed, known
from tests.reports.twins import bot_on, prepare
from tests.world import MONDAY

FEW, MANY = 8, 80  # kills


@pytest.mark.only_on("playground")  # it is about what stands behind every platform
async def test_killed_at_any_moment(tmp_path: Path, *, often: bool) -> None:
    """Whoever was told that it is sent finds all of it with the code; what wasn't waits, and opens to its writer."""
    folder = tmp_path / "data"
    folder.mkdir()
    file, said = folder / "mentorbot.db", tmp_path / "known"
    ravi, rosa, recovery = await prepare(file)
    theirs: list[Known] = []
    given_up: set[str] = set()  # drafts of an earlier life, which nobody keeps
    random = Random(8)  # noqa: S311 - nothing secret is drawn here
    for number in range(MANY if often else FEW):
        ends_at = random.choice(TRANSACTIONS) if number % 2 else None
        killed(Life(file, folder / "log", said, number, ends_at), random)
        theirs = [one for one in known(said) if one.code not in given_up]
        nothing_in_clear(folder, theirs)
        async with bot_on(file, SetClock(MONDAY)) as bot, bot.core.database.work(1) as work:
            for one in theirs:
                if not await is_whole(work, one, [rosa, ravi, recovery]):
                    given_up.add(one.code)
            await drafts_are_shut(work, theirs)
        nothing_in_clear(folder, theirs)
    assert any(one.replied for one in theirs)


def nothing_in_clear(folder: Path, theirs: list[Known]) -> None:
    """Look into every file, as it was left."""
    for file in folder.rglob("*"):
        content = file.read_bytes()
        found = [
            word
            for word in (MARK, *(one.code for one in theirs), *(one.token for one in theirs))
            if word.encode() in content
        ]
        assert [] == found, file


async def is_whole(work: Work, one: Known, secrets: list[str]) -> bool:
    """Look at a report as its writer, and as all who may read it; or at its draft. Return whether it was sent."""
    case = await work.of(Cases).by_receipt(receipt(one.code))
    draft = await work.of(ReportDrafts).lock(session_id(one.token))
    assert (case is None) == (draft is not None)
    assert case is not None or not one.is_sent
    if case is None:
        assert MARK.encode() in reopen(draft or b"", one.token)
        return False
    lines = await opened(work, case, one, secrets)
    assert 1 == sum("what" in line for line in lines)
    assert one.replied <= sum("And" in line for line in lines)
    return True


async def opened(work: Work, case: Case, one: Known, secrets: list[str]) -> list[str]:
    """Open all entries with each key that opens the report; they agree."""
    names = (await work.of(Cases).readers([case.id]))[case.id]
    assert {"m4", "m5", RECOVERY} == names
    wrapped = [await work.of(Cases).wrapped(case.id, name) or b"" for name in sorted(names)]
    own = {by_code(case.coded, one.code), *(unwrap(sealed, key) for sealed, key in zip(wrapped, secrets, strict=True))}
    (secret,) = own
    found = [unpack(case.id, unseal(entry.sealed, secret)) for entry in await work.of(Cases).entries(case.id)]
    return [repr(vars_of(content)) for content in found]


def vars_of(content: object) -> dict[str, object]:
    """Return what is in a line."""
    return {name: getattr(content, name) for name in content.__dataclass_fields__}  # type: ignore[attr-defined]


async def drafts_are_shut(work: Work, theirs: list[Known]) -> None:
    """Try everything that is known on each draft: it opens to its own token alone."""
    tokens = [one.token for one in theirs]
    for token in tokens:
        sealed = await work.of(ReportDrafts).lock(session_id(token))
        for other in tokens if sealed is not None else ():
            if other != token:
                with pytest.raises(Unreadable):
                    reopen(sealed or b"", other)

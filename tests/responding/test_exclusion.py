"""Who can't read a report: shown by what doesn't open, whatever they hold in their hands."""

import io
from collections.abc import Collection
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.people import Role
from bot.reports.contents import Kind, Line, Told, pack
from bot.reports.sealing import Unreadable, by_code, by_session, seal, session_id, unseal, unwrap
from storage.cases import Cases, new_id
from storage.members import Members
from storage.report_tables import entries
from storage.responders import Responders
from tests.responding.reporting import (
    PASSPHRASE,
    audited,
    opens,
    outside_contact,
    reported,
    responder,
    unlocks,
    whole,
    writes,
)
from tests.storage.tables import every_row
from tests.world import World

MARK = "zqx77wv"
REFUSALS = ("no such report", "is locked again", "from an older message")


def token_of(actions: dict[str, str]) -> str:
    """Return the token in an answer's buttons."""
    return actions["All reports"].split(":")[1]


async def test_who_is_excluded_has_nothing_that_opens(riverside: World) -> None:
    """Named, excluded or too close: with their own key, and all that lies in the database, nothing of it opens."""
    ravis, rosas = await responder(riverside, "ravi", "rosa")
    made = await reported(riverside, f"About Ravi {MARK}", excluded=("ravi",), readers=("rosa",))
    async with riverside.database.work(1) as work:
        names = await work.of(Cases).readers([made.case.id])
        wrapped = [await work.of(Cases).wrapped(made.case.id, name) for name in names[made.case.id]]
        sealed = [one.sealed for one in await work.of(Cases).entries(made.case.id)]
    for blob in (*wrapped, *sealed, made.case.hidden, made.case.coded):
        with pytest.raises(Unreadable):
            unseal(blob or b"", ravis)
    assert [made.secret] == [unwrap(blob or b"", rosas) for blob in wrapped]
    with pytest.raises(Unreadable):
        by_code(made.case.coded, "1" * 25)


async def test_who_is_excluded_does_not_learn_of_it(riverside: World) -> None:
    """It is in no list of theirs; its id, guessed or told, leads nowhere, and so does anybody else's token."""
    await responder(riverside, "ravi", "rosa")
    made = await reported(riverside, excluded=("ravi",), readers=("rosa",))
    own = await reported(riverside, "For Ravi")
    assert made.name not in await riverside.asks("ravi", "/mentor reports")
    listed = await unlocks(riverside)
    assert made.name not in listed.text
    rosas = token_of(dict((await opens(riverside, made, "rosa")).buttons))
    ravis = token_of(dict((await opens(riverside, own)).buttons))
    before = await every_row(riverside.database)
    for case_id in (made.case.id, 1, 10**18 - 1):
        for token in (ravis, rosas, "x" * 22, "-", ""):
            for name in ("read", "take", "take_over", "ask", "answer", "acknowledge", "note", "close", "aside"):
                said = await riverside.driver.presses("ravi", f"responding.{name}:{case_id}:{token}")
                assert any(one in said.text for one in REFUSALS), (name, token, said)
            for form in (f"written:{case_id}:a:5:0:{token}", f"closed:{case_id}:5:{token}"):
                sent = await riverside.driver.submits("ravi", f"responding.{form}", {"text": "x", "outcome": "done"})
                assert any(one in sent.wrong for one in REFUSALS), (form, sent)
            for name in ("step_aside", "reopen"):
                said = await riverside.driver.presses("ravi", f"responding.{name}:{case_id}:{token}")
                assert any(one in said.text for one in REFUSALS), (name, token, said)
    assert before == await every_row(riverside.database)


async def test_a_token_is_its_owners_alone(riverside: World) -> None:
    """With somebody else's token nothing opens, although the case would; nor after the role was taken away."""
    await responder(riverside, "ravi", "rosa")
    made = await reported(riverside, readers=("ravi", "rosa"))
    rosas = await opens(riverside, made, "rosa")
    token = token_of(dict(rosas.buttons))
    stolen = await riverside.driver.presses("ravi", f"responding.read:{made.case.id}:{token}")
    assert "is locked again" in stolen.text
    async with riverside.database.work(1) as work:
        rosa = await riverside.member(work, "rosa")
        await work.of(Members).change(rosa, roles=frozenset({Role.COORDINATOR}))
    assert "What happened" not in (await riverside.driver.presses("rosa", "Take it", rosas)).text


async def test_the_database_alone_opens_nothing(riverside: World) -> None:
    """What is unlocked is kept under a key that stands in the private answer's buttons alone."""
    (secret,) = await responder(riverside, "ravi")
    listed = await unlocks(riverside)
    token = listed.buttons["Lock now"].split(":")[1]
    async with riverside.database.work(1) as work:
        ravi = await riverside.member(work, "ravi")
        sealed = await work.of(Responders).unlocked(session_id(token), ravi)
    assert secret == by_session(sealed or b"", token)
    with pytest.raises(Unreadable):
        by_session(sealed or b"", "A" * 22)
    assert token not in repr(await every_row(riverside.database, noted=True))


async def test_what_was_swapped_is_noticed(riverside: World) -> None:
    """Entries or secrets that were moved from one report to another don't open there, and that is said."""
    await responder(riverside, "ravi")
    one, other, third = [await reported(riverside, f"{word} {MARK}") for word in ("First", "Second", "Third")]
    async with riverside.database.connect() as conn:
        await conn.execute(update(entries).where(entries.c.case_id == one.case.id).values(case_id=other.case.id))
    assert "doesn't open" in (await opens(riverside, one)).text
    shown = await opens(riverside, other)
    assert "Something in this report doesn't open" in shown.text
    assert "First" not in shown.text
    async with riverside.database.work(1) as work:
        wrapped = await work.of(Cases).wrapped(other.case.id, "m5")
        await work.of(Cases).wrap(third.case.id, "m5", wrapped or b"")
    assert "doesn't open" in (await opens(riverside, third)).text


async def test_what_belongs_elsewhere_is_noticed(riverside: World) -> None:
    """What was said in another report doesn't count, although somebody sealed it for this one."""
    await responder(riverside, "ravi")
    one, other = await reported(riverside, "First"), await reported(riverside, "Second")
    line = Line(Kind.ANSWER, None, MARK, riverside.clock.now())
    async with riverside.database.work(1) as work:
        await work.of(Cases).write(one.case.id, new_id(), seal(pack(other.case.id, line), [one.case.public]))
    shown = await opens(riverside, one)
    assert "Something in this report doesn't open" in shown.text
    assert MARK not in shown.text


async def test_words_are_nowhere_in_clear(tmp_path: Path, riverside: World, log: io.StringIO) -> None:
    """Whatever responders write and read is in no log, table, message, file of the database or audit row."""
    await responder(riverside, "ravi", "rosa")
    await outside_contact(riverside)
    names = ("what", "concerned", "when", "where", "wish", "reach", "others", "quote")
    told = Told("money", **{name: f"{sign}{MARK}" for name, sign in zip(names, "abcdefgh", strict=True)})  # type: ignore[arg-type]
    made = await reported(riverside, told, by="lena", readers=("ravi", "rosa"))
    shown = await opens(riverside, made)
    read = await whole(riverside, shown)
    assert [] == [sign for sign in "abcdefgh" if f"{sign}{MARK}" not in read]
    for button in ("Ask …", "Answer …", "Note …", "Say that it is read …"):
        shown = await writes(riverside, shown, button, f"i{MARK}")
    form = (await riverside.driver.presses("ravi", "Close …", shown)).form
    assert form is not None
    await riverside.driver.submits("ravi", form, {"outcome": "done", "text": f"j{MARK}"})
    entry = (await riverside.driver.presses("ravi", "responding.enter")).form
    assert entry is not None
    typed = {"must_not": "nobody", "kind": "money", "danger": "no"}
    words = dict.fromkeys(("what", "concerned", "when", "where", "wish", "reach"), f"k{MARK}")
    assert "kept, locked" in (await riverside.driver.submits("ravi", entry, {**typed, **words})).text
    await riverside.passes(days=2)
    for user in ("lena", "amara", "ravi", "rosa"):
        assert MARK not in repr([one.texts for one in await riverside.inbox(user)])
        assert MARK not in repr(await riverside.driver.commands(user, "/mentor data"))
    rows = repr(await every_row(riverside.database, noted=True))
    for secret in (MARK, PASSPHRASE, "money", made.secret, made.code):
        assert secret not in rows
        assert secret not in log.getvalue()
    assert [] == _in_files(tmp_path, (MARK, PASSPHRASE, made.secret, made.code))
    async with riverside.database.work(1) as work:
        subjects = {f"case:{case.name}" for case in await work.of(Cases).every()}
    assert {"", *subjects} == {subject for _, subject in await audited(riverside)}


def _in_files(folder: Path, words: Collection[str]) -> list[tuple[str, str]]:
    """Return which words stand in which files as they are, but for the pretended platform's own."""
    files = [one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("playground")]
    assert not (folder / "mentorbot.db").exists() or (folder / "mentorbot.db-wal").exists()
    return [(one.name, word) for one in files for word in words if word.encode() in one.read_bytes()]

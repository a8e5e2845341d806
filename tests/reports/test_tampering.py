"""Who must not read a report holds nothing that opens it; whoever reads it notices what was changed from outside."""

from collections.abc import Collection
from dataclasses import dataclass

import pytest
from sqlalchemy import Column, Table, select, update

from bot.reports.contents import Told, pack
from bot.reports.sealing import Unreadable, identity, read_code, receipt, seal, unhide, unseal, unwrap
from storage.report_tables import OUTSIDE, RECOVERY, cases, entries, reader, wraps
from storage.responders import Responders
from tests.drivers.driver import Seen
from tests.reports.making import PASSPHRASE, looks, reports, responders, the_case
from tests.responding.reporting import unlocks
from tests.world import SECRET, World

CHANGED = "doesn't open"
READERS = ("ravi", "rosa", "noor", "amara")


async def sealed(riverside: World, table: Table, column: Column[bytes]) -> dict[object, bytes]:
    """Return what is sealed in a column, by key."""
    key = wraps.c.reader if table is wraps else table.c.id
    async with riverside.database.connect() as conn:
        return {row[0]: row[1] for row in await conn.execute(select(key, column))}


async def test_who_must_not_read_holds_nothing_that_opens(riverside: World) -> None:
    """Excluded, named, or too close to one who is: each key is tried on all that lies there, and opens none of it."""
    keys = await responders(riverside, *READERS)
    strangers = {OUTSIDE: identity(), RECOVERY: identity()}
    async with riverside.database.work(1) as work:
        await work.of(Responders).put_too_close(keys.ids["noor"], [keys.ids["ravi"]])
        await work.of(Responders).put_contact(**{name: public for name, (_, public) in strangers.items()})
    await reports(riverside, who={"must_not": str(keys.ids["ravi"])}, concerned="It is about Rosa Delgado")
    wrapped = await sealed(riverside, wraps, wraps.c.sealed)
    assert {reader(keys.ids["amara"]), RECOVERY} == set(wrapped)
    there = [*wrapped.values(), *(await sealed(riverside, entries, entries.c.sealed)).values()]
    there += [(await the_case(riverside)).hidden, (await the_case(riverside)).coded]
    for secret in (*(keys.secrets[user] for user in ("ravi", "rosa", "noor")), strangers[OUTSIDE][0]):
        assert 0 == opened(there, secret)
    for secret in (keys.secrets["amara"], strangers[RECOVERY][0]):
        assert 1 == opened(there, secret)
        (own,) = {unwrap(one, secret) for one in wrapped.values() if opened([one], secret)}
        assert 1 == opened(there, own)


async def test_only_the_outside_contact_opens_what_nobody_is_sure_of(riverside: World) -> None:
    """No responder's key opens anything then."""
    keys = await responders(riverside, *READERS)
    outside, public = identity()
    async with riverside.database.work(1) as work:
        await work.of(Responders).put_contact(outside=public)
    await reports(riverside, who={"must_not": "unsure"})
    wrapped = await sealed(riverside, wraps, wraps.c.sealed)
    assert {OUTSIDE} == set(wrapped)
    assert [0] * len(READERS) == [opened(wrapped.values(), secret) for secret in keys.secrets.values()]
    assert 1 == opened(wrapped.values(), outside)


def opened(there: Collection[bytes], secret: str) -> int:
    """Return how many of these a secret key opens."""
    found = 0
    for one in there:
        try:
            unseal(one, secret)
        except Unreadable:
            continue
        found += 1
    return found


@dataclass(frozen=True)
class Change:
    """A column of the first report that is changed from outside, and who notices it."""

    column: Column[bytes]
    by_reader: bool
    by_code: bool


CHANGES = {
    "what was told": Change(entries.c.sealed, by_reader=True, by_code=True),
    "the reader's key to it": Change(wraps.c.sealed, by_reader=True, by_code=False),
    "the code's key to it": Change(cases.c.coded, by_reader=False, by_code=True),
}


async def put(riverside: World, column: Column[bytes], case_id: int, content: bytes) -> None:
    """Put something else into a report's row."""
    key = cases.c.id if column.table is cases else column.table.c.case_id
    async with riverside.database.connect() as conn:
        await conn.execute(update(column.table).where(key == case_id).values({column.name: content}))


async def content(riverside: World, column: Column[bytes], case_id: int) -> bytes:
    """Return what stands there."""
    key = cases.c.id if column.table is cases else column.table.c.case_id
    async with riverside.database.connect() as conn:
        return (await conn.execute(select(column).where(key == case_id))).scalar_one()


async def two(riverside: World) -> tuple[list[str], list[int], list[str]]:
    """Let two reports have been made; return their codes, ids and names."""
    await responders(riverside, "ravi")
    codes = [await reports(riverside, what=f"The {number} report") for number in ("first", "second")]
    found = {receipt(read_code(code)): number for number, code in enumerate(codes)}
    async with riverside.database.connect() as conn:
        rows = (await conn.execute(select(cases.c.receipt, cases.c.id, cases.c.name))).all()
    ordered = sorted(rows, key=lambda row: found[row.receipt])
    return codes, [row.id for row in ordered], [row.name for row in ordered]


async def shown_to_ravi(riverside: World, name: str) -> Seen:
    """Open a report as its reader does."""
    listed = await unlocks(riverside, passphrase=PASSPHRASE)
    return await riverside.driver.presses("ravi", f"Open {name}", listed)


@pytest.mark.parametrize("name", CHANGES)
async def test_what_was_swapped_or_changed_is_noticed(riverside: World, name: str) -> None:
    """Taken from another report, or with one bit changed: that is said, and nothing of the other report is shown."""
    codes, ids, names = await two(riverside)
    change = CHANGES[name]
    own, others = [await content(riverside, change.column, id_) for id_ in ids]
    for other in (others, *(flipped(own, at) for at in (0, len(own) // 2, len(own) - 1))):
        await put(riverside, change.column, ids[0], other)
        by_reader, by_code = await shown_to_ravi(riverside, names[0]), await looks(riverside, codes[0])
        told = [by_reader.text + by_reader.wrong, by_code.text + by_code.wrong]
        noticed = tuple(CHANGED in one for one in told)
        assert (change.by_reader, change.by_code) == noticed, told
        assert "The second report" not in "".join(told)
    await put(riverside, change.column, ids[0], own)
    assert CHANGED not in (await looks(riverside, codes[0])).text


async def test_what_was_sealed_anew_is_noticed(riverside: World) -> None:
    """Anybody can seal for a report; what says inside that it is another one's doesn't count."""
    codes, ids, names = await two(riverside)
    async with riverside.database.connect() as conn:
        public = (await conn.execute(select(cases.c.public).where(cases.c.id == ids[0]))).scalar_one()
    await put(riverside, entries.c.sealed, ids[0], seal(pack(ids[1], Told("money", "The second report")), [public]))
    for seen in (await shown_to_ravi(riverside, names[0]), await looks(riverside, codes[0])):
        assert CHANGED in seen.text
        assert "The second report" not in seen.text


async def test_what_was_taken_away_is_noticed(riverside: World) -> None:
    """A report without what was told first isn't shown as if all were there."""
    codes, ids, names = await two(riverside)
    async with riverside.database.connect() as conn:
        await conn.execute(entries.delete().where(entries.c.case_id == ids[0]))
    assert CHANGED in (await shown_to_ravi(riverside, names[0])).text
    assert CHANGED in (await looks(riverside, codes[0])).text


async def test_what_the_bot_knows_is_of_one_report_alone(riverside: World) -> None:
    """Who reported, and who must not learn of it, can't be moved to another report."""
    _, ids, _ = await two(riverside)
    one, other = [await content(riverside, cases.c.hidden, id_) for id_ in ids]
    assert not unhide(SECRET, ids[0], one).outside
    for changed in (other, flipped(one, 20)):
        with pytest.raises(Unreadable):
            unhide(SECRET, ids[0], changed)


def flipped(content: bytes, at: int) -> bytes:
    """Return it with one bit changed."""
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

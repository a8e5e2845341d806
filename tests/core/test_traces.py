"""What is stored of somebody can be had, and forgotten."""

from storage.work import STORES
from tests.core.traces import OF_OTHERS, PEOPLE, forget, holding, lived, rows_without
from tests.storage.tables import every_row
from tests.world import NOOR, World


async def test_a_member_can_have_whatever_is_stored_of_them(riverside: World) -> None:
    """The stores together give every row in which a member's id stands, but for what others alone may know."""
    ids = await lived(riverside)
    rows = await every_row(riverside.database, noted=True)
    for user, member_id in ids.items():
        given: dict[str, list[tuple[object, ...]]] = {}
        async with riverside.database.work(1) as work:
            for store in STORES:
                for name, found in (await work.of(store).of(member_id)).items():
                    given.setdefault(name, []).extend(tuple(row.values()) for row in found)
        for name, theirs in holding(rows, member_id, OF_OTHERS).items():
            assert (user, name, []) == (user, name, [row for row in theirs if row not in given.get(name, [])])


async def test_whoever_is_forgotten_is_in_no_row(riverside: World) -> None:
    """No table holds the member's id any more; what is about others alone stays as it is."""
    ids = await lived(riverside)
    before = await every_row(riverside.database, noted=True)
    for user, member_id in ids.items():
        after = await rows_without(riverside.database, member_id)
        assert (user, {}) == (user, holding(after, member_id))
        for other in set(PEOPLE) - {user}:
            theirs, still = holding(before, ids[other]), holding(after, ids[other])
            for name in ("member", "account", "pause", "delivery"):
                assert (user, other, name, theirs.get(name)) == (user, other, name, still.get(name))
        assert before["audit"] == after["audit"]
    assert before == await every_row(riverside.database, noted=True)


async def test_the_bot_goes_on_without_whoever_is_forgotten(riverside: World) -> None:
    """Alarms and messages about somebody who is forgotten hurt nobody else."""
    ids = await lived(riverside)
    await riverside.says("lena")
    await riverside.says("amara", NOOR)
    await riverside.passes(hours=2)
    await forget(riverside.database, ids["noor"])
    for user in ("amara", "lena", "rosa"):
        assert "back" in await riverside.asks(user, "/mentor back")
    await riverside.passes(days=20)
    assert "Lena Vogt wrote to you" in (await riverside.inbox("amara"))[-1].text
    assert "Noor" not in await riverside.asks("amara", "/mentor waiting")
    assert "Noor" not in await riverside.asks("amara", "/mentor rate why")

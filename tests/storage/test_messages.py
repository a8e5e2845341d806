"""Messages as the fact: in whatever order, however often and however many they come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations

from storage.messages import Messages, NewMessage
from storage.reactions import NewReaction, Reactions
from storage.work import Work
from tests.storage.programs import HOUR, MONDAY, Two
from tests.storage.tables import changed, every_row

MANY = 1_000


def said(two: Two, external: str, at: datetime = MONDAY, *, deleted: bool = False) -> NewMessage:
    """Return a message of the mentee's; one that is only known as deleted has no author."""
    author = None if deleted else two.one.mentee
    return NewMessage(two.one.pairing, two.one.space, external, author, at, deleted=deleted)


def reacted(two: Two, external: str, reaction: str = "thumbsup", at: datetime = MONDAY) -> NewReaction:
    """Return a reaction of the mentor's."""
    return NewReaction(two.one.space, external, two.one.mentor, reaction, at)


async def there(work: Work, two: Two, since: datetime = MONDAY - HOUR) -> list[str]:
    """Return the messages that are there, in order."""
    return [row.external for row in await work.of(Messages).since({two.one.pairing: since})]


async def reactions(work: Work, two: Two, since: datetime = MONDAY - HOUR) -> list[str]:
    """Return the reactions that are there, in order."""
    return [row.reaction for row in await work.of(Reactions).since({two.one.pairing: since})]


async def test_a_message_is_remembered_once(two: Two) -> None:
    """Whoever delivers it again, with whatever else, changes nothing."""
    async with two.work() as work:
        await work.of(Messages).add([said(two, "1"), said(two, "1"), said(two, "2", MONDAY - HOUR)])
        first = await work.of(Messages).find(two.one.space, "1")
        await work.of(Messages).add([said(two, "1", MONDAY + HOUR)])
        assert first == await work.of(Messages).find(two.one.space, "1")
        assert ["2", "1"] == await there(work, two)
        assert {"1", "2"} == await work.of(Messages).known_since(two.one.space, MONDAY - HOUR)


async def test_what_was_deleted_stays_gone(two: Two) -> None:
    """Also if its deletion comes before it, or twice."""
    async with two.work() as work:
        store = work.of(Messages)
        await store.mark_deleted([said(two, "1", deleted=True), said(two, "2", deleted=True)])
        await store.add([said(two, "1"), said(two, "3")])
        await store.mark_deleted([said(two, "2", deleted=True)])
        assert ["3"] == await there(work, two)
        assert (None, None) == (await store.find(two.one.space, "1"), await store.find(two.one.space, "2"))
        assert {"3"} == await store.known_since(two.one.space, MONDAY - HOUR)
        await store.mark_deleted([said(two, "3", deleted=True)])


async def test_every_order_gives_the_same(two: Two) -> None:
    """A message, a reaction and a deletion, in whatever order they come."""
    async with two.work() as work:
        store = work.of(Messages)
        for number, order in enumerate(permutations(("said", "reacted", "deleted", "said"))):
            external = str(number)
            for step in order:
                if step == "said":
                    await store.add([said(two, external)])
                elif step == "reacted":
                    await work.of(Reactions).add([reacted(two, external)])
                else:
                    await store.mark_deleted([said(two, external, deleted=True)])
        assert [] == await there(work, two)
        assert [] == await reactions(work, two)


async def test_a_reaction_waits_for_its_message(two: Two) -> None:
    """One that comes first counts as soon as its message is there; one that is taken away doesn't."""
    async with two.work() as work:
        store = work.of(Messages)
        await work.of(Reactions).add([reacted(two, "1"), reacted(two, "1"), reacted(two, "1", "heart", MONDAY - HOUR)])
        assert [] == await reactions(work, two)
        await store.add([said(two, "1")])
        assert ["heart", "thumbsup"] == await reactions(work, two)
        await work.of(Reactions).take([reacted(two, "1", "heart"), reacted(two, "2", "heart")])
        assert ["thumbsup"] == await reactions(work, two)


async def test_an_instant_belongs_to_what_is_since_it(two: Two) -> None:
    """From the instant on; what is earlier is left out, and so are its reactions."""
    async with two.work() as work:
        await work.of(Messages).add([said(two, "before", MONDAY - timedelta(microseconds=1)), said(two, "at")])
        await work.of(Reactions).add([reacted(two, "before", "heart"), reacted(two, "at")])
        assert ["at"] == await there(work, two, MONDAY)
        assert ["thumbsup"] == await reactions(work, two, MONDAY)
        assert {"at"} == await work.of(Messages).known_since(two.one.space, MONDAY)
        both = [two.one.space, two.other.space]
        assert {two.one.space: MONDAY} == await work.of(Messages).last_known(both, MONDAY + HOUR)
        earlier = MONDAY - timedelta(microseconds=1)
        assert {two.one.space: earlier} == await work.of(Messages).last_known(both, MONDAY)
        assert MONDAY == await work.of(Messages).newest()
        assert {two.one.pairing: MONDAY} == await work.of(Messages).older(MONDAY, after=0, limit=10)
        assert {} == await work.of(Messages).older(MONDAY - HOUR, after=0, limit=10)
        assert {} == await work.of(Messages).older(MONDAY, after=two.one.pairing, limit=10)
        assert {(two.one.space, "at"): MONDAY} == await work.of(Messages).instants(
            [(two.one.space, "at"), (two.one.space, "nothing"), (two.other.space, "at")]
        )


async def test_old_messages_are_deleted_with_their_reactions(two: Two) -> None:
    """Each by its own time: what is younger stays."""
    async with two.work() as work:
        store = work.of(Messages)
        await store.add([said(two, "old", MONDAY - HOUR), said(two, "new")])
        await work.of(Reactions).add([reacted(two, "old", at=MONDAY - HOUR), reacted(two, "new")])
        await work.of(Reactions).purge(two.one.pairing, MONDAY)
        await store.purge(two.one.pairing, MONDAY)
    rows = await every_row(two.database)
    assert ["new"] == [row[4] for row in rows["message"]]
    assert ["new"] == [row[1] for row in rows["reaction"]]


async def test_nothing_is_no_fault(two: Two) -> None:
    """Empty batches change nothing."""
    before = await every_row(two.database)
    async with two.work() as work:
        store = work.of(Messages)
        empty: Sequence[NewMessage] = ()
        await store.add(empty)
        await store.mark_deleted(empty)
        await work.of(Reactions).add(())
        await work.of(Reactions).take(())
        assert {} == await store.instants(())
        assert {} == await store.last_known((), MONDAY)
    assert set() == changed(before, await every_row(two.database))


async def test_many_are_one_batch(two: Two) -> None:
    """A history that is caught up with comes a thousand at a time."""
    async with two.work() as work:
        store = work.of(Messages)
        numbers = list(map(str, range(MANY)))
        await store.add([said(two, number) for number in numbers])
        await work.of(Reactions).add([reacted(two, number) for number in numbers])
        assert MANY == len(await there(work, two))
        assert MANY == len(await store.instants([(two.one.space, number) for number in numbers]))
        await work.of(Reactions).take([reacted(two, number) for number in numbers])
        await store.mark_deleted([said(two, number, deleted=True) for number in numbers])
        assert [] == await there(work, two)

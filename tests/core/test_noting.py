"""What a platform tells is noted at once, and worked out in the next lull, by whoever is there."""

import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import journal
from bot.calls import Command, Deleted, Found, Lost, Observation, Posted, Reacted
from bot.core import Core
from bot.facts import MessagesChanged
from bot.feature import Feature
from bot.features import FEATURES
from bot.people import Account, Place
from storage.journal import Journal
from storage.messages import Messages
from storage.pairings import Pairings
from tests.storage.tables import changed, every_row
from tests.world import LENA, MONDAY, World

SPACE = Place("playground", "riverside", LENA)
MINUTE = timedelta(minutes=1)

names = st.text(max_size=20)
instants = st.integers(0, 10**7).map(lambda minutes: MONDAY + minutes * timedelta(minutes=1, microseconds=7))
observations: st.SearchStrategy[Observation] = st.one_of(
    st.builds(Posted, st.just(SPACE), names, names, instants, st.frozensets(names, max_size=3)),
    st.builds(Deleted, st.just(SPACE), names, instants),
    st.builds(Reacted, st.just(SPACE), names, names, names, instants, st.booleans()),
    st.builds(Lost, st.just(SPACE), instants),
    st.builds(Found, st.just(SPACE), instants),
)


def posts(*names: str) -> list[Observation]:
    """Return messages of a mentee's."""
    return [Posted(SPACE, name, "lena", MONDAY + number * MINUTE) for number, name in enumerate(names)]


async def noted(world: World) -> int:
    """Return how many pages are still to be worked out."""
    (program,) = await world.core.programs()
    async with world.core.at_work(program) as context:
        return len(await context.work.of(Journal).oldest(1000, 10**9))


async def known(world: World) -> list[str]:
    """Return which messages are known."""
    (program,) = await world.core.programs()
    async with world.core.at_work(program) as context:
        return [row.external for row in await context.work.of(Messages).since({1: MONDAY - MINUTE})]


@given(st.lists(observations, max_size=5))
def test_what_is_written_down_is_read_again(seen: list[Observation]) -> None:
    """Word by word, whatever a platform's ids look like."""
    page = journal.page([journal.write(one) for one in seen])
    assert seen == journal.read(SPACE.platform, SPACE.workspace, page)
    assert page.isascii()


async def test_what_is_noted_outlives_the_bot(riverside: World) -> None:
    """If it ends before anything is worked out, whoever comes next does so, before an alarm rings."""
    await riverside.core.note(posts("1", "2"))
    assert (1, []) == (await noted(riverside), await known(riverside))
    await Core(riverside.database, FEATURES).ring()
    assert (0, ["1", "2"]) == (await noted(riverside), await known(riverside))


async def test_it_is_worked_out_by_itself(riverside: World) -> None:
    """In the next lull; nothing of the note is left."""
    await riverside.core.note(posts("1"))
    await riverside.core.note(posts("1", "2"))
    await riverside.core.settled()
    assert (0, ["1", "2"]) == (await noted(riverside), await known(riverside))


async def test_a_call_finds_what_was_noted_before(riverside: World) -> None:
    """Whoever asks right after writing isn't told of a moment ago."""
    amara = Account("playground", "riverside", "amara")
    await riverside.core.note(posts("1"))
    reply = await riverside.core.handle(Command("c1", amara, "mentor", "waiting"))
    assert "Lena" in getattr(reply, "plain", "")


async def test_what_was_noted_earlier_comes_first(riverside: World) -> None:
    """A space in which somebody wrote, and which is gone since, is gone."""
    await riverside.core.note(posts("1"))
    await riverside.core.ingest([Lost(SPACE, MONDAY + MINUTE)])
    await riverside.core.settled()
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        (space,) = (await context.work.of(Pairings).spaces_at([SPACE])).values()
    assert space.lost_at is not None


async def test_many_are_worked_out_in_their_order(riverside: World) -> None:
    """A reaction that was put and taken away again, at the ends of a long burst, is gone."""
    many = posts(*map(str, range(2_500)))
    put = Reacted(SPACE, "0", "amara", "thumbsup", MONDAY)
    taken = Reacted(SPACE, "0", "amara", "thumbsup", MONDAY + MINUTE, taken_away=True)
    await riverside.core.note([many[0], put, *many[1:], taken])
    await riverside.core.settled()
    rows = await every_row(riverside.database)
    assert (2_500, 0, 0) == (len(rows["message"]), len(rows["reaction"]), len(rows["journal"]))


async def test_what_happens_elsewhere_is_not_even_noted(riverside: World) -> None:
    """A conversation that is no pairing's space leaves no trace, not for a moment."""
    before = await every_row(riverside.database, noted=True)
    outside = Place("playground", "riverside", "general")
    await riverside.core.note([Posted(outside, "1", "lena", MONDAY), Lost(outside, MONDAY)])
    await riverside.core.note([Posted(Place("slack", "elsewhere", LENA), "2", "lena", MONDAY)])
    assert set() == changed(before, await every_row(riverside.database, noted=True))


@pytest.mark.parametrize(
    "bad",
    [
        Posted(SPACE, "\ud800", "lena", MONDAY),
        Posted(SPACE, "naive", "lena", MONDAY.replace(tzinfo=None)),
        Reacted(SPACE, "1", "lena", "\ud800", MONDAY),
    ],
    ids=["half a character", "no zone", "reaction"],
)
async def test_what_cannot_be_digested_is_set_aside(riverside: World, bad: Observation, log: io.StringIO) -> None:
    """Alone, with a line in the log: what was noted with it is remembered, and nothing is tried for ever."""
    await riverside.core.note([*posts("1"), bad, *posts("1", "2")])
    await riverside.core.settled()
    assert (0, ["1", "2"]) == (await noted(riverside), await known(riverside))
    assert 1 == log.getvalue().count("an observation was set aside")


def in_trouble(trouble: list[str]) -> Feature:
    """Return a feature that gets the database into trouble, once for each of these statements."""
    feature = Feature("troubled")

    @feature.on(MessagesChanged)
    async def run(context: object, fact: MessagesChanged) -> None:
        if trouble:
            raise OperationalError(trouble.pop(), {}, ConnectionError())

    return feature


async def test_a_database_in_trouble_is_asked_again(riverside: World, log: io.StringIO) -> None:
    """What could not be worked out stays noted for the next round."""
    core = Core(riverside.database, (*FEATURES, in_trouble(["SELECT 1"])))
    await core.note(posts("1"))
    await core.settled()
    assert (1, []) == (await noted(riverside), await known(riverside))
    assert "could not be worked out" in log.getvalue()
    await core.ring()
    assert (0, ["1"]) == (await noted(riverside), await known(riverside))


async def test_whoever_tells_hears_if_it_cannot_be_noted(riverside: World) -> None:
    """Nothing is acknowledged that isn't committed."""
    async with riverside.database.connect() as conn:
        await conn.execute(text("DROP TABLE journal"))
    with pytest.raises(Exception, match="journal"):
        await riverside.core.note(posts("1"))

"""How two people are doing, as a coordinator sees it: times and figures, and nobody's words."""

from datetime import timedelta

from storage.members import Role
from storage.pairings import Pairings
from storage.sessions import Sessions, State
from tests.asks.asking import change
from tests.feedback.meeting import met, writes
from tests.feedback.test_writing import FEEDBACK, NOTES, WRITTEN
from tests.goals.wanting import wants
from tests.platforms import on_each_platform
from tests.sessions.having import AGENDA, THURSDAY, books
from tests.world import World

CARD = "/mentor-admin pairing @amara @lena"


@on_each_platform
async def test_nothing_so_far(riverside: World) -> None:
    """Before anything has happened, the card says that."""
    card = await riverside.asks("rosa", CARD)
    assert "They haven't written to each other here yet." in card
    assert "Next session: none is booked" in card
    assert "Last session: none so far" in card
    assert "Notes and feedback: nobody was asked so far" in card


@on_each_platform
async def test_how_they_are_doing(riverside: World) -> None:
    """Last contact, sessions, goals and what was given stand on the card, without a word of it."""
    await riverside.says("lena")
    await met(riverside)
    await writes(riverside, "amara", NOTES, WRITTEN)
    await writes(riverside, "lena", FEEDBACK, {"rating": "4", "private": "I was nervous"})
    await wants(riverside, "Speak up")
    await books(riverside)
    card = await riverside.asks("rosa", CARD)
    assert "Last message: today" in card
    assert "Next session: Thursday 5 March, 18:00" in card
    assert "Last session: Monday 2 March 2026" in card
    assert "Goals: 1 now" in card
    assert "Notes and feedback: 2 of 3 given, the last on Monday 2 March 2026" in card
    assert [] == [word for word in (*WRITTEN.values(), "nervous", "Speak", AGENDA, "zoom") if word in card]


async def test_what_is_not_clear(riverside: World) -> None:
    """Sessions that are over and of which nobody has said anything, or both something else, are counted."""
    await books(riverside)
    unclear = await books(riverside, THURSDAY - timedelta(days=1))
    async with riverside.database.work(1) as work:
        await work.of(Sessions).change(unclear, state=State.UNCLEAR)
    await riverside.jobs.leap(riverside.clock, THURSDAY + timedelta(hours=3))
    card = await riverside.asks("rosa", CARD)
    assert "Of 2 sessions that are over it isn't clear whether they met." in card
    assert "Next session: none is booked" in card


async def test_ones_own_pairing(riverside: World) -> None:
    """A coordinator who is one of the two doesn't see there whether the other has given feedback."""
    await met(riverside)
    await riverside.jobs.round()
    assert "Notes and feedback: 0 of 3 given" in await riverside.asks("rosa", CARD)
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    assert "Notes and feedback" not in await riverside.asks("amara", CARD)


@on_each_platform
async def test_quiet_pairs(riverside: World) -> None:
    """After 30 days without a message, a session or one to come, a pair is among the quiet ones."""
    assert "No pairing fits" in await riverside.asks("rosa", "/mentor-admin pairs quiet")
    await riverside.says("lena")
    await riverside.passes(days=20)
    await riverside.says("amara")
    await riverside.passes(days=20)
    seen = await riverside.asks("rosa", "/mentor-admin pairs quiet")
    assert ("Lena Vogt" not in seen, "Noor" in seen) == (True, True)
    await riverside.passes(days=15)
    assert "Lena Vogt" in await riverside.asks("rosa", "/mentor-admin pairs quiet")
    session_id = await books(riverside, riverside.clock.now() + timedelta(days=40))
    assert "Lena Vogt" not in await riverside.asks("rosa", "/mentor-admin pairs quiet")
    async with riverside.database.work(1) as work:
        await work.of(Sessions).change(session_id, state=State.CANCELLED)
    assert "Lena Vogt" in await riverside.asks("rosa", "/mentor-admin pairs quiet")
    async with riverside.database.work(1) as work:
        await work.of(Pairings).change(1, made_at=work.now)
    assert "Lena Vogt" not in await riverside.asks("rosa", "/mentor-admin pairs quiet")

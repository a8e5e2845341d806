"""After a session both are asked whether they met; every answer is fine, and nobody has to accuse anybody."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.calls import Press
from storage.members import Members, Role
from storage.pairings import Pairings
from storage.session_words import Answer, Reason
from storage.sessions import State
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.sessions.having import THURSDAY, asked, books, moves, says, session, words
from tests.world import World

OVER = THURSDAY + timedelta(hours=1, minutes=11)
REASONS = ["I couldn't", "I waited", "Technical problem", "Rather not say"]


async def over(riverside: World, at: datetime = OVER) -> None:
    """Let a session be booked and over, and both be asked."""
    await books(riverside)
    await riverside.jobs.leap(riverside.clock, at)


@on_each_platform
async def test_both_met(riverside: World) -> None:
    """Ten minutes after the end both are asked; one yes is enough, the other's yes changes nothing."""
    await over(riverside, OVER - timedelta(minutes=2))
    assert not [seen for seen in await riverside.inbox("amara") if "Did you two meet" in seen.text]
    await riverside.jobs.leap(riverside.clock, OVER)
    seen = await asked(riverside, "amara")
    assert "Your session with Lena Vogt: Thursday 5 March, 18:00. Did you two meet today?" == seen.texts[0]
    assert ["Yes", "We moved it", "Not this time"] == list(seen.buttons)
    assert "Thank you! It's noted that you and Lena Vogt met." in await says(riverside, "amara", "Yes")
    assert State.HELD is (await session(riverside)).state
    assert "you met. Thank you!" in (await asked(riverside, "amara")).text
    assert "Did you two meet today?" in (await asked(riverside, "lena")).text
    await says(riverside, "lena", "Yes")
    assert State.HELD is (await session(riverside)).state
    assert [] == await riverside.inbox("rosa")


@on_each_platform
async def test_not_this_time(riverside: World) -> None:
    """The reason is for coordinators alone; the other learns only that it isn't marked as held yet."""
    await over(riverside)
    seen = await riverside.driver.presses("amara", "Not this time", await asked(riverside, "amara"))
    assert REASONS == list(seen.buttons)
    assert "Only coordinators see this." in seen.text
    await riverside.presses("amara", "I couldn't", seen)
    lena = await asked(riverside, "lena")
    assert "isn't marked as held yet. Did you two meet?" in lena.text
    assert "couldn't" not in "".join(one.text for one in await riverside.inbox("lena"))
    assert State.NOT_HELD is (await session(riverside)).state
    assert [] == await riverside.inbox("rosa")


async def test_moved(riverside: World) -> None:
    """Whoever says that it was moved is asked for the new time, or leaves it open; nobody has missed anything."""
    await over(riverside)
    seen = await riverside.driver.presses("amara", "We moved it", await asked(riverside, "amara"))
    assert ["Propose a time …", "We'll see"] == list(seen.buttons)
    form = (await riverside.driver.presses("amara", "Propose a time …", seen)).form
    assert form is not None
    assert "60" == form.values["minutes"]
    assert "All right." in await riverside.presses("amara", "We'll see", seen)
    assert State.NOT_HELD is (await session(riverside)).state
    assert [] == await riverside.inbox("rosa")


@on_each_platform
async def test_they_say_different_things(riverside: World) -> None:
    """A coordinator is asked privately, and decides; the two see how it is marked, and not what the other said."""
    await over(riverside)
    await says(riverside, "amara", "Yes")
    await says(riverside, "lena", "Not this time", "Technical problem")
    assert State.UNCLEAR is (await session(riverside)).state
    (seen,) = await riverside.inbox("rosa")
    assert "A session of Amara Okafor and Lena Vogt needs your eye: Thursday 5 March, 18:00 (UTC)." == seen.texts[0]
    assert "Amara Okafor: we met\nLena Vogt: not this time (Technical problem)" in seen.text
    assert ["They met", "They didn't"] == list(seen.buttons)
    assert "Rosa Delgado has marked it as held." in await riverside.presses("rosa", "They met", seen)
    assert (State.HELD, True) == ((await session(riverside)).state, (await session(riverside)).decided_at is not None)
    for user in ("amara", "lena"):
        assert "a coordinator has marked it as held." in (await asked(riverside, user)).text
    assert "Technical problem" not in "".join(one.text for one in await riverside.inbox("amara"))
    assert "Nothing was changed." in await riverside.presses("rosa", seen.buttons["They didn't"])
    assert State.HELD is (await session(riverside)).state


async def test_there_is_no_coordinator(riverside: World) -> None:
    """Whoever becomes one later finds the session among what waits for them, and decides."""
    await over(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "rosa"), active=False)
    await says(riverside, "amara", "Yes")
    await says(riverside, "lena", "Not this time")
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "ravi"), roles=frozenset({Role.COORDINATOR}))
    seen = await riverside.driver.commands("ravi", "/mentor waiting")
    assert "Sessions that need a coordinator" in seen.text
    assert "A session of Amara Okafor and Lena Vogt needs your eye" in seen.text
    assert "has marked it as held." in await riverside.presses("ravi", "They met", seen)
    for user in ("ravi", "amara", "lena"):
        assert "need a coordinator" not in await riverside.asks(user, "/mentor waiting")


async def test_one_waited(riverside: World) -> None:
    """It goes to a coordinator, who decides; the other isn't told that somebody waited."""
    await over(riverside)
    await says(riverside, "lena", "Not this time", "I waited")
    (seen,) = await riverside.inbox("rosa")
    assert "Amara Okafor: no answer so far\nLena Vogt: not this time (I waited)" in seen.text
    assert "waited" not in "".join(one.text for one in await riverside.inbox("amara"))
    await riverside.presses("rosa", "They didn't", seen)
    assert State.NOT_HELD is (await session(riverside)).state
    assert "has marked it as not held" in (await asked(riverside, "amara")).text


async def test_nothing_to_decide(riverside: World) -> None:
    """Where one waited and the other says that they couldn't, a coordinator's message says that nothing is left."""
    await over(riverside)
    await says(riverside, "lena", "Not this time", "I waited")
    await says(riverside, "amara", "Not this time", "I couldn't")
    (seen,) = await riverside.inbox("rosa")
    assert {} == seen.buttons
    assert "Thursday 5 March, 18:00 (UTC): they agree by now that they didn't meet. Nothing left" in seen.text


async def test_an_answer_can_be_changed(riverside: World) -> None:
    """A slip of the finger is put right; two who agree need no coordinator any more."""
    await over(riverside)
    await says(riverside, "amara", "Yes")
    await says(riverside, "lena", "Not this time")
    (before,) = await riverside.inbox("rosa")
    seen = await riverside.driver.presses("lena", "Change my answer …", await asked(riverside, "lena"))
    await riverside.presses("lena", "Yes", seen)
    assert State.HELD is (await session(riverside)).state
    (after,) = await riverside.inbox("rosa")
    assert ("They met" in before.buttons, {}) == (True, dict(after.buttons))
    assert [(Answer.YES, None)] * 2 == [(word.answer, word.reason) for word in await words(riverside)]


async def test_whoever_does_not_answer(riverside: World) -> None:
    """They are asked once more a day later, at their hours and within their budget; then never again."""
    await over(riverside)
    await says(riverside, "amara", "Not this time", "Technical problem")
    await riverside.passes(days=10)
    asks = [seen for seen in await riverside.inbox("lena") if "Did you two meet" in seen.text]
    assert 2 == len(asks)
    assert "Did you two meet?" in asks[1].text
    assert 1 == len([seen for seen in await riverside.inbox("amara") if "Your session" in seen.text])
    assert State.NOT_HELD is (await session(riverside)).state


async def test_the_other_has_said_that_they_met(riverside: World) -> None:
    """Then nobody is asked a second time, and can still say that it was otherwise."""
    await over(riverside)
    await says(riverside, "amara", "Yes")
    await riverside.passes(days=10)
    assert 1 == len([seen for seen in await riverside.inbox("lena") if "Did you two meet" in seen.text])
    assert State.HELD is (await session(riverside)).state
    await says(riverside, "lena", "Not this time", "Rather not say")
    assert State.UNCLEAR is (await session(riverside)).state


async def test_nobody_answers(riverside: World) -> None:
    """It stays as it is, is shown as waiting for an answer, and can still be answered."""
    await over(riverside)
    await riverside.passes(days=20)
    assert State.BOOKED is (await session(riverside)).state
    assert "Did you two meet?" in await riverside.asks("lena", "/mentor waiting")
    assert [] == await riverside.inbox("rosa")
    await says(riverside, "lena", "Yes")
    assert State.HELD is (await session(riverside)).state


async def test_the_bot_was_away(riverside: World) -> None:
    """Who is asked late is asked once more a counted day after that, not in the same breath."""
    await books(riverside)
    await riverside.asks("lena", "/mentor away until 9 March")
    await riverside.jobs.leap(riverside.clock, OVER)
    riverside.clock.move_to(OVER + timedelta(days=5, hours=-6))  # a Tuesday
    await riverside.jobs.round()
    for days, times in ((0, 1), (0.9, 1), (1, 2)):
        await riverside.passes(days=days)
        assert times == len([seen for seen in await riverside.inbox("lena") if "Did you two meet" in seen.text])


async def test_a_rest_begins_meanwhile(riverside: World) -> None:
    """Nobody is asked once more in a rest, also where the day to answer was over before, and hours weren't."""
    await books(riverside, THURSDAY + timedelta(hours=2))
    await riverside.jobs.leap(riverside.clock, OVER + timedelta(days=3))  # a Sunday: the day was over on Friday night
    await riverside.driver.presses("rosa", "pairings.rest_for:1:14")
    await riverside.passes(days=12)
    assert 1 == len([seen for seen in await riverside.inbox("lena") if "Did you two meet" in seen.text])
    await riverside.passes(days=4)
    assert 2 == len([seen for seen in await riverside.inbox("lena") if "Did you two meet" in seen.text])


async def test_somebody_is_away(riverside: World) -> None:
    """Whoever is away is asked when they are back."""
    await books(riverside)
    await riverside.asks("lena", "/mentor away until 12 March")
    await riverside.jobs.leap(riverside.clock, OVER + timedelta(days=2))
    assert not [seen for seen in await riverside.inbox("lena") if "Did you two" in seen.text]
    assert [seen for seen in await riverside.inbox("amara") if "Did you two" in seen.text]
    await riverside.asks("lena", "/mentor back")
    assert "Did you two meet?" in (await asked(riverside, "lena")).text


async def test_the_pairing_ended_meanwhile(riverside: World) -> None:
    """Nothing is asked about it."""
    await books(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Pairings).change(1, ended_at=work.now)
    await riverside.jobs.leap(riverside.clock, OVER)
    assert [] == await riverside.inbox("lena")


async def test_an_old_question(riverside: World) -> None:
    """A session that was moved is asked about once, at the end of its new time."""
    await books(riverside)
    await moves(riverside, THURSDAY + timedelta(days=1))
    await riverside.jobs.leap(riverside.clock, OVER)
    assert not [seen for seen in await riverside.inbox("lena") if "Did you" in seen.text]
    early = await riverside.driver.presses("lena", "sessions.met:1:yes")
    assert "I'll ask you afterwards" in early.text
    await riverside.jobs.leap(riverside.clock, OVER + timedelta(days=1))
    assert 1 == len([seen for seen in await riverside.inbox("lena") if "Did you" in seen.text])


@at_once
async def test_both_press_at_once(riverside: World) -> None:
    """Whichever comes first, it is unclear; the coordinator is asked once."""
    await over(riverside)
    presses = [
        Press("one", riverside.account("amara"), "sessions.met:1:yes"),
        Press("two", riverside.account("lena"), "sessions.met:1:no"),
    ]
    await asyncio.gather(*(riverside.core.handle(press) for press in presses))
    assert State.UNCLEAR is (await session(riverside)).state
    assert 1 == len(await riverside.inbox("rosa"))


@pytest.mark.parametrize("user", ["noor", "rosa", "ravi"])
async def test_nobody_else_can_say_so(riverside: World, user: str) -> None:
    """Only the two can, and only a coordinator who is none of them decides."""
    await over(riverside)
    for button in ("met:1:yes", "met_again:1", "why:1:waited", "we_see:1", "late_by:1:5", "record:1:1"):
        assert "Nothing was changed." in await riverside.presses(user, f"sessions.{button}")
    for button in ("met:9:yes", "why:9:waited"):
        assert "Nothing was changed." in await riverside.presses("amara", f"sessions.{button}")
    assert [] == await words(riverside)


async def test_a_coordinator_who_is_a_side(riverside: World) -> None:
    """They don't decide about themselves."""
    async with riverside.database.work(1) as work:
        amara = (await work.of(Members).get([await riverside.member(work, "amara")])).popitem()[1]
        await work.of(Members).change(amara.id, roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    await over(riverside)
    await says(riverside, "lena", "Not this time", "I waited")
    assert "Nothing was changed." in await riverside.presses("amara", "sessions.they_met:1")
    assert not [seen for seen in await riverside.inbox("amara") if "needs your eye" in seen.text]
    assert Reason.WAITED in {word.reason for word in await words(riverside)}

"""After two sessions that somebody missed without notice, the next one is planned together with a coordinator."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions import approval
from bot.sessions.missed import WINDOW, needs_approval, recent
from bot.sessions.outcome import missed_by, needs_decision, state_of
from storage.members import Members, Role
from storage.pairings import Pairings
from storage.session_words import Answer, Reason, Word
from storage.sessions import NewSession, NewTime, Sessions, State
from tests.platforms import on_each_platform
from tests.sessions.having import THURSDAY, books, context_of, says, session
from tests.sessions.test_invites import booked
from tests.world import MONDAY, World

OVER = timedelta(hours=1, minutes=11)
BLAME = ("missed", "failed", "no-show", "overdue", "fault")


async def missed(riverside: World, at: datetime, user: str = "amara", mentee: str = "lena") -> None:
    """Let somebody say of a session that they couldn't."""
    await books(riverside, at, mentee=mentee)
    await riverside.jobs.leap(riverside.clock, at + OVER)
    await says(riverside, user, "Not this time", "I couldn't")


async def needed(riverside: World, mentee: str = "lena") -> bool:
    """Tell whether the next proposal waits for a coordinator."""
    async with riverside.database.work(1) as work:
        context = await context_of(riverside, work)
        one, other = await riverside.member(work, "amara"), await riverside.member(work, mentee)
        pairing = await work.of(Pairings).between(one, other)
        assert pairing is not None
        return await approval.needed(context, pairing)


async def proposes(riverside: World, at: datetime) -> int:
    """Let Amara propose a session to Lena, which waits for a coordinator."""
    async with riverside.database.work(1) as work:
        context = await context_of(riverside, work)
        amara, lena = await riverside.member(work, "amara"), await riverside.member(work, "lena")
        pairing = await work.of(Pairings).between(amara, lena)
        assert pairing is not None
        store = work.of(Sessions)
        session_id = await store.draft(NewSession(pairing.id, amara, 60))
        await store.propose(session_id, [NewTime(1, at, "then")])
        await store.change(session_id, state=State.APPROVAL, sent_at=work.now)
        await approval.ask(context, (await store.get([session_id]))[session_id], pairing)
    return session_id


@on_each_platform
async def test_two_were_missed(riverside: World) -> None:
    """A coordinator is asked, nobody is blamed, and with one tap the proposal goes on."""
    await missed(riverside, THURSDAY)
    assert not await needed(riverside)
    await missed(riverside, THURSDAY + timedelta(days=7), mentee="noor")
    assert await needed(riverside)
    assert await needed(riverside, "noor")
    number = await proposes(riverside, THURSDAY + timedelta(days=14))
    (seen,) = await riverside.inbox("rosa")
    assert "Amara Okafor would like to meet Lena Vogt again." == seen.texts[0]
    assert ["Yes, go ahead", "Let me talk to them first"] == list(seen.buttons)
    told = (await riverside.inbox("lena"))[-1]
    assert "Amara Okafor would like to meet you. Let's plan the next one together." == told.texts[0]
    assert not [word for word in BLAME for one in (seen, told) if word in one.text.lower()]
    waits = await riverside.driver.presses("rosa", "Let me talk to them first", seen)
    assert "waits until you let it go on" in waits.text
    assert State.APPROVAL is (await session(riverside, number)).state
    assert "I'm asking Lena Vogt now" in await riverside.presses("rosa", "Yes, go ahead", waits)
    assert State.PROPOSED is (await session(riverside, number)).state
    assert "Nothing was changed." in await riverside.presses("rosa", "Yes, go ahead", seen)
    assert "has gone on to Lena Vogt." in (await riverside.inbox("rosa"))[0].text
    assert not await needed(riverside)


async def test_one_of_several_talks_to_them_first(riverside: World) -> None:
    """The others see it instead of asking the two as well, and can still let the proposal go on."""
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "ravi"), roles=frozenset({Role.COORDINATOR}))
        await work.of(Pairings).change(1, coordinator_id=None)
    number = await proposes(riverside, THURSDAY)
    assert "would like to meet Lena Vogt again" in await riverside.asks("ravi", "/mentor waiting")
    (hers,), (his,) = await riverside.inbox("rosa"), await riverside.inbox("ravi")
    await riverside.presses("rosa", "Let me talk to them first", hers)
    (now,) = await riverside.inbox("ravi")
    assert "Rosa Delgado talks to both of them first." in now.text
    assert ["Yes, go ahead"] == list(now.buttons)
    assert "Rosa Delgado talks to both of them first." in await riverside.asks("ravi", "/mentor waiting")
    said = await riverside.presses("ravi", "Let me talk to them first", his)
    assert ("Rosa Delgado talks" in said, "Nothing was changed." in said) == (True, True)
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "rosa"), active=False)
    assert "talks to both" not in await riverside.asks("ravi", "/mentor waiting")
    assert "I'm asking Lena Vogt now" in await riverside.presses("ravi", "Yes, go ahead", now)
    assert State.PROPOSED is (await session(riverside, number)).state


async def test_what_is_not_counted(riverside: World) -> None:
    """What was moved, what is longer ago than sixty days, and what somebody else missed."""
    await missed(riverside, THURSDAY)
    await missed(riverside, THURSDAY + timedelta(days=7), user="lena")
    assert not await needed(riverside)
    await missed(riverside, THURSDAY + timedelta(days=14), user="lena")
    assert (True, False) == (await needed(riverside), await needed(riverside, "noor"))
    await riverside.passes(days=56)
    assert not await needed(riverside)


async def test_nobody_to_ask(riverside: World) -> None:
    """Without a coordinator a proposal isn't held up."""
    await missed(riverside, THURSDAY)
    await missed(riverside, THURSDAY + timedelta(days=7))
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "rosa"), active=False)
    assert not await needed(riverside)


@pytest.mark.parametrize("button", ["go_ahead", "talk_first"])
async def test_an_old_approval(riverside: World, button: str) -> None:
    """What isn't there, or waits no more, is left as it is."""
    await books(riverside)
    assert "Nothing was changed." in await riverside.presses("rosa", f"sessions.{button}:1")
    assert "no longer works" in await riverside.presses("rosa", f"sessions.{button}:99")
    assert State.BOOKED is (await session(riverside)).state


instants = st.integers(-100 * 24, 24).map(lambda hours: MONDAY + timedelta(hours=hours))


@given(
    st.dictionaries(st.sampled_from([1, 2]), st.lists(instants, max_size=5)),
    st.dictionaries(st.sampled_from([1, 2]), instants),
    st.integers(0, 4),
)
def test_when_a_coordinator_is_asked(
    missed_at: Mapping[int, Collection[datetime]], agreed: Mapping[int, datetime], limit: int
) -> None:
    """By a model: one of the two missed so many since the last yes, in sixty days; with 0 nobody is asked."""
    found = needs_approval(missed_at, agreed, MONDAY, limit)
    count = {
        who: len([at for at in times if MONDAY - WINDOW < at <= MONDAY and (who not in agreed or at > agreed[who])])
        for who, times in missed_at.items()
    }
    assert found == (limit > 0 and max(count.values(), default=0) >= limit)
    for who, times in missed_at.items():
        assert recent(times, agreed.get(who), MONDAY) == sorted(recent(times, agreed.get(who), MONDAY))


replies = st.one_of(
    st.tuples(st.just(Answer.NO), st.none() | st.sampled_from(Reason)), st.tuples(st.sampled_from(Answer), st.none())
)


@given(st.dictionaries(st.sampled_from([1, 2]), replies), st.sampled_from([None, State.HELD, State.NOT_HELD]))
def test_what_becomes_of_a_session(said: Mapping[int, tuple[Answer, Reason | None]], decision: State | None) -> None:
    """Two who agree are believed, a decision holds, and nobody missed what was held, moved, or is unclear."""
    words = [Word(7, who, answer, reason, None, MONDAY) for who, (answer, reason) in said.items()]
    before = booked(state=decision or State.BOOKED, decided_at=MONDAY if decision else None)
    state = state_of(before, words)
    answers = {answer for answer, _ in said.values()}
    if decision:
        assert decision is state
    else:
        assert (state is State.HELD) == (answers == {Answer.YES})
        assert (state is State.UNCLEAR) == (Answer.YES in answers and len(answers) == 2)
        assert (state is State.BOOKED) == (not answers)
    one = booked(state=state, decided_at=before.decided_at)
    missing = missed_by(one, words, (1, 2))
    if state is not State.NOT_HELD or Answer.MOVED in answers:
        assert set() == missing
    for who in missing:
        others = {reason for member, (_, reason) in said.items() if member != who}
        assert said.get(who, (None, None))[1] is Reason.COULDNT or (decision and Reason.WAITED in others)
    assert not (decision and needs_decision(one, words))
    assert needs_decision(one, words) or state is not State.UNCLEAR

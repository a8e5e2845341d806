"""Who earns a badge, who is warned, of whom coordinators are asked, on a real database."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import permutations

import pytest

from bot.badges.frozen import words_of
from bot.badges.judging import judge
from storage.awards import Award, Awards
from storage.badge_tables import awards
from storage.goal_tables import goals
from storage.members import Members
from storage.session_tables import sessions
from tests.badges.town import AMARA, BEN, DAY, HOUR, LENA, NOOR, ROSA, START, Town, begin, one, town
from tests.databases import at_once

MET = one("sessions_attended", "2", "10d", name="met")


@pytest.fixture
async def riverside(database_url: str) -> AsyncIterator[Town]:
    """Open a program with one badge: two sessions within ten days."""
    async with town(database_url) as opened:
        await opened.without("mentor-accountability", "mentee-accountability")
        await opened.badge(MET)
        await opened.core.daily()
        yield opened


async def met_twice(riverside: Town) -> None:
    """Let Amara and Lena have met twice, and be looked at."""
    for days in (2, 1):
        await riverside.session(1, riverside.now - DAY * days)
    await riverside.look(LENA, AMARA)


async def held(riverside: Town, member_id: int = LENA) -> Award:
    """Return the one award that somebody has."""
    (award,) = await riverside.has(member_id)
    return award


async def test_a_badge_is_earned_once(riverside: Town) -> None:
    """When it is met, by whom it is met, however often anybody looks."""
    await riverside.session(1, riverside.now - DAY)
    await riverside.look()
    assert [] == await riverside.has(LENA)
    await riverside.session(1, riverside.now - 2 * DAY)
    for _ in range(3):
        await riverside.look()
    await riverside.passes(days=2)
    assert ["badges.earned"] == await riverside.told(LENA)
    assert "met" == (await held(riverside)).badge
    assert [] == await riverside.has(NOOR)


@at_once
async def test_two_processes_at_once_give_it_once(riverside: Town) -> None:
    """And its member hears of it once."""
    for days in (2, 1):
        await riverside.session(1, riverside.now - DAY * days)

    async def look() -> None:
        async with riverside.core.at_work(riverside.program) as context:
            people = await context.work.of(Members).get([LENA])
            await judge(context, list(people.values()))

    await asyncio.gather(*(look() for _ in range(4)))
    await held(riverside)
    assert ["badges.earned"] == await riverside.told(LENA)


async def test_from_the_warning_to_the_proposal(riverside: Town) -> None:
    """First its member is told and has time, then coordinators are asked; nothing ends by itself."""
    await met_twice(riverside)
    await riverside.passes(days=9)
    award = await held(riverside)
    assert award.warned_at is not None
    assert DAY * 30 == (award.warned_until or START) - award.warned_at
    await riverside.passes(days=29)
    assert None is (await held(riverside)).proposed_at
    await riverside.passes(days=60)
    assert None is not (await held(riverside)).proposed_at
    assert ["badges.earned", "badges.warned"] == await riverside.told(LENA)
    assert ["badges.proposed"] * 2 == await riverside.told(ROSA)  # Amara's, too


async def test_what_is_met_again_is_fine_again(riverside: Town) -> None:
    """The warning is over, and so is what coordinators were asked; the next one is told of anew."""
    await met_twice(riverside)
    await riverside.passes(days=45)
    assert None is not (await held(riverside)).proposed_at
    await met_twice(riverside)
    award = await held(riverside)
    assert (None, None, None, None) == (award.warned_at, award.warned_until, award.proposed_at, award.proposal)
    await riverside.passes(days=12)
    assert ["badges.earned", "badges.warned", "badges.fine", "badges.warned"] == await riverside.told(LENA)


async def test_a_warning_that_nobody_heard_needs_no_end(riverside: Town) -> None:
    """It is dropped before it goes out."""
    await met_twice(riverside)
    riverside.clock.move_to(riverside.now + 12 * DAY)
    await riverside.look(LENA)
    await met_twice(riverside)
    assert ["badges.earned", "badges.warned"] == await riverside.told(LENA)
    assert None is (await held(riverside)).warned_at


async def test_nothing_is_held_against_somebody_who_is_away(riverside: Town) -> None:
    """No warning while they are away, and the time that they have waits for them."""
    await met_twice(riverside)
    await riverside.away(LENA, riverside.now + 8 * DAY, riverside.now + 100 * DAY)
    await riverside.passes(days=99)
    assert ["badges.earned"] == await riverside.told(LENA)
    await riverside.passes(days=5)
    assert ["badges.earned", "badges.warned"] == await riverside.told(LENA)
    await riverside.away(LENA, riverside.now, riverside.now + 50 * DAY)
    await riverside.passes(days=70)
    assert None is (await held(riverside)).proposed_at
    await riverside.passes(days=15)
    assert None is not (await held(riverside)).proposed_at


async def test_days_left_out_are_no_days(riverside: Town) -> None:
    """Local ones, from midnight to midnight."""
    await riverside.session(1, START - 8 * DAY)
    await riverside.session(1, START - 10 * DAY - 20 * HOUR)
    await riverside.look(LENA)
    assert [] == await riverside.has(LENA)
    await riverside.leaves_out(LENA, (START - 3 * DAY).date())
    await riverside.look(LENA)
    await held(riverside)


async def test_a_badge_given_by_hand_stays(riverside: Town) -> None:
    """Whatever the figures say."""
    await met_twice(riverside)
    award = await held(riverside)
    await riverside.change(awards, award.id, by_hand=True)
    await riverside.passes(days=60)
    assert ["badges.earned"] == await riverside.told(LENA)


async def test_whoever_wants_no_badges_is_left_alone(riverside: Town) -> None:
    """Nothing is worked out, warned or said; what they have stays."""
    await met_twice(riverside)
    async with riverside.database.work(riverside.program.id) as work:
        await work.of(Members).change(LENA, badges=False)
        await work.of(Members).change(AMARA, active=False)
    await riverside.passes(days=60)
    for member_id in (LENA, AMARA):
        assert ["badges.earned"] == await riverside.told(member_id)
        await held(riverside, member_id)


async def test_after_a_withdrawal_all_counts_anew(riverside: Town) -> None:
    """What was before doesn't earn it again."""
    await met_twice(riverside)
    async with riverside.database.work(riverside.program.id) as work:
        award = (await work.of(Awards).held([LENA]))[LENA][0]
        assert await work.of(Awards).end(award.id, ROSA, "So it is")
    await riverside.passes(days=1)
    assert [] == await riverside.has(LENA)
    await riverside.session(1, riverside.now - 2 * HOUR)
    await riverside.session(1, riverside.now - HOUR)
    await riverside.look(LENA)
    assert award.id != (await held(riverside)).id


async def test_the_daily_look_begins_with_what_counts(database_url: str) -> None:
    """Where the clock leaps, the day's first work by the real clock may be long in coming."""
    async with town(database_url) as opened:
        await opened.badge(MET)
        await met_twice(opened)
        await opened.passes(days=12)
        assert "badges.warned" in await opened.told(LENA)


async def test_what_merely_goes_on_earns_nothing_again(riverside: Town) -> None:
    """A coordinator's decision isn't undone on the next day."""
    await riverside.badge(one("goals_active", "1", name="wants"))
    await riverside.goal(1, riverside.now - DAY)
    await riverside.look(LENA)
    award = await held(riverside)
    async with riverside.database.work(riverside.program.id) as work:
        assert await work.of(Awards).end(award.id, ROSA, "So it is")
    await riverside.passes(days=2)
    assert [] == await riverside.has(LENA)


async def test_days_without_the_bot_are_made_up_for(riverside: Town) -> None:
    """What would have been earned on one of them is, though it isn't met any more."""
    await riverside.session(1, riverside.now - 9 * DAY)
    await riverside.session(1, riverside.now + 12 * HOUR)  # the day after tomorrow the first one is too old
    await riverside.wakes(days=6)
    award = await held(riverside)
    assert (START + DAY).isoformat() == json.loads(award.evidence)["at"]
    await riverside.passes(days=1)
    assert ["badges.earned", "badges.warned"] == await riverside.told(LENA)


async def test_nobody_is_warned_for_a_day_that_is_over(riverside: Town) -> None:
    """What was missed while the bot was away, and isn't any more, is nobody's fault."""
    await met_twice(riverside)
    riverside.clock.move_to(riverside.now + 14 * DAY)
    for days in (2, 1):
        await riverside.session(1, riverside.now - DAY * days)
    await riverside.wakes(hours=1)
    assert ["badges.earned"] == await riverside.told(LENA)


async def test_evidence_and_words_are_frozen(riverside: Town) -> None:
    """What an award rests on and how it was said stays, whatever becomes of what it rests on."""
    ids = [await riverside.session(1, riverside.now - DAY * days) for days in (2, 1)]
    await riverside.look(LENA)
    before = await held(riverside)
    for id_ in ids:
        await riverside.change(sessions, id_, state="not_held")
    async with riverside.database.work(riverside.program.id) as work:
        await work.of(Members).change(LENA, name="Another")
    await riverside.badge(MET.replace('title = "sessions_attended"', 'title = "Another"'))
    await riverside.passes(days=3)
    after = await held(riverside)
    assert (before.evidence, before.words, before.badge_id) == (after.evidence, after.words, after.badge_id)
    (criterion,) = json.loads(after.evidence)["criteria"]
    assert {f"session:{id_}" for id_ in ids} == {case["id"] for case in criterion["cases"]}
    words = words_of(after)
    assert ("Lena", "en", "sessions_attended") == (words.name, words.language, words.title)
    assert (("At least 2 sessions held · within 10 days", "2 of 2"),) == words.criteria


Act = Callable[[Town], Awaitable[object]]
ACTS: Sequence[Act] = (
    lambda it: it.session(1, START - DAY),
    lambda it: it.away(LENA, START - 5 * DAY, START - 3 * DAY),
    lambda it: it.session(1, START - 11 * DAY),
    lambda it: it.session(2, START - 2 * DAY, state="not_held"),
)


async def test_any_order_of_the_same_ends_the_same(
    sqlite_in: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Looked at after each, or only at the end."""
    found = set()
    for number, acts in enumerate([*permutations(ACTS)][::5]):
        riverside = await begin(sqlite_in(tmp_path_factory.mktemp("town")))
        await riverside.badge(MET)
        for act in acts:
            await act(riverside)
            if number % 2:
                await riverside.look()
        await riverside.look()
        everybody = [award for member in (AMARA, BEN, LENA, NOOR) for award in await riverside.has(member)]
        found.add(tuple((award.member_id, award.badge, award.warned_at) for award in everybody))
        await riverside.database.close()
    assert {((LENA, "met", None),)} == found


async def test_only_where_badges_are_on(database_url: str) -> None:
    """A program that has none isn't looked at."""
    async with town(database_url, {"badges.on": "no"}) as riverside:
        await riverside.badge(MET)
        await riverside.core.daily()
        await met_twice(riverside)
        assert [] == await riverside.has(LENA)
        assert None is await riverside.core.next_at()


async def test_a_page_at_a_time(riverside: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chain goes on with the next page, and the next day from the beginning."""
    monkeypatch.setattr("bot.badges.daily.MEMBERS", 2)
    await riverside.passes(days=1)
    for days in (2, 1):
        await riverside.session(3, riverside.now - DAY * days)
    await riverside.passes(days=1)
    await held(riverside, NOOR)
    await held(riverside, BEN)


GOAL = one("goals_active", "1", name="goal")


async def test_a_goal_that_was_closed_went_on_before(riverside: Town) -> None:
    """On a day that is made up for it is as it was then."""
    await riverside.badge(GOAL)
    goal = await riverside.goal(1, riverside.now + HOUR)
    await riverside.change(goals, goal, state="done", closed_at=riverside.now + 30 * HOUR)
    await riverside.wakes(days=4)
    assert ["goal"] == [award.badge for award in await riverside.has(LENA)]

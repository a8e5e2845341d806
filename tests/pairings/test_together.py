"""What becomes of reminders when two people agree on a pace, rest, and part; and who hears of it."""

import pytest

from storage.members import Members
from storage.nudges import Nudges, Outcome
from storage.pairings import Pairings
from storage.programs import State
from tests.drivers.driver import Rejected, Seen
from tests.pairings.people import change, everything_for, inbox, made, moves_to, said_in, spaces, told_of
from tests.platforms import on_each_platform
from tests.world import LENA, NOOR, World


async def card_of(riverside: World, people: str = "@amara @lena") -> Seen:
    """Open a pairing's card."""
    return await riverside.driver.commands("rosa", f"/mentor-admin pairing {people}")


@on_each_platform
async def test_a_pace_is_agreed_on(riverside: World) -> None:
    """One side asks, the other says yes, both are told; the reminder comes later from then on."""
    await riverside.says("lena")
    assert "I'll ask Amara Okafor whether 4 days suits them too" in await riverside.asks("lena", "/mentor pace 4 days")
    (asked,) = await inbox(riverside, "amara")
    assert "Lena Vogt would like the two of you to have 4 days for an answer." in asked.text
    assert "You and Lena Vogt have 4 days" in await riverside.presses("amara", "Yes, that suits me", asked)
    (told,) = await inbox(riverside, "lena")
    assert "Amara Okafor agrees: you have 4 days to answer each other now." == told.text
    await riverside.passes(hours=30)
    assert 1 == len(await inbox(riverside, "amara"))
    await riverside.passes(hours=20)
    assert "Lena Vogt wrote to you" in (await inbox(riverside, "amara"))[-1].text
    again = await riverside.presses("amara", "Yes, that suits me", asked)
    assert "This was settled already" in again


async def test_a_faster_pace_comes_at_once(riverside: World) -> None:
    """What waits already is reminded of earlier when the two agree to be faster; both read it in their space."""
    slow = await riverside.driver.presses("rosa", "Pace", await card_of(riverside))
    await riverside.presses("rosa", "7 days", slow)
    await riverside.says("lena")
    await riverside.passes(hours=2)
    fast = await riverside.driver.presses("rosa", "Pace", await card_of(riverside))
    await riverside.presses("rosa", "2 days", fast)
    await riverside.passes(hours=24)
    assert "Lena Vogt wrote to you" in (await riverside.inbox("amara"))[0].text
    told = [seen.texts[0] for seen in await said_in(riverside, LENA)]
    assert ["From now on you have 7 days", "From now on you have 2 days"] == [
        text.partition(" for")[0] for text in told
    ]


async def test_a_pace_is_not_agreed_on(riverside: World) -> None:
    """A no changes nothing, and is told without a reason."""
    await riverside.asks("lena", "/mentor pace 7 days")
    (asked,) = await inbox(riverside, "amara")
    await riverside.presses("amara", "I'd rather not", asked)
    (told,) = await inbox(riverside, "lena")
    assert "Amara Okafor would rather keep your pace as it is." in told.text
    assert "You and Amara Okafor have 2 days" in await riverside.asks("lena", "/mentor pace")


async def test_with_whom(riverside: World) -> None:
    """Who has several pairings says with whom, or is asked."""
    shown = await riverside.driver.commands("amara", "/mentor pace")
    assert ["Lena Vogt: 2 days", "Noor Haddad: 2 days"] == list(shown.texts[1:3])
    choices = await riverside.driver.presses("amara", "Noor Haddad", shown)
    assert ["2 days", "4 days", "7 days"] == list(choices.buttons)
    whom = await riverside.driver.commands("amara", "/mentor pace 4d")
    assert ["Lena Vogt", "Noor Haddad"] == list(whom.buttons)
    await riverside.presses("amara", "Noor Haddad", whom)
    assert [] == await inbox(riverside, "lena")
    assert 1 == len(await inbox(riverside, "noor"))
    assert "I'll ask Lena Vogt" in await riverside.asks("amara", "/mentor pace 4 with @lena")
    assert "A pace is 2, 4 or 7 days" in await riverside.asks("amara", "/mentor pace 5 days with @lena")
    assert "You aren't paired with anybody of that name" in await riverside.asks("amara", "/mentor pace 4 with @rosa")
    assert "That is your pace with Lena Vogt already" in await riverside.asks(
        "amara", "/mentor pace program with @lena"
    )
    assert "You aren't paired with anybody just now." in await riverside.asks("ravi", "/mentor pace")


async def test_somebody_elses_proposal(riverside: World) -> None:
    """Only the one who is asked can answer; a newer proposal takes the place of an older one."""
    await riverside.asks("lena", "/mentor pace 7 days")
    await riverside.asks("lena", "/mentor pace 4 days")
    for user, action in (("noor", "pairings.agree:2"), ("lena", "pairings.agree:2"), ("amara", "pairings.agree:1")):
        assert "isn't for you" in await riverside.presses(user, action)
    (asked,) = await inbox(riverside, "amara")
    assert "4 days" in asked.text
    assert ["Yes, that suits me", "I'd rather not"] == list(asked.buttons)


async def test_a_pairing_rests(riverside: World) -> None:
    """In a rest nobody in it is reminded, those days don't count, and both are told; others go on as ever."""
    await riverside.says("lena")
    await riverside.says("noor", NOOR)
    choices = await riverside.driver.presses("rosa", "Rest", await card_of(riverside))
    answer = await riverside.presses("rosa", "Until I say so", choices)
    assert "The pairing of Amara Okafor and Lena Vogt rests until you press Go on." in answer
    (told,) = await said_in(riverside, LENA)
    assert "Your mentoring rests for a while." in told.texts[0]
    assert [] == await said_in(riverside, NOOR)
    await riverside.passes(days=9)
    assert "Lena Vogt wrote" not in await everything_for(riverside, "amara")
    assert "Noor Haddad wrote to you" in await everything_for(riverside, "amara")
    assert "isn't decided yet" in (await riverside.asks("amara", "/mentor rate why")).split("Lena Vogt")[1]
    assert "resting" in await riverside.asks("rosa", "/mentor-admin pairs resting")
    await riverside.presses("rosa", "Go on", await card_of(riverside))
    assert "Your mentoring goes on from today." in (await said_in(riverside, LENA))[-1].text
    before = len(await inbox(riverside, "amara"))
    await riverside.passes(days=2)
    assert "Lena Vogt wrote to you" in "".join(seen.text for seen in (await inbox(riverside, "amara"))[before:])


async def test_a_rest_until_a_day(riverside: World) -> None:
    """A rest ends by itself on the day that was typed; what can't be read is said beside its field."""
    choices = await riverside.driver.presses("rosa", "Rest", await card_of(riverside))
    form = (await riverside.driver.presses("rosa", "Another day …", choices)).form
    assert form is not None
    assert ["until"] == list((await riverside.driver.submits("rosa", form, {"until": "when pigs fly"})).errors)
    done = await riverside.driver.submits("rosa", form, {"until": "Monday"})
    assert "rests until Monday 9 March 2026" in done.text
    assert "Your mentoring rests until Monday 9 March 2026." in (await said_in(riverside, LENA))[0].text
    await riverside.says("lena")
    await riverside.passes(days=6, hours=13)
    assert [] == await inbox(riverside, "amara")
    await riverside.passes(days=2)
    assert 1 == len(await inbox(riverside, "amara"))


@on_each_platform
async def test_a_pairing_ends(riverside: World) -> None:
    """Both get a goodbye, their space is closed, and nothing of theirs waits any more, however it is worked out."""
    await riverside.asks("rosa", "/mentor-admin pair @amara @ravi")
    old = await made(riverside)
    await riverside.says("ravi", old)
    await riverside.passes(days=1)
    (reminder,) = await inbox(riverside, "amara")
    question = await riverside.driver.presses("rosa", "End", await card_of(riverside, "@amara @ravi"))
    assert "End the pairing of Amara Okafor and Ravi Menon?" in question.text
    assert "has ended" in await riverside.presses("rosa", "End it", question)
    _, goodbye = await said_in(riverside, old)
    assert "Dear Amara Okafor and Ravi Menon" in goodbye.text
    with pytest.raises(Rejected):
        await riverside.says("ravi", old)
    (edited,) = await inbox(riverside, "amara")
    assert (reminder.id, True) == (edited.id, edited.edited)
    assert "you are no longer paired" in edited.text
    await riverside.passes(days=30)
    await riverside.core.daily()
    assert 1 == len(await inbox(riverside, "amara"))
    assert [] == [seen for seen in await inbox(riverside, "rosa") if "Ravi" in seen.text]
    assert "Nothing waits for you" in await riverside.asks("amara", "/mentor waiting")
    assert "ended before an answer was due; doesn't count" in await riverside.asks("amara", "/mentor rate why")
    assert "This pairing has ended already." in await riverside.presses("rosa", "End it", question)
    assert "Ravi" not in await riverside.asks("rosa", "/mentor-admin pairs")


@on_each_platform
async def test_a_pairing_is_taken_up_again(riverside: World) -> None:
    """Paired again after an end, two people get a new space; what waited before waits no more."""
    await riverside.asks("rosa", "/mentor-admin pair @amara @ravi")
    old = await made(riverside)
    await riverside.says("ravi", old)
    await riverside.passes(minutes=1)
    await riverside.presses(
        "rosa", "End it", await riverside.driver.presses("rosa", "End", await card_of(riverside, "@amara @ravi"))
    )
    await riverside.passes(days=1)
    offer = await riverside.driver.commands("rosa", "/mentor-admin pair @amara @ravi")
    assert "were paired before, until Monday 2 March 2026. Shall they be paired again?" in offer.text
    assert "are paired." in await riverside.presses("rosa", "Pair them again", offer)
    assert "are paired already" in await riverside.presses("rosa", "Pair them again", offer)
    (new,) = set(await spaces(riverside)) - {old, LENA, NOOR}
    assert 1 == len(await said_in(riverside, new))
    assert 2 == len(await said_in(riverside, old))
    await riverside.passes(days=1)
    await riverside.says("amara", new)
    await riverside.passes(days=3)
    assert [] == await inbox(riverside, "amara")
    assert ["Amara Okafor wrote to you yesterday"] == [
        line.partition(" and may")[0] for line in [seen.texts[1] for seen in await inbox(riverside, "ravi")]
    ]
    async with riverside.database.work(1) as work:
        outcomes = [turn.facts.outcome for turn in await work.of(Nudges).every_turn()]
    assert [Outcome.ENDED, Outcome.OPEN] == outcomes


async def test_ended_while_the_program_does_not_run(riverside: World) -> None:
    """No goodbye is said before the program runs; then it is, and the space is closed."""
    await moves_to(riverside, State.SHADOW)
    await riverside.presses("rosa", "End it", await riverside.driver.presses("rosa", "End", await card_of(riverside)))
    assert [] == await said_in(riverside, LENA)
    await moves_to(riverside, State.RUNNING)
    assert 1 == len(await said_in(riverside, LENA))
    async with riverside.database.work(1) as work:
        (pairing, _) = await work.of(Pairings).every()
        assert [] == await work.of(Pairings).open_spaces([pairing.id])


async def test_nobody_is_reminded_of_somebody_who_left(riverside: World) -> None:
    """A message of a member who was deactivated isn't reminded of; once they are back, it is."""
    await riverside.says("lena")
    await riverside.jobs.round()
    lena = await change(riverside, "lena", active=False)
    await told_of(riverside, lena)
    await riverside.passes(days=7)
    assert [] == await inbox(riverside, "amara")
    async with riverside.database.work(1) as work:
        await work.of(Members).change(lena, active=True)
    await told_of(riverside, lena)
    await riverside.passes(days=2)
    assert 1 == len(await inbox(riverside, "amara"))

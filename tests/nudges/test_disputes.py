"""What counts as late, and shouldn't: a member says so, a coordinator decides."""

import asyncio
import re

from sqlalchemy import text

from bot.calls import Press
from bot.people import Role
from bot.views import Message
from storage.nudges import Nudges
from storage.work import STORES, Work
from tests.asks.asking import asks, change
from tests.databases import at_once
from tests.drivers.driver import Seen
from tests.platforms import on_each_platform
from tests.world import LENA, NOOR, World

DISPUTE = "That isn't right"
MONDAYS = "Amara Okafor says that a message of Monday 2 March shouldn't count as late."


async def late(riverside: World, weeks: int = 1, space: str = LENA) -> Seen:
    """Let Amara answer late, once a week; return what why shows her then."""
    for _ in range(weeks):
        await riverside.says("lena" if space == LENA else "noor", space)
        await riverside.passes(hours=60)
        await riverside.says("amara", space)
        await riverside.passes(days=7, hours=-60)
    return await riverside.driver.commands("amara", "/mentor rate why")


async def _id(riverside: World, work: Work, user: str) -> int:
    return await riverside.member(work, user)


@on_each_platform
async def test_a_message_is_taken_out(riverside: World) -> None:
    """The pairing's coordinator is asked, without a word of the message, and decides; why and the rate follow."""
    why = await late(riverside)
    assert "Press the button below a message, and a coordinator looks at it." in why.text
    assert "A coordinator looks at it, and I'll tell you" in await riverside.presses("amara", DISPUTE, why)
    assert "you asked a coordinator to look at it." in await riverside.asks("amara", "/mentor rate why")
    (question,) = await riverside.inbox("rosa")
    assert (MONDAYS, ["Take it out", "Leave it"]) == (question.texts[0], list(question.buttons))
    assert "Lena" not in question.text
    answer = await riverside.presses("rosa", "Take it out", question)
    assert "Done: it no longer counts in Amara Okafor's rate." in answer
    (question,) = await riverside.inbox("rosa")
    assert ("was taken out of the response rate." in question.text, {}) == (True, dict(question.buttons))
    told = (await riverside.inbox("amara"))[-1].text
    assert "A coordinator took the message of Monday 2 March out of your response rate." == told
    why = await riverside.driver.commands("amara", "/mentor rate why")
    assert "answered after 2 days; doesn't count: taken out by a coordinator." in why.text
    assert {} == dict(why.buttons)
    assert "So far 0 messages counted" in await riverside.asks("amara", "/mentor rate")


async def test_a_message_is_left(riverside: World) -> None:
    """It goes on to count, and why says that a coordinator has looked at it."""
    await riverside.presses("amara", DISPUTE, await late(riverside))
    (question,) = await riverside.inbox("rosa")
    assert "Noted: it stays as it is." in await riverside.presses("rosa", "Leave it", question)
    told = (await riverside.inbox("amara"))[-1].text
    assert "A coordinator has looked at the message of Monday 2 March. It stays in your response rate;" in told
    why = await riverside.driver.commands("amara", "/mentor rate why")
    assert "counts as late; a coordinator has looked at it." in why.text
    assert {} == dict(why.buttons)
    assert "So far 1 message counted" in await riverside.asks("amara", "/mentor rate")


async def test_asked_twice_it_is_one_dispute(riverside: World) -> None:
    """Before and after the decision, the second time says how it stands; the coordinator is asked once."""
    why = await late(riverside)
    await riverside.presses("amara", DISPUTE, why)
    assert "You've asked for that already." in await riverside.presses("amara", DISPUTE, why)
    (question,) = await riverside.inbox("rosa")
    await riverside.presses("rosa", "Leave it", question)
    assert "decided that already: it stays as it is." in await riverside.presses("amara", DISPUTE, why)
    await riverside.passes(days=7)
    assert 1 == len(await riverside.inbox("rosa"))


@at_once
async def test_two_coordinators_decide_at_once(riverside: World) -> None:
    """The first decision holds; the second coordinator learns of it."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    await riverside.presses("amara", DISPUTE, await late(riverside))
    await riverside.inbox("rosa")
    rosa, ravi = (riverside.account(user) for user in ("rosa", "ravi"))
    replies = await asyncio.gather(
        riverside.core.handle(Press("out", rosa, "nudges.take_out:1")),
        riverside.core.handle(Press("leave", ravi, "nudges.leave:1")),
    )
    said = [reply.plain for reply in replies if isinstance(reply, Message)]
    first = ["That was decided already" in text for text in said].index(False)
    stands = ("it was taken out", "it was left as it is")[first]
    assert stands in said[1 - first]
    await riverside.jobs.round()
    why = await riverside.asks("amara", "/mentor rate why")
    assert ("taken out by a coordinator" in why) is (first == 0)
    async with riverside.database.connect() as conn:
        noted = await conn.execute(text("SELECT action FROM audit WHERE action LIKE 'nudges.%' ORDER BY id"))
        assert ["nudges.dispute", ("nudges.take_out", "nudges.leave")[first]] == [row.action for row in noted]


async def test_all_coordinators_are_asked_where_none_looks_after_the_pair(riverside: World) -> None:
    """Each gets the message; when one has decided, the others' messages say so."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    await change(riverside, "lena", roles=frozenset({Role.MENTEE, Role.COORDINATOR}))
    async with riverside.database.connect() as conn:
        await conn.execute(text("UPDATE pairing SET coordinator_id = NULL"))
    await riverside.presses("amara", DISPUTE, await late(riverside))
    before = {user: (await riverside.inbox(user))[-1] for user in ("rosa", "ravi", "lena")}
    assert {MONDAYS} == {seen.texts[0] for seen in before.values()}
    await riverside.presses("ravi", "Take it out", before["ravi"])
    after = {user: (await riverside.inbox(user))[-1] for user in before}
    assert {True} == {"was taken out of the response rate." in seen.text for seen in after.values()}
    assert "decided already: it was taken out" in await riverside.presses("rosa", "Leave it", before["rosa"])


async def test_nobody_decides_about_themselves(riverside: World) -> None:
    """A mentor who is the pairing's coordinator asks the others; alone, they decide, and the log says so."""
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    async with riverside.database.connect() as conn:
        await conn.execute(text("UPDATE pairing SET coordinator_id = mentor_id"))
    await riverside.presses("amara", DISPUTE, await late(riverside))
    assert MONDAYS in (await riverside.inbox("rosa"))[0].text
    assert "another coordinator decides it" in await riverside.presses("amara", "nudges.take_out:1")
    await change(riverside, "rosa", active=False)
    assert "Done: it no longer counts" in await riverside.presses("amara", "nudges.take_out:1")


async def test_a_dispute_survives_what_happens_in_the_pairing(riverside: World) -> None:
    """When messages are read anew, what was decided holds."""
    why = await late(riverside)
    await riverside.presses("amara", DISPUTE, why)
    await riverside.presses("rosa", "nudges.take_out:1")
    message = await riverside.says("lena")
    await riverside.driver.deletes("lena", message, LENA)  # the tail is worked out anew
    await riverside.passes(days=1)
    await late(riverside)
    why = await riverside.driver.commands("amara", "/mentor rate why")
    assert 1 == why.text.count("taken out by a coordinator")
    assert [DISPUTE] == list(why.buttons)


async def test_only_what_is_late_and_ones_own(riverside: World) -> None:
    """Nobody disputes for another, and nothing that counts as in time."""
    why = await late(riverside)
    for user in ("lena", "noor", "rosa"):
        assert "Nothing was changed." in await riverside.presses(user, why.buttons[DISPUTE])
    await riverside.says("lena")
    await riverside.passes(hours=2)
    await riverside.says("amara")
    again = await riverside.driver.commands("amara", "/mentor rate why")
    assert "counts as in time" in again.text
    assert [why.buttons[DISPUTE]] == list(again.buttons.values())
    async with riverside.database.work(1) as work:
        (newest, *_) = await work.of(Nudges).of_answerer(await _id(riverside, work, "amara"), 1)
    assert "doesn't count as late" in await riverside.presses("amara", f"nudges.dispute:{newest.id}")
    assert [] == await riverside.inbox("rosa")


async def test_eight_have_a_button(riverside: World) -> None:
    """With more late ones than eight, the text says which ones have it."""
    why = await late(riverside, weeks=9)
    assert "The 8 newest that count as late have one." in why.text
    amara = riverside.account("amara")
    reply = await riverside.core.handle(Press("why", amara, "nudges.why"))
    ids = [int(found) for found in re.findall(r"nudges\.dispute:(\d+)", repr(reply))]
    assert (8, sorted(ids, reverse=True)) == (len(ids), ids)


async def test_a_request_of_the_team_is_disputed(riverside: World) -> None:
    """It goes to whoever asked; what is taken out counts no more."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    await asks(riverside, "Please send me your photo.", audience="mentors")
    await riverside.passes(days=4)
    why = await riverside.driver.commands("amara", "/mentor rate why")
    assert "A coordinator looks at it" in await riverside.presses("amara", DISPUTE, why)
    assert [] == await riverside.inbox("ravi")
    (question,) = await riverside.inbox("rosa")
    assert MONDAYS == question.texts[0]
    assert "photo" not in question.text
    await riverside.presses("rosa", "Take it out", question)
    assert "no answer so far; doesn't count: taken out by a coordinator." in await riverside.asks(
        "amara", "/mentor rate why"
    )


async def test_what_is_taken_out_counts_no_more(riverside: World) -> None:
    """Of ten messages one late one is taken out: nine are too few to say anything."""
    await late(riverside, weeks=2)
    for _ in range(8):
        await riverside.says("lena")
        await riverside.passes(hours=2)
        await riverside.says("amara")
        await riverside.passes(days=7, hours=-2)
    before = await riverside.asks("amara", "/mentor rate")
    assert "Your response rate is 90%: of the last 10 messages, 8 were answered in time." in before
    assert "1 late one is forgiven." in before
    why = await riverside.driver.commands("amara", "/mentor rate why")
    await riverside.presses("amara", DISPUTE, why)
    await riverside.presses("rosa", "nudges.take_out:1")
    assert "So far 9 messages counted: too few" in await riverside.asks("amara", "/mentor rate")


async def test_it_comes_within_the_coordinators_hours(riverside: World) -> None:
    """A dispute waits for the morning, and so does the decision for the member's."""
    why = await late(riverside)
    await riverside.passes(hours=12)  # 22:00
    await riverside.presses("amara", DISPUTE, why)
    assert [] == await riverside.inbox("rosa")
    before = len(await riverside.inbox("amara"))
    await riverside.presses("rosa", "nudges.leave:1")
    await riverside.passes(hours=10)
    assert before == len(await riverside.inbox("amara"))
    await riverside.passes(hours=1)
    assert ([], before + 1) == (await riverside.inbox("rosa"), len(await riverside.inbox("amara")))


async def test_somebody_is_forgotten(riverside: World) -> None:
    """With the other side's messages the dispute about one goes too; buttons about it are old ones."""
    await riverside.presses("amara", DISPUTE, await late(riverside, space=NOOR))
    (question,) = await riverside.inbox("rosa")
    async with riverside.database.work(1) as work:
        noor = await _id(riverside, work, "noor")
        for store in STORES:
            await work.of(store).forget(noor)
    assert "no longer works" in await riverside.presses("rosa", "Take it out", question)
    assert "No message has counted so far." in await riverside.asks("amara", "/mentor rate why")

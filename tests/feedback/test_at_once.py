"""Two mentees who are the fifth to give feedback at the same moment."""

import asyncio

from bot.calls import Submit
from storage.sheets import Sheets
from storage.totals import Totals
from tests.databases import at_once
from tests.feedback.meeting import met, rated_by_somebody
from tests.world import World


@at_once
async def test_two_are_the_fifth_at_once(riverside: World) -> None:
    """One of them is the fifth: the totals are made once, and the other's answer waits for four more."""
    for number in range(4):
        await rated_by_somebody(riverside, f"Person {number}", "4")
    calls = []
    for user in ("lena", "noor"):
        session_id = await met(riverside, user, said_yes=(user,))
        async with riverside.database.work(1) as work:
            (sheet,) = await work.of(Sheets).of_session(session_id, await riverside.member(work, user))
        action = f"feedback.written:{sheet.id}"
        calls.append(Submit(f"{user} gives", riverside.account(user), action, {"rating": "4"}))
    await asyncio.gather(*map(riverside.core.handle, calls))
    assert [5] == await people(riverside)
    for number in range(4, 7):
        await rated_by_somebody(riverside, f"Person {number}", "4")
    assert [5] == await people(riverside)
    await rated_by_somebody(riverside, "Person 7", "4")
    assert [5, 5] == await people(riverside)


async def people(riverside: World) -> list[int]:
    """Return how many people are in each total of ratings of Amara."""
    async with riverside.database.work(1) as work:
        amara = await riverside.member(work, "amara")
        return [one.people for one in (await work.of(Totals).get([amara]))[amara] if one.question == "rating"]

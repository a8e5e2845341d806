"""Community events as badges count them: where somebody was, and whether there was one where they could have been."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.badges.judging import judged
from bot.badges.keeping import badges_of
from bot.badges.rules import Verdict
from storage.members import Members
from storage.people import members
from tests.badges.town import BEN, DAY, HOUR, LENA, NOOR, Town, one, town


@dataclass(frozen=True)
class Row:
    """An event of an hour, so long ago, and how it stands then with one event in ten days, for Lena, who was there."""

    ago: timedelta
    was_there: Verdict
    wasnt: Verdict
    state: str = "announced"
    ahead: timedelta = 7 * DAY
    welcomed: timedelta = 90 * DAY  # before it began


ROWS = {
    "a while ago": Row(5 * DAY, Verdict.MET, Verdict.MISSED),
    "just within the time": Row(10 * DAY, Verdict.MET, Verdict.MISSED),
    "too long ago": Row(10 * DAY + HOUR, Verdict.NEUTRAL, Verdict.NEUTRAL),
    "somebody could still say that they were there": Row(24 * HOUR, Verdict.MET, Verdict.NEUTRAL),
    "nobody can any more": Row(25 * HOUR, Verdict.MET, Verdict.MISSED),
    "called off": Row(5 * DAY, Verdict.NEUTRAL, Verdict.NEUTRAL, "called_off"),
    "announced three days ahead": Row(5 * DAY, Verdict.MET, Verdict.MISSED, ahead=3 * DAY),
    "announced later": Row(5 * DAY, Verdict.MET, Verdict.NEUTRAL, ahead=3 * DAY - HOUR),
    "welcomed just then": Row(5 * DAY, Verdict.MET, Verdict.MISSED, welcomed=0 * DAY),
    "welcomed afterwards": Row(5 * DAY, Verdict.MET, Verdict.NEUTRAL, welcomed=-HOUR),
}


async def verdict(there: Town, member_id: int) -> Verdict:
    """Return how it stands with the one criterion."""
    async with there.core.at_work(there.program) as context:
        people = await context.work.of(Members).get([member_id])
        (found,) = await judged(context, list(people.values()), await badges_of(context))
    (measured,) = found.standing.measured
    return measured.verdict


@pytest.mark.parametrize("name", ROWS)
async def test_one_event_in_ten_days(name: str, database_url: str) -> None:
    """Whoever was there has it; others miss it only if they could have come, and once nobody can say so any more."""
    row = ROWS[name]
    async with town(database_url) as there:
        await there.without("mentor-accountability", "mentee-accountability")
        await there.badge(one("events_attended", "1", "10d"))
        begins = there.now - row.ago
        await there.event(begins, {LENA: there.now}, row.state, row.ahead)
        await there.change(members, NOOR, welcomed_at=begins - row.welcomed)
        await there.away(BEN, begins, begins + HOUR)
        assert (row.was_there, row.wasnt, Verdict.NEUTRAL) == (
            await verdict(there, LENA),
            await verdict(there, NOOR),
            await verdict(there, BEN),
        )

"""What is tried out is what would have been: a month, lived under figures, beside what was said of it."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import policy
from bot.facts import MessagesChanged
from bot.settings.trying import MONTH, MOST, lately
from bot.settings.wording import too_much
from storage.members import Members
from storage.messages import Messages, NewMessage
from storage.nudges import JUST_AFTER, Mark, MarkRow, Nudges
from storage.pairings import Pairings
from storage.rests import Rests
from storage.turns import nudges
from tests.settings.saying import sees
from tests.world import LENA, MONDAY, World, world

ROOM = {"budget.per_day": "1000", "budget.per_week": "1000"}  # what is tried out leaves the budget aside
BEGIN = datetime(1970, 1, 1, tzinfo=MONDAY.tzinfo)
VARIANTS: list[dict[str, str]] = [
    {},
    {"nudges.first_after": "10h"},
    {"nudges.second_after": "36h", "nudges.last_after": "3d"},
    {"nudges.quiet": "2h"},
    {"nudges.lull": "4h", "nudges.lull_factor": "30"},
    {"nudges.seen": "tada"},
    {"nudges.seen_for": "3d"},
    {"nudges.answer_within": "30h"},
    {"hours.days": "mon tue wed thu fri sat sun"},
    {"hours.opens": "15:00", "hours.closes": "16:00"},
]


@dataclass(frozen=True)
class Event:
    """Something that one of the two does, so long after what was before."""

    after: timedelta
    user: str
    what: str


def month(seed: int) -> list[Event]:
    """Make up what two people do in a month, to the odd second, so that nothing happens at the same instant."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    events: list[Event] = []
    while sum((event.after for event in events), timedelta(0)) < MONTH - timedelta(days=6):
        gap = timedelta(minutes=dice.choice([3, 40, 300, 700, 1500, 3500, 8000]), seconds=dice.randint(1, 59))
        what = dice.choice(["says"] * 6 + ["eyes", "tada", Mark.NOT_NEEDED, Mark.WANTED, Mark.LATER])
        events.append(Event(gap, dice.choice(["amara", "lena"]), what))
    return events


async def live(riverside: World, events: list[Event]) -> None:
    """Let a month go by."""
    message, end = "", MONDAY + MONTH
    for event in events:
        await riverside.passes(seconds=event.after.total_seconds())
        if event.what == "says" or not message:
            message = await riverside.says(event.user)
        elif event.what in ("eyes", "tada"):
            await riverside.driver.reacts(event.user, message, event.what, LENA)
        else:
            await mark(riverside, event.user, Mark(event.what))
    await riverside.passes(seconds=(end - riverside.clock.now()).total_seconds())


async def mark(riverside: World, user: str, kind: Mark) -> None:
    """Say something about the newest message, as the buttons do, whether somebody was reminded of it or not."""
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        (pairing, _) = await context.work.of(Pairings).going_on()
        newest = (await context.work.of(Messages).since({pairing.id: BEGIN}))[-1]
        until = context.now + timedelta(days=2) if kind is Mark.LATER else None
        row = MarkRow(
            pairing.id,
            newest.space_id,
            newest.external,
            await riverside.member(context.work, user),
            kind,
            context.now,
            until,
        )
        await context.work.of(Nudges).add_mark(row)
        await context.tell(MessagesChanged({pairing.id: newest.at + JUST_AFTER}))


async def sent(riverside: World) -> int:
    """Count the reminders that really went out."""
    async with riverside.database.connect() as conn:
        return int(await conn.scalar(select(func.count()).where(nudges.c.sent_at.is_not(None))) or 0)


async def tried(riverside: World, changes: Mapping[str, str]) -> int:
    """Count the reminders that there would have been under figures."""
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        found = await lately(context)
        assert found is not None
        return found.reminders(policy.load("default", changes), context.now)


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_tried_out_is_what_is_sent(sqlite_in: Callable[[Path], str], tmp_path: Path, seed: int) -> None:
    """The count under other figures is the number of reminders in a month that was lived under those."""
    events, variants = month(seed), VARIANTS[seed::3]
    async with world(sqlite_in(tmp_path), tmp_path) as riverside:
        await live(riverside, events)
        expected = [await tried(riverside, changes) for changes in variants]
    lived = []
    for number, changes in enumerate(variants):
        folder = tmp_path / str(number)
        async with world(sqlite_in(folder), folder, {**changes, **ROOM}) as other:
            await live(other, events)
            lived.append(await sent(other))
    assert expected == lived
    assert max(lived) > 0


async def test_the_figures_that_are_shown(database_url: str, tmp_path: Path) -> None:
    """The first is what was sent with the figures as they are, the second what would have been with the new one."""
    async with world(database_url, tmp_path, ROOM) as riverside:
        await live(riverside, month(1))
        really = await sent(riverside)
        shown = (await sees(riverside, "days every day")).text
        expected = await tried(riverside, {"hours.days": "mon tue wed thu fri sat sun"})
    figures = re.search(r"In the last month: about (\d+) → (\d+) reminders\.", shown)
    assert figures is not None
    assert (really, expected) == (int(figures[1]), int(figures[2]))
    assert really != expected


async def test_too_much_to_try_out(database_url: str, tmp_path: Path) -> None:
    """It is said, and the change can be made all the same."""
    async with world(database_url, tmp_path) as riverside:
        await riverside.says("lena")
        await riverside.passes(days=1)
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            (pairing, _) = await context.work.of(Pairings).going_on()
            (space,) = await context.work.of(Pairings).spaces_of([pairing.id])
            many = [
                NewMessage(pairing.id, space.id, f"n{n}", pairing.mentee_id, MONDAY + timedelta(seconds=n))
                for n in range(MOST)
            ]
            await context.work.of(Messages).add(many)
        shown = await sees(riverside, "first reminder 10h")
        assert too_much(MOST) in shown.texts
        assert "more than 20,000 messages" in shown.text
        assert "Done." in await riverside.presses("rosa", "Change it", shown)


async def test_a_pair_that_rests_is_reminded_of_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """The days of its rest count for nobody in it."""
    async with world(sqlite_url, tmp_path) as riverside:
        await riverside.says("lena")
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            (pairing, _) = await context.work.of(Pairings).going_on()
            await context.work.of(Rests).begin(pairing.id, MONDAY + timedelta(days=7))
        await riverside.passes(days=7)
        assert [0, 0] == [await sent(riverside), await tried(riverside, {})]
        await riverside.passes(days=2)
        assert [1, 1] == [await sent(riverside), await tried(riverside, {})]


async def test_who_has_left_is_reminded_of_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """Members who are no longer active don't count in what is tried out."""
    async with world(sqlite_url, tmp_path) as riverside:
        await riverside.says("lena")
        await riverside.passes(days=3)
        assert 1 == await tried(riverside, {})
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            amara = await riverside.member(context.work, "amara")
            await context.work.of(Members).change(amara, active=False)
        assert 0 == await tried(riverside, {})

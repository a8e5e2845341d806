"""Two coordinators at once, old buttons, and what was never given out."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.calls import Press, Submit
from bot.people import Account
from bot.views import Actions, Button, Errors, Message
from storage.members import Members, NewMember, Role
from storage.settings import Change, Settings
from storage.settings import changes as change_table
from tests.databases import at_once
from tests.settings.saying import changes, sees
from tests.world import World, world

pytestmark = pytest.mark.only_on("playground")  # it is about what stands behind every platform

BEN = Account("playground", "riverside", "ben")
ROSA = Account("playground", "riverside", "rosa")


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, with a second coordinator."""
    async with world(database_url, tmp_path) as opened:
        (program,) = await opened.core.programs()
        async with opened.core.at_work(program) as context:
            await context.work.of(Members).save(NewMember("Ben Adler", frozenset({Role.COORDINATOR}), (BEN,)))
        yield opened


async def press(riverside: World, account: Account, action: str, number: int = 0) -> Message:
    """Press a button as the platform tells of it."""
    reply = await riverside.core.handle(Press(f"{action} {account.user} {number}", account, action))
    assert isinstance(reply, Message)
    return reply


def first_action(reply: Message) -> str:
    """Return what the first button of an answer carries."""
    rows = [block for block in reply.blocks if isinstance(block, Actions)]
    return next(item.action for row in rows for item in row.items if isinstance(item, Button))


async def proposal(riverside: World, account: Account, change: str) -> str:
    """Ask for a change; return the action that would carry it out."""
    action = f"settings.filled:reminders:{(await riverside.core.programs())[0].version}"
    form = Submit(f"{account.user} {change}", account, action, {"first_after": change})
    reply = await riverside.core.handle(form)
    assert isinstance(reply, Message)
    return first_action(reply)


async def versions(riverside: World) -> list[tuple[int, str | None]]:
    """Return what was changed."""
    async with riverside.database.connect() as conn:
        query = select(change_table.c.version, change_table.c.value).order_by(change_table.c.id)
        return [tuple(row) for row in await conn.execute(query)]


async def test_the_second_one_is_told_how_it_stands(riverside: World) -> None:
    """What was shown for other figures is shown anew, with what somebody else changed, and holds after another tap."""
    first, second = await proposal(riverside, ROSA, "12h"), await proposal(riverside, BEN, "36h")
    await press(riverside, ROSA, first)
    told = await press(riverside, BEN, second)
    assert [
        "Meanwhile Rosa Delgado changed the settings, so I've changed nothing yet:",
        "First reminder: 24 hours → 12 hours",
        "With that, your change would be:",
        "First reminder: 12 hours → 36 hours",
    ] == told.plain.split("\n")[:4]
    assert [(1, "12h")] == await versions(riverside)
    again = first_action(told)
    assert "Done." in (await press(riverside, BEN, again)).plain
    assert [(1, "12h"), (2, "36h")] == await versions(riverside)


async def test_the_same_change_twice(riverside: World) -> None:
    """The second one learns that it is done."""
    first, second = await proposal(riverside, ROSA, "36h"), await proposal(riverside, BEN, "36h")
    await press(riverside, ROSA, first)
    told = await press(riverside, BEN, second)
    assert "Rosa Delgado has just made the same change, so nothing was left to do." == told.plain
    assert [(1, "36h")] == await versions(riverside)


async def test_what_no_longer_fits_is_told(riverside: World) -> None:
    """A change that was right for the figures of before, and isn't for those of now."""
    action = await proposal(riverside, ROSA, "36h")
    await changes(riverside, "time to answer 30h")
    assert "As it stands: Time to answer: 30 hours." in (await press(riverside, ROSA, action)).plain
    assert [(1, "30h")] == await versions(riverside)


@at_once
async def test_at_the_very_same_time(riverside: World) -> None:
    """One of them holds, the others are shown anew: no change is lost, and none overwrites another unseen."""
    who = [ROSA, BEN, ROSA, BEN]
    actions = [await proposal(riverside, account, f"{20 + n}h") for n, account in enumerate(who)]
    replies = await asyncio.gather(
        *(press(riverside, account, action, n) for n, (account, action) in enumerate(zip(who, actions, strict=True)))
    )
    done = [reply for reply in replies if reply.plain.startswith("Done.")]
    anew = [reply for reply in replies if reply.plain.startswith("Meanwhile ")]
    assert (1, 3) == (len(done), len(anew))
    assert 1 == len(await versions(riverside))


@at_once
async def test_one_button_pressed_many_times_at_once(riverside: World) -> None:
    """It works once."""
    action = await proposal(riverside, ROSA, "36h")
    replies = await asyncio.gather(*(press(riverside, ROSA, action, n) for n in range(4)))
    assert 1 == sum(reply.plain.startswith("Done.") for reply in replies)
    assert [(1, "36h")] == await versions(riverside)


@pytest.mark.parametrize(
    "action",
    [
        "settings.filled:reminders:7",
        "settings.filled:reminder:0",
        "settings.filled::0",
        "settings.filled:reminders:-1",
        "settings.filled:reminders",
    ],
)
async def test_forged_forms(riverside: World, action: str) -> None:
    """A form that was never given out changes nothing."""
    reply = await riverside.core.handle(Submit(action, ROSA, action, {"first_after": "12h"}))
    assert isinstance(reply, Errors)
    assert "no longer works" in reply.errors[""]


async def test_forged_values(riverside: World) -> None:
    """Fields that the form hasn't are left alone, and so is one that didn't come; what is in one may be anything."""
    action = "settings.filled:reminders:0"
    values = {"per_day": "5", "nudges.first_after": "1h", "": "x", "preset": "imstl"}
    reply = await riverside.core.handle(Submit("a", ROSA, action, values))
    assert isinstance(reply, Message)
    assert "That is how it stands already. Nothing was changed." == reply.plain
    for number, value in enumerate(
        ["\x00", "\ud800", "9" * 100_000, "'; DROP TABLE program; --", "{evil}", "a" * 5000]
    ):
        refused = await riverside.core.handle(Submit(f"b{number}", ROSA, action, {"first_after": value}))
        assert isinstance(refused, Errors)
        assert {"first_after"} == set(refused.errors)
    policy = await riverside.core.handle(Submit("c", ROSA, "settings.filled:policy:0", {"preset": "../default"}))
    assert isinstance(policy, Errors)
    assert [] == await versions(riverside)


async def test_a_change_that_fails_leaves_no_figures_behind(riverside: World) -> None:
    """What was worked out in a transaction that came to nothing is not taken for what holds."""
    (before,) = await riverside.core.programs()
    with pytest.raises(ZeroDivisionError):
        await _changed_and_broken(riverside, "1h")
    await changes(riverside, "first reminder 36h")
    (after,) = await riverside.core.programs()
    async with riverside.core.at_work(after) as context:
        assert 36 * 3600 == context.policy.nudges.first_after.total_seconds()
    assert (0, 1) == (before.version, after.version)
    assert "First reminder: 36 hours" in (await sees(riverside)).text


async def _changed_and_broken(riverside: World, value: str) -> None:
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        store = context.work.of(Settings)
        await store.add_change(Change(1, context.now, "nobody", "nudges.first_after", value))
        fresh = await context.house.context(context.work, await store.lock())
        assert 3600 == fresh.policy.nudges.first_after.total_seconds()
        raise ZeroDivisionError

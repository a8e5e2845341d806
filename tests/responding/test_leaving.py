"""Whoever stops answering reports: no report is left that nobody can read, and nothing of theirs that opens one."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.responding.readership import opens_to_nobody_but
from storage.cases import Cases, NewCase, State
from storage.members import Members
from storage.report_tables import OUTSIDE
from storage.responders import Responders
from tests.databases import at_once
from tests.drivers.driver import SeenForm
from tests.reports.making import looks
from tests.responding.reporting import (
    opens,
    outside_contact,
    reported,
    responder,
    unlocks,
)
from tests.storage.tables import every_row
from tests.world import World

Way = Callable[[World], Awaitable[str]]
NOTE = "You have a private note."
TO_HAND_OVER = "Amara Okafor still has private notes to hand over"


async def _form(world: World, user: str, command: str, button: str) -> SeenForm:
    form = (await world.driver.presses(user, button, await world.driver.commands(user, world.typed(command)))).form
    assert form is not None
    return form


async def loses_the_role(world: World) -> str:
    """Let a coordinator make a mentor alone of Amara."""
    form = await _form(world, "rosa", "/mentor-admin person @amara", "Change")
    answer = await world.driver.submits("rosa", form, {"roles": "mentor"})
    return f"{answer.text} {answer.errors.get('roles', '')}"


async def is_deactivated(world: World, user: str = "amara") -> str:
    """Let a coordinator deactivate somebody."""
    card = await world.driver.commands("rosa", world.typed(f"/mentor-admin person @{user}"))
    asked = await world.driver.presses("rosa", "Deactivate", card)
    return (await world.driver.presses("rosa", "Yes, deactivate", asked)).text


async def is_forgotten(world: World) -> str:
    """Let a coordinator have Amara forgotten."""
    form = await _form(world, "rosa", "/mentor-admin forget @amara", "Forget them …")
    answer = await world.driver.submits("rosa", form, {"name": "Amara Okafor"})
    return f"{answer.text} {answer.wrong}"


async def has_herself_forgotten(world: World) -> str:
    """Let Amara have herself forgotten."""
    form = await world.driver.presses("amara", "mydata.forget_me")
    assert form.form is not None
    answer = await world.driver.submits("amara", form.form, {"name": "Amara Okafor"})
    return f"{answer.text} {answer.wrong}"


WAYS: dict[str, tuple[Way, str, str]] = {
    "she loses the role": (loses_the_role, TO_HAND_OVER, "Changed."),
    "she is deactivated": (is_deactivated, TO_HAND_OVER, "Amara Okafor is deactivated."),
    "a coordinator has her forgotten": (is_forgotten, TO_HAND_OVER, "I'm deleting"),
    "she has herself forgotten": (has_herself_forgotten, "Nobody but you can open", "I'm deleting"),
}


@pytest.mark.parametrize("name", WAYS)
async def test_the_last_reader_hands_over_first(riverside: World, name: str) -> None:
    """It is refused and nothing changes until somebody else can read it; then nothing of theirs is left that opens."""
    leaves, refused, done = WAYS[name]
    await responder(riverside, "amara", "ravi")
    made = await reported(riverside, readers=("amara",))
    closed = await reported(riverside, readers=("amara",))
    both = await reported(riverside, readers=("amara", "ravi"))
    async with riverside.database.work(1) as work:
        await work.of(Cases).change(closed.case.id, state=State.CLOSED)
    said = await leaves(riverside)
    assert refused in said
    others = refused == TO_HAND_OVER
    assert others is not any(one.name in said for one in (made, closed))
    assert int(others) == sum(NOTE in one.text for one in await riverside.inbox("amara"))
    assert f"Nobody but you can open {' and '.join(sorted([made.name, closed.name]))}" in await riverside.asks(
        "amara", "/mentor reports"
    )
    shown = await riverside.driver.presses("amara", "Let somebody in …", await unlocks(riverside, "amara"))
    assert "can open 2 reports more" in (await riverside.driver.presses("amara", "Let Ravi Menon in", shown)).text
    assert done in await leaves(riverside)
    rows = await every_row(riverside.database)
    assert {5} == {row[1] for row in rows["responder_key"]}
    assert {"m5"} == {row[2] for row in rows["report_wrap"]}
    assert "it no longer opens to" in (await opens(riverside, both)).text
    await riverside.core.daily()
    await riverside.passes(hours=1, minutes=1)
    assert 1 == sum(NOTE in one.text for one in await riverside.inbox("ravi"))


READERS = {
    ("amara",): True,
    ("amara", "ravi"): False,
    ("amara", OUTSIDE): False,
    ("amara", "noor"): True,  # who answers reports no more
    ("ravi",): False,
    (OUTSIDE,): False,
}


async def test_to_whom_alone_a_report_opens(riverside: World) -> None:
    """To no other responder of now, and not to the outside contact; the recovery key is nobody's."""
    await responder(riverside, "amara", "ravi", "noor")
    await outside_contact(riverside)
    made = {readers: await reported(riverside, readers=readers) for readers in READERS}
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        noor = await riverside.member(context.work, "noor")
        await context.work.of(Members).change(noor, active=False)
        alone = {case.id for case in await opens_to_nobody_but(context, await riverside.member(context.work, "amara"))}
    assert READERS == {readers: one.case.id in alone for readers, one in made.items()}


@at_once
async def test_the_last_two_leave_at_once(riverside: World) -> None:
    """One of them is too late."""
    await responder(riverside, "amara", "ravi")
    made = await reported(riverside, readers=("amara", "ravi"))
    said = await asyncio.gather(is_deactivated(riverside), is_deactivated(riverside, "ravi"))
    assert 1 == sum("still has private notes to hand over" in one for one in said)
    async with riverside.database.work(1) as work:
        assert 1 == len((await work.of(Cases).readers([made.case.id]))[made.case.id])


@at_once
async def test_somebody_leaves_while_a_report_is_sent(riverside: World) -> None:
    """They leave when it is sealed; and then they can't, for nobody else can read it."""
    await responder(riverside, "amara", "ravi")
    async with riverside.database.work(1) as work:
        await work.of(Responders).keys(held=True)  # as whoever sends it does
        leaves = asyncio.create_task(is_deactivated(riverside))
        await asyncio.wait({leaves}, timeout=0.3)
        assert not leaves.done()
        new = NewCase(1, "", b"", b"", b"")
        await work.of(Cases).add(new, {"m1": b""}, 1, b"")
    assert TO_HAND_OVER in await leaves


async def test_whoever_reported_sees_who_reads_it(riverside: World) -> None:
    """Who stepped aside, and that it went outside: with a name they hear that there is news."""
    await responder(riverside, "amara", "ravi")
    made = await reported(riverside, by="lena", readers=("amara", "ravi"))
    for user, notes in (("amara", 0), ("ravi", 1)):
        await outside_contact(riverside)
        asked = await riverside.driver.presses(user, "Step aside …", await opens(riverside, made, user))
        await riverside.driver.presses(user, "Step aside", asked)
        assert notes == sum(NOTE in one.text for one in await riverside.inbox("lena"))
    seen = (await looks(riverside, made.code)).text
    for line in ("Amara Okafor can't read it any more.", "Ravi Menon can't", "It went to the contact outside"):
        assert line in seen

"""`mentorbot doctor` on Slack: the database, and the programs in it."""

from collections.abc import Mapping

import pytest

from storage.contacts import Contacts
from storage.members import Members
from storage.programs import State
from storage.settings import Settings
from tests.doctor.breaking import OF_PROGRAMS, Break, Case, is_told, sql, wrong
from tests.doctor.practice import Practice


def state(now: State, *, ever: bool = False) -> Break:
    """Let the program be in a state."""

    async def change(practice: Practice) -> None:
        async with practice.opened() as database, database.work(practice.program) as work:
            since = (await work.of(Settings).get()).since if ever else None
            await work.of(Settings).put(state=now, since=since)

    return change


async def unproven(practice: Practice) -> None:
    """Let the contact be somebody who hasn't answered."""
    async with practice.opened() as database, database.work(practice.program) as work:
        await work.of(Contacts).put(member_id=practice.members["Lena Vogt"])


async def unproven_address(practice: Practice) -> None:
    """Let the contact be an address from which nothing came back."""
    async with practice.opened() as database, database.work(practice.program) as work:
        await work.of(Contacts).put(address="help@example.org")


async def nobody_coordinates(practice: Practice) -> None:
    """Let the only coordinator, who is the contact as well, have left."""
    async with practice.opened() as database, database.work(practice.program) as work:
        await work.of(Members).change(practice.members["Rosa Delgado"], active=False)


BROKEN: Mapping[str, Case] = {
    "no contact": (sql("DELETE FROM contact"), (("✗ Contact for worries: Riverside has none. ", "contact @name"),)),
    "a contact who hasn't answered": (
        unproven,
        (("✗ Contact for worries: Riverside has one, who hasn't answered yet. ", "press the button"),),
    ),
    "an address that isn't proven": (
        unproven_address,
        (("✗ Contact for worries: Riverside has an address, but nobody ", "/mentor-admin contact CODE"),),
    ),
    "no coordinator": (
        nobody_coordinates,
        (
            ("✗ Contact for worries: Riverside has none. ", "contact @name"),
            ("✗ Coordinators: Riverside has none yet. ", "/mentor-admin setup"),
        ),
    ),
    "figures that there are not": (
        sql("UPDATE program SET policy = 'elsewhere'"),
        (("✗ State of the program: ", "elsewhere"),),
    ),
    "no program": (
        sql("DELETE FROM workspace"),
        (
            ("✗ Workspace: In Riverside mentorbot hasn't been started yet. ", "make run"),
            ("○ ", f": Pairs' channels, {OF_PROGRAMS}"),
        ),
    ),
    "a database of an older version": (
        sql("UPDATE alembic_version SET version_num = '0001'"),
        (
            ("✗ Database: This database is older than this mentorbot. ", "start mentorbot on it once"),
            ("○ ", f": Workspace, Pairs' channels, {OF_PROGRAMS}"),
        ),
    ),
    "a database of a newer version": (
        sql("UPDATE alembic_version SET version_num = '9999'"),
        (
            ("✗ Database: This database was written by a newer mentorbot. ", "start that version"),
            ("○ ", f": Workspace, Pairs' channels, {OF_PROGRAMS}"),
        ),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_each_thing_that_is_broken_is_told(well: Practice, case: str) -> None:
    """In a line of its own, with what mends it."""
    await is_told(well, BROKEN[case])


STATES: Mapping[str, tuple[Break, str]] = {
    "never started": (state(State.SET_UP), "Riverside hasn't been started yet, so members get nothing. A coordinator "),
    "stopped": (state(State.SET_UP, ever=True), "Riverside is stopped, so members get nothing. A coordinator "),
    "tried out": (
        state(State.SHADOW, ever=True),
        "Riverside is being tried out, so members get nothing. A coordinator",
    ),
}


@pytest.mark.parametrize("case", STATES)
async def test_the_state_is_told_and_is_nothing_wrong(well: Practice, case: str) -> None:
    """When a program starts is for its coordinators to say."""
    change, expected = STATES[case]
    if (changing := change(well)) is not None:
        await changing
    lines = await well.looks()
    assert [] == wrong(lines)
    assert lines[-1].startswith(f"✓ State of the program: {expected}")


async def test_what_start_waits_for_is_told(well: Practice) -> None:
    """As /mentor-admin setup says it."""
    for statement in ("UPDATE program SET state = 'set_up'", "UPDATE pairing SET ended_at = '2026-01-01 00:00:00'"):
        await sql(statement)(well)  # type: ignore[misc]
    await unproven(well)
    expected = "Start, in /mentor-admin setup, waits for: at least one pairing, a contact for worries who has answered."
    assert (await well.looks())[-1].endswith(expected)

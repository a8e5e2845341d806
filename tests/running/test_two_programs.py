"""One deployment, two programs: a Slack workspace and a Discord server with the same names, and nothing in common."""

import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage.audit import audit
from storage.members import Members
from storage.pairings import Pairings
from tests.running.both import ON, PEOPLE, Both, both

NAMES = {"slack": "Riverside", "discord": "Riverside 2"}  # of the programs, as a workspace's and a server's are alike


@pytest.fixture
async def there(database_url: str) -> AsyncIterator[Both]:
    """Open both, each with a program that runs; Amara and Lena are paired in each."""
    async with both(database_url) as opened:
        for on in ON:
            await opened.add_people(on)
            assert "are paired" in await opened.asks(on, "rosa", "/mentor-admin pair @amara with @lena")
            await opened.start(on)
        yield opened


async def test_each_goes_by_its_own_policy(there: Both) -> None:
    """Rosa lets Discord's reminders come after half a day: Slack's come after a whole one, as before."""
    shown = await there.discord.commands("rosa", "/mentor-admin settings first reminder 12h")
    assert "Done." in await there.presses("discord", "rosa", "Change it", shown)
    for on in ON:
        assert ("12 hours" if on == "discord" else "24 hours") in await there.asks(on, "rosa", "/mentor-admin settings")
        await there.driver(on).says("lena", "heliotrope", await there.space(on, "lena"))
    await there.passes(hours=23, minutes=30)
    assert {"slack": 0, "discord": 1} == {on: len(await there.nudges(on, "amara")) for on in ON}
    await there.passes(hours=2)
    assert {"slack": 1, "discord": 1} == {on: len(await there.nudges(on, "amara")) for on in ON}


async def test_messages_stay_where_they_are(there: Both) -> None:
    """Who writes on Slack is answered there; on Discord nobody of the same name waits, is reminded, or has answered."""
    await there.slack.says("lena", "heliotrope", await there.space("slack", "lena"))
    await there.discord.says("amara", "Good morning", await there.space("discord", "amara"))
    await there.passes(days=1)
    assert {"slack": 1, "discord": 0} == {on: len(await there.nudges(on, "amara")) for on in ON}
    assert "Lena Vogt" in await there.asks("slack", "amara", "/mentor waiting")
    assert "Nothing waits for you" in await there.asks("discord", "amara", "/mentor waiting")
    assert "Amara Okafor" in await there.asks("discord", "lena", "/mentor waiting")
    assert "Nothing waits for you" in await there.asks("slack", "lena", "/mentor waiting")


async def test_lists_name_those_of_one_program(there: Both) -> None:
    """Of two Noors one is taken out, of two pairs one rests; the other program's coordinator sees no change."""
    before = {what: await there.asks("discord", "rosa", f"/mentor-admin {what}") for what in ("people", "pairs")}
    assert all(name in before["people"] for name in PEOPLE.values())
    shown = await there.slack.commands("rosa", "/mentor-admin person @noor")
    (deactivate,) = [label for label, action in shown.buttons.items() if "deactivate" in action]
    asked = await there.slack.presses("rosa", deactivate, shown)
    for label, action in asked.buttons.items():
        if "deactivate" in action:
            await there.slack.presses("rosa", label, asked)
    assert {"slack": False, "discord": True} == {on: await _is_active(there, on, "noor") for on in ON}
    after = {what: await there.asks("discord", "rosa", f"/mentor-admin {what}") for what in ("people", "pairs")}
    assert before == after


async def _is_active(there: Both, on: str, user: str) -> bool:
    async with there.core.at_work((await there.programs())[NAMES[on]]) as context:
        every = await context.work.of(Members).every()
    return next(one.active for one in every if one.name == PEOPLE[user])


async def test_nothing_of_one_is_reached_from_the_other(there: Both) -> None:
    """A button with an id of the other program's, a code, a mention by the other's user id: nothing is found."""
    made = re.search(r"/mentor link (\S+)", await there.asks("slack", "amara", "/mentor link"))
    assert made
    tomas = there.discord.discord.person("tomas", there.discord.guild)
    assert "I don't know this code" in await there.asks("discord", tomas.id, f"/mentor link {made[1]}")
    slack, discord = await _pairing(there, "slack"), await _pairing(there, "discord")
    assert slack != discord
    for on, other in (("slack", discord), ("discord", slack)):
        shown = await there.driver(on).commands("rosa", "/mentor-admin pairing @amara @lena")
        (end,) = [action for action in shown.buttons.values() if action.startswith("pairings.end")]
        forged = await there.driver(on).presses(
            "rosa", end.replace(str(slack if on == "slack" else discord), str(other))
        )
        assert "no longer" in forged.text
    assert "Nothing waits for you" in await there.asks("discord", "amara", "/mentor waiting")
    with_id = await there.asks("slack", "rosa", f"/mentor-admin add @{there.discord.person('amara').id} mentor")
    assert "is in the program now" not in with_id


async def _pairing(there: Both, on: str) -> int:
    async with there.core.at_work((await there.programs())[NAMES[on]]) as context:
        (pairing,) = await context.work.of(Pairings).every()
    return pairing.id


async def test_who_did_what_is_kept_apart(there: Both) -> None:
    """What Rosa did on Slack stands under her key of there, in that program's log, and nowhere else."""
    keys: dict[str, str] = {}
    async with there.core.database.connect() as conn:
        rows = [*await conn.execute(select(audit.c.program_id, audit.c.actor, audit.c.subject))]
    for on in ON:
        program = (await there.programs())[NAMES[on]]
        async with there.core.at_work(program) as context:
            mine = {member.key: member.name for member in await context.work.of(Members).every()}
        keys |= dict.fromkeys(mine, on)
        named = {key for id_, *pair in rows if id_ == program.id for key in pair}
        assert {on} == {keys[key] for key in named & keys.keys()}
    assert 2 * len(PEOPLE) == len(keys)
    assert rows

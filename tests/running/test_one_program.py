"""One program on a Slack workspace and a Discord server at once: whoever is on both is one member."""

import re
from collections.abc import AsyncIterator

import pytest

from adapters.discord.invite import permissions
from storage.members import Members
from tests.running.both import ON, PEOPLE, Both, both

OTHER = {"slack": "discord", "discord": "slack"}
LINK = re.compile(r"/mentor link (?:code: ?)?([A-Z2-9]{5}-[A-Z2-9]{5})")


@pytest.fixture
async def there(database_url: str) -> AsyncIterator[Both]:
    """Open a program that Rosa coordinates on Slack, with `[program] together = true`; nobody is linked yet."""
    async with both(database_url, together=True) as opened:
        await opened.add_people("slack")
        yield opened


async def link(there: Both, user: str, made_on: str) -> str:
    """Make a code on one account, and type it on the other; return the answer to that."""
    found = LINK.search(await there.asks(made_on, user, "/mentor link"))
    assert found
    await there.passes(minutes=1)
    return await there.asks(OTHER[made_on], user, f"/mentor link {found[1]}")


async def accounts(there: Both, user: str) -> list[str]:
    """Return the platforms on which somebody has an account, the one last used first."""
    (program,) = await there.core.programs()
    async with there.core.at_work(program) as context:
        members = context.work.of(Members)
        (member,) = [one for one in await members.every() if one.name == PEOPLE[user]]
        return [one.platform for one in await members.accounts(member.id)]


async def spaces(there: Both, user: str) -> dict[str, int]:
    """Return how many conversations somebody has on each."""
    await there.jobs.round()
    return {on: len(await there.driver(on).spaces(user)) for on in ON}


async def pair(there: Both, *linked: str) -> None:
    """Link some, pair Amara and Lena, and start."""
    for user in linked:
        assert f"Welcome, {PEOPLE[user]}" in await link(there, user, "slack")
    assert "are paired" in await there.asks("slack", "rosa", "/mentor-admin pair @amara with @lena")
    await there.start("slack")


async def test_an_account_is_linked_both_ways(there: Both) -> None:
    """A code is made on Slack and typed on Discord; a member of Discord's types theirs on Slack."""
    assert "I don't know you yet" in await there.asks("discord", "rosa", "/mentor waiting")
    assert "Welcome, Rosa Delgado" in await link(there, "rosa", "slack")
    assert "is in the program now" in await there.asks("discord", "rosa", "/mentor-admin add @tomas mentee")
    assert "I don't know you yet" in await there.asks("slack", "tomas", "/mentor waiting")
    assert "Welcome, Tomas Lind" in await link(there, "tomas", "discord")
    assert "Nothing waits for you" in await there.asks("slack", "tomas", "/mentor waiting")


async def test_a_link_is_taken_away_from_the_other_account(there: Both) -> None:
    """What Amara had linked on Discord is a stranger's again."""
    await link(there, "amara", "slack")
    offered = await there.slack.commands("amara", "/mentor link")
    assert "Discord" in offered.text
    assert "Done." in await there.presses("slack", "amara", "Take it away", offered)
    assert "I don't know you yet" in await there.asks("discord", "amara", "/mentor waiting")


async def test_one_nudge_on_the_account_that_was_used_last(there: Both) -> None:
    """Amara is on both: wherever she was last, she is reminded once, and the other one stays quiet."""
    await pair(there, "amara", "lena")
    space_on = next(on for on, number in (await spaces(there, "lena")).items() if number)
    await there.asks("discord", "amara", "/mentor waiting")
    await there.driver(space_on).says("lena", "heliotrope", await there.space(space_on, "lena"))
    await there.passes(days=1, minutes=5)
    assert {"slack": 0, "discord": 1} == {on: len(await there.nudges(on, "amara")) for on in ON}
    await there.asks("slack", "amara", "/mentor waiting")
    await there.passes(days=4)
    assert {"slack": 1, "discord": 1} == {on: len(await there.nudges(on, "amara")) for on in ON}


async def test_the_space_is_where_both_are(there: Both) -> None:
    """Amara was on Discord last, Lena is on Slack alone: their conversation is on Slack, and reminders lead there."""
    await pair(there, "amara")
    assert ["discord", "slack"] == sorted(await accounts(there, "amara"))
    assert {"slack": 1, "discord": 0} == await spaces(there, "amara")
    space = await there.space("slack", "lena")
    written = await there.slack.says("lena", "heliotrope", space)
    await there.asks("discord", "amara", "/mentor waiting")
    await there.passes(days=1, minutes=5)
    (nudge,) = [seen for seen in await there.inbox("discord", "amara") if "may be waiting" in seen.text]
    assert [] == await there.nudges("slack", "amara")
    ((address, _),) = nudge.links.values()
    assert address.endswith(f"/archives/{space}/p{written.replace('.', '')}")
    await there.presses("discord", "amara", "No reply needed", nudge)
    assert "Nothing waits for you" in await there.asks("slack", "amara", "/mentor waiting")


async def test_two_who_share_neither(there: Both) -> None:
    """Rosa is told that the two share no place, once; when Amara has linked an account, one press makes it."""
    await link(there, "rosa", "slack")
    await there.asks("discord", "rosa", "/mentor-admin add @tomas mentee")
    assert "are paired" in await there.asks("discord", "rosa", "/mentor-admin pair Amara Okafor, Tomas Lind")
    await there.start("slack")
    told = await _told_of_no_space(there)
    assert 1 == len(told)
    await there.passes(days=3)
    assert told == await _told_of_no_space(there)
    await link(there, "amara", "slack")
    (on, seen), *_ = [
        (on, seen) for on in ON for seen in await there.inbox(on, "rosa") if "share no workspace" in seen.text
    ]
    await there.presses(on, "rosa", "Make the space", seen)
    assert {"slack": 0, "discord": 1} == await spaces(there, "amara")


async def _told_of_no_space(there: Both) -> list[str]:
    return [seen.text for on in ON for seen in await there.inbox(on, "rosa") if "share no workspace" in seen.text]


async def test_the_other_account_where_the_one_last_used_is_of_no_use(there: Both) -> None:
    """Amara was on Discord last, and takes no direct messages there: she is reminded on Slack, once; nobody worries."""
    await pair(there, "amara")
    await there.asks("discord", "amara", "/mentor waiting")
    there.discord.person("amara").closes_dms()
    await there.slack.says("lena", "heliotrope", await there.space("slack", "lena"))
    await there.passes(days=1, minutes=5)
    assert {"slack": 1, "discord": 0} == {on: len(await there.nudges(on, "amara")) for on in ON}
    assert [] == [seen.text for seen in await there.inbox("slack", "rosa") if "no direct messages" in seen.text]


async def test_the_bot_is_kicked_from_the_server(there: Both) -> None:
    """Rosa is told on Slack, once, that the conversation on Discord isn't seen; back again, all goes on there."""
    await link(there, "rosa", "slack")
    await there.asks("discord", "rosa", "/mentor-admin add @tomas mentee")
    await link(there, "amara", "slack")
    await there.asks("discord", "rosa", "/mentor-admin pair @amara with @tomas")
    await there.start("slack")
    discord, guild = there.discord.discord, there.discord.guild
    await there.discord.says("tomas", "Hello", await there.space("discord", "tomas"))
    await there.settled()
    discord.kick(guild, discord.app.bot)
    await there.settled()
    assert 1 == await _told_of_lost(there)
    await there.passes(days=3)
    assert 1 == await _told_of_lost(there)
    discord.invite(guild, permissions("channel").value)
    await there.settled()
    assert "Tomas Lind" in await there.asks("discord", "amara", "/mentor waiting")


async def _told_of_lost(there: Both) -> int:
    return sum("I no longer see the conversation" in seen.text for seen in await there.inbox("slack", "rosa"))

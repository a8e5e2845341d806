"""A bot in several servers: which one a direct message is about."""

from dataclasses import replace

from bot.calls import Remark
from bot.views import Button, message
from tests.adapters.discord.community import Scene, scene


async def test_a_direct_button_is_about_its_server() -> None:
    """Amara is in two servers with programs: each message's buttons are answered for the one that it came from."""
    async with scene() as there:
        other = there.discord.guild("Hillside")
        await there.amara.joins(other)
        there.core.members = {there.guild.id: [there.amara.id], other.id: [there.amara.id]}
        for guild in (there.guild, other):
            account = replace(there.account(there.amara), workspace=guild.id)
            await there.platform.send(account, message("Hi.", actions=(Button("Ask", "trying.ask"),)), "k")
        for posted in there.amara.inbox:
            await there.amara.presses(posted, "Ask")
        assert [there.guild.id, other.id] == [call.account.workspace for call in there.core.calls]


async def test_plain_words_belong_to_a_program_of_theirs() -> None:
    """Of several servers, to one in whose program they are."""
    async with scene() as there:
        other = there.discord.guild("Hillside")
        await there.amara.joins(other)
        there.core.members = {other.id: [there.amara.id]}
        await there.driver.tells(there.amara.id, "heliotrope")
        (call,) = there.core.calls
        assert isinstance(call, Remark)
        assert other.id == call.account.workspace
        assert "heliotrope" not in repr(call)


async def test_whoever_is_in_two_programs_is_told_which_one_answers() -> None:
    """A command in the direct conversation doesn't say which one is meant; one in a server does."""
    async with scene() as there:
        other = there.discord.guild("Hillside")
        await there.amara.joins(other)
        there.core.members = {there.guild.id: [there.amara.id], other.id: [there.amara.id]}
        seen = await there.driver.commands(there.amara.id, "/mentor try")
        assert (
            "Noted.",
            "This is about Riverside. For another server, write the same in a channel there.",
        ) == seen.texts
        assert ("Noted.",) == (await there.driver.commands(there.amara.id, "/mentor try", space=there.channel.id)).texts
        there.core.members.pop(other.id)
        assert ("Noted.",) == (await there.driver.commands(there.amara.id, "/mentor try")).texts


async def test_who_is_no_member_yet_is_answered_for_a_server_of_theirs() -> None:
    """Of several servers, not for one in which they aren't; rather for one that has a program."""
    async with scene() as there:
        others = [there.discord.guild(name) for name in ("Hillside", "Seaside")]
        tomas = there.discord.person("tomas", others[0])
        await tomas.joins(others[1])
        there.core.members = {there.guild.id: [there.amara.id], others[1].id: [there.lena.id]}
        await tomas.commands("/mentor try")
        await tomas.leaves(others[1])
        await tomas.commands("/mentor try")
        assert [others[1].id, others[0].id] == [call.account.workspace for call in there.core.calls]
        await tomas.leaves(others[0])
        answer = await there.discord.person("tomas").presses(custom_id="0trying.ask")
        assert "not in the server any more" in answer.messages[0].components[0]["content"]
        assert 2 == len(there.core.calls)


async def test_who_left_the_server_presses_in_vain(riverside_discord: Scene) -> None:
    """Their old direct messages still have buttons; the core isn't asked."""
    there = riverside_discord
    await there.platform.send(there.account(there.lena), message("Hi.", actions=(Button("Ask", "trying.ask"),)), "k")
    await there.lena.leaves(there.guild)
    answer = await there.lena.presses(there.lena.inbox[0], "Ask")
    assert "not in the server any more" in answer.messages[0].components[0]["content"]
    assert [] == there.core.calls

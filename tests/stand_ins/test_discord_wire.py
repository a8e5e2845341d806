"""The stand-in itself, held against Discord's own description of its interface, where that is there."""

from typing import Any

import discord
import pytest
from discord import ui

from tests.stand_ins.discord import Discord, Guild, check_against_wire, described
from tests.stand_ins.discord.recording import Request
from tests.stand_ins.discord.registry import ROUTES
from tests.stand_ins.discord_bot import Bot

JSON = "application/json"


@pytest.fixture
def wire() -> dict[str, Any]:
    """Return the description."""
    description = described()
    if description is None:
        pytest.skip("../shared/wire is not there")
    pytest.importorskip("jsonschema", reason="jsonschema isn't installed: make setup")
    return description


@pytest.mark.parametrize("name", [one.name for one in ROUTES])
def test_a_route_is_as_described(wire: dict[str, Any], name: str) -> None:
    """Discord has it, and names the ids in its path so."""
    method, _, path = name.partition(" ")
    assert method.lower() in wire["paths"][path]


def test_requests_are_held_against_it(wire: dict[str, Any]) -> None:
    """Unknown routes, parameters and fields, missing ones, and values of the wrong kind."""
    messages = "/channels/{channel_id}/messages"
    right = Request(
        "POST", messages, "", {"content": "x", "tts": False, "nonce": "n", "enforce_nonce": True}, kind=JSON
    )
    numbers = Request("POST", "/users/@me/channels", "", {"recipient_id": 1 << 60}, kind=JSON)
    assert [] == check_against_wire([right, numbers])
    wrong = [
        Request("GET", "/nowhere", "/nowhere"),
        Request("GET", messages, "", query={"limit": "many"}),
        Request("GET", messages, "", query={"loud": "1"}),
        Request("POST", messages, "", {"content": "x", "loud": True}, kind=JSON),
        Request("POST", "/guilds/{guild_id}/channels", "", {"type": 0}, kind=JSON),
        Request("POST", messages, "", {"content": "x"}, kind="text/plain"),
    ]
    assert [
        "GET /nowhere: there is no such route",
        f"GET {messages}: the parameter limit is not as it should be",
        f"GET {messages}: it has no parameter loud",
        f"POST {messages}: it has no field loud",
        "POST /guilds/{guild_id}/channels: body: 'name' is a required property",
        f"POST {messages}: it takes no text/plain",
    ] == check_against_wire(wrong)


async def test_what_the_real_client_sends_is_right(
    wire: dict[str, Any], server: Discord, guild: Guild, bot: Bot
) -> None:
    """Messages, Components V2, files, threads, roles, commands, answers, forms."""
    amara = server.person("amara", guild)
    here = bot.get_guild(int(guild.id))
    assert here is not None
    view = ui.LayoutView()
    view.add_item(ui.Container(ui.TextDisplay("Hello"), ui.ActionRow(ui.Button(label="Go", custom_id="go"))))
    place = here.text_channels[0]
    message = await place.send(view=view, nonce="key")
    await place.send("A file", file=discord.File(__file__))
    await message.add_reaction("👍")
    await message.edit(view=view)
    thread = await place.create_thread(name="Quiet", invitable=False)
    await thread.add_user(discord.Object(int(amara.id)))
    member = await here.fetch_member(int(amara.id))
    await member.add_roles(await here.create_role(name="Mentor"))
    await place.set_permissions(member, view_channel=True)
    await member.send("Hello")
    tree = discord.app_commands.CommandTree(bot)

    @tree.command(name="try", description="Try")
    @discord.app_commands.describe(who="Who")
    async def run(asked: discord.Interaction[Bot], who: discord.User) -> None:
        await asked.response.defer(ephemeral=True, thinking=True)
        await asked.edit_original_response(content=f"{who.name}")
        await asked.followup.send("More", ephemeral=True)

    await tree.sync()
    await amara.commands("/try who: @amara")
    assert [] == check_against_wire(server.requests)

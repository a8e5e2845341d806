"""A stand-in of Discord: a stateful server on 127.0.0.1 that speaks its REST interface (v10) and its gateway.

async with Discord(clock.now) as discord:
    guild = discord.guild("Riverside")                      # with the bot in it; made the first time
    amara, lena = discord.person("amara", guild), discord.person("lena", guild)
    # Start the app: Route.BASE=discord.api_url, DEFAULT_GATEWAY=discord.gateway_url, token discord.app.token.
    await discord.connected()
    pair = discord.text_channel(guild, "amara-lena", amara, lena, private=True)
    id_ = await amara.says(pair.id, "Hello @lena")          # waits until the app has it
"""

from tests.stand_ins.discord import (
    routes_channels,
    routes_commands,
    routes_guilds,
    routes_interactions,
    routes_messages,
    routes_threads,
)
from tests.stand_ins.discord.community import Channel, Guild, Kind, Message, Role
from tests.stand_ins.discord.errors import Json, NotPossible
from tests.stand_ins.discord.filling import labels
from tests.stand_ins.discord.interactions import Answer, Modal, Reply
from tests.stand_ins.discord.people import Person
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.recording import check_against_wire, described
from tests.stand_ins.discord.server import Discord

FAMILIES = (routes_channels, routes_commands, routes_guilds, routes_interactions, routes_messages, routes_threads)

__all__ = [
    "FAMILIES",
    "Answer",
    "Can",
    "Channel",
    "Discord",
    "Guild",
    "Json",
    "Kind",
    "Message",
    "Modal",
    "NotPossible",
    "Person",
    "Reply",
    "Role",
    "check_against_wire",
    "described",
    "labels",
]

"""The link with which the bot is taken into a server: with what it uses and nothing more.

What the bot calls stands in a table here with the permissions that each needs; the link, and what `mentorbot doctor`
looks for, come from it.
"""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterable, Mapping
from typing import Literal

import discord

from adapters.discord.guild import is_id

Space = Literal["channel", "thread"]
SCOPES = ("bot", "applications.commands")

# What the bot does in servers, and the permissions that it needs for it, by Discord's names in the library.
ALWAYS: Mapping[str, tuple[str, ...]] = {
    "GET /channels/{channel_id}": ("view_channel",),
    "GET /channels/{channel_id}/messages": ("view_channel", "read_message_history"),
    "GET /channels/{channel_id}/messages/{message}/reactions/{emoji}": ("read_message_history",),
    "POST /channels/{channel_id}/messages": ("send_messages",),
    "POST /channels/{channel_id}/messages with files": ("attach_files",),
    "POST /guilds/{guild_id}/channels": ("manage_channels",),
    "GET /guilds/{guild_id}/roles": (),
    "POST /guilds/{guild_id}/roles": ("manage_roles",),
    "DELETE /guilds/{guild_id}/roles/{role_id}": ("manage_roles",),
    "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}": ("manage_roles",),
    "DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}": ("manage_roles",),
}
FOR: Mapping[Space, Mapping[str, tuple[str, ...]]] = {
    "channel": {
        # What somebody may there is set when a channel is made, and changed when it is closed. Whoever forbids
        # something to others has to be allowed it.
        "POST /guilds/{guild_id}/channels with overwrites": ("manage_roles",),
        "PATCH /channels/{channel_id} with overwrites": ("add_reactions", "send_messages_in_threads"),
    },
    "thread": {
        "POST /guilds/{guild_id}/channels with overwrites": ("manage_roles", "create_public_threads"),
        "POST /channels/{channel_id}/threads": ("create_private_threads", "send_messages_in_threads"),
        "PATCH /channels/{channel_id} of a thread": ("manage_threads",),
    },
}


def permissions(spaces: Space) -> discord.Permissions:
    """Return the permissions that the bot needs."""
    return discord.Permissions(**dict.fromkeys(_names(spaces), True))


def missing(spaces: Space, given: discord.Permissions) -> list[str]:
    """Return the permissions that the bot lacks in a server."""
    return [] if given.administrator else [name for name in _names(spaces) if not getattr(given, name)]


def link(app: str, spaces: Space) -> str:
    """Return the link with which somebody who manages a server takes the bot in."""
    return discord.utils.oauth_url(int(app), permissions=permissions(spaces), scopes=SCOPES)


def app_of(token: str) -> str | None:
    """Return the id of the app that a bot's token is for: it is written in it."""
    first = token.strip().partition(".")[0]
    try:
        app = b64decode(first + "=" * (-len(first) % 4), validate=True).decode("ascii")
    except (Error, UnicodeDecodeError, ValueError):
        return None
    return app if is_id(app) else None


def _names(spaces: Space) -> list[str]:
    needed: Iterable[tuple[str, ...]] = (*ALWAYS.values(), *FOR[spaces].values())
    return sorted({name for names in needed for name in names})

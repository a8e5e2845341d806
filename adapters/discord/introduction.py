"""Asking Discord at the start who the bot is, and telling it what there is; what is wrong is said in plain words."""

from collections.abc import Awaitable, Sequence
from typing import TypeVar

import discord
import structlog

from adapters.discord import tree
from adapters.discord.connection import NOT_ALLOWED, WRONG_SHARDS, WRONG_TOKEN, Client, Sharded, why_ended
from adapters.discord.failures import FAILURES, Api
from bot.config import ConfigError
from bot.errors import PlatformError, UserError
from bot.feature import Feature

WRONG = (
    "DISCORD_TOKEN: Discord doesn't take it. It should be the bot's token, which stands in Discord's Developer Portal "
    'under "Bot"; "Reset Token" there makes a new one.'
)
SHARDS = "[discord] shard_count, shard_ids: Discord doesn't take them. It asks for another number of parts."
INTENT = "Discord doesn't allow an intent that mentorbot asks for. It asks for none that has to be switched on."

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def introduced(one: Client | Sharded, token: str, api_url: str) -> tuple[str, str]:
    """Return the ids of the bot and its app. Raises ConfigError and UserError, as all here."""
    await checked(one.login(token), api_url)
    if one.user is None or one.application_id is None:
        raise UserError("Discord doesn't say who the bot is. Please try again in a minute.")
    return str(one.user.id), str(one.application_id)


async def tell_commands(api: Api, app: str, features: Sequence[Feature], api_url: str) -> None:
    """Let Discord offer the commands that there are; it is told only if they are others than before."""
    try:
        changed = await tree.sync(api, app, features)
    except PlatformError as error:
        raise UserError(f"Discord at {api_url} refuses mentorbot's commands: {error}.") from None
    if changed:
        log.info("Discord was told which commands there are")


async def checked(asked: Awaitable[T], api_url: str) -> T:
    """Ask Discord at the start; say in plain words what is wrong."""
    try:
        return await asked
    except discord.LoginFailure:
        raise ConfigError([WRONG]) from None
    except discord.PrivilegedIntentsRequired:
        raise ConfigError([INTENT]) from None
    except discord.ConnectionClosed as closed:
        raise _refused(closed) from None
    except FAILURES as error:
        raise UserError(f"Discord can't be reached at {api_url}: {why_ended(error)}. Is there a connection?") from None


def _refused(closed: discord.ConnectionClosed) -> Exception:
    for codes, text in ((WRONG_TOKEN, WRONG), (WRONG_SHARDS, SHARDS), (NOT_ALLOWED, INTENT)):
        if closed.code in codes:
            return ConfigError([f"{text} (Discord says: {closed.code})"])
    return UserError(f"Discord closed the connection ({closed.code}). Please try again in a minute.")

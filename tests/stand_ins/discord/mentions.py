"""Whom a text mentions, and who is notified of it."""

import re
from typing import TYPE_CHECKING

from tests.stand_ins.discord.community import Channel, Message
from tests.stand_ins.discord.errors import Json, wrong
from tests.stand_ins.discord.permissions import Can

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

USERS = re.compile(r"<@!?(\d+)>")
ROLES = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")
PARSE = ("users", "roles", "everyone")
MOST = 100


def check(allowed: Json | None) -> None:
    """Raise unless allowed_mentions is as it may be."""
    if allowed is None:
        return
    parse = allowed.get("parse") or []
    if not set(parse) <= set(PARSE):
        raise wrong("allowed_mentions.parse", "BASE_TYPE_CHOICES", f"Value must be one of {PARSE}.")
    for name in ("users", "roles"):
        ids = allowed.get(name) or []
        if name in parse and ids:
            text = f'"{name}" is in parse and named one by one'
            raise wrong("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)
        if len(ids) > MOST:
            raise wrong(f"allowed_mentions.{name}", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST} or fewer in length.")


def apply(state: "State", channel: Channel, message: Message, text: str, allowed: Json | None) -> None:
    """Note whom a message mentions, and whom it notifies; without `allowed` everything that its author may."""
    guild = state.guild_of(channel)
    users = [one for one in USERS.findall(text) if one in state.users]
    roles = [one for one in ROLES.findall(text) if guild is not None and one in guild.roles]
    message.everyone = bool(EVERYONE.search(text)) and bool(state.may(channel, message.author) & Can.MENTION_EVERYONE)
    if allowed is not None:
        parse, named = allowed.get("parse") or [], {str(one) for one in allowed.get("users") or ()}
        users = [one for one in users if "users" in parse or one in named]
        of_roles = {str(one) for one in allowed.get("roles") or ()}
        roles = [one for one in roles if "roles" in parse or one in of_roles]
        message.everyone = message.everyone and "everyone" in parse
    above = channel.message(message.reply_to) if message.reply_to else None
    if above is not None and (allowed is None or allowed.get("replied_user", False)):
        users.append(above.author)
    message.mentions = list(dict.fromkeys(users))
    message.roles = list(dict.fromkeys(roles))
    message.pings = _notified(state, channel, message) - {message.author}


def again(state: "State", channel: Channel, message: Message, text: str, allowed: Json | None) -> None:
    """Note whom a message mentions after it was changed, which notifies nobody."""
    before = message.pings
    apply(state, channel, message, text, allowed)
    message.pings = before


def _notified(state: "State", channel: Channel, message: Message) -> set[str]:
    guild = state.guild_of(channel)
    if guild is None:
        return set(message.mentions) & {*channel.recipients, state.app.bot}
    wanted = set(message.mentions)
    wanted |= {one.user for one in guild.members.values() if message.everyone or set(one.roles) & set(message.roles)}
    return {one for one in wanted if one in guild.members and (channel.thread or state.sees(channel, one))}

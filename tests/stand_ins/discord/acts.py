"""What happens in servers and channels, whoever does it: it is kept, and the app is told."""

from typing import TYPE_CHECKING

from tests.stand_ins.discord import showing
from tests.stand_ins.discord.community import Channel, Guild, Kind, Member, Message, Role
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.events import DIRECT_MESSAGES, DIRECT_REACTIONS, GUILDS, MESSAGES, MODERATION, REACTIONS
from tests.stand_ins.discord.permissions import Can

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State


def post(state: "State", channel: Channel, message: Message) -> Message:
    """Put a message into a channel; into a thread come those who write there and those who are mentioned."""
    if message.to is not None:
        state.ephemerals.setdefault(message.to, []).append(message)
        state.events.message("MESSAGE_CREATE", message, channel)
        state.changes.tell()
        return message
    if channel.thread:
        _enliven(state, channel, message)
    channel.messages.append(message)
    state.events.message("MESSAGE_CREATE", message, channel)
    state.changes.tell()
    return message


def _enliven(state: "State", thread: Channel, message: Message) -> None:
    above = state.channels[thread.parent or ""]
    manages = state.may(thread, message.author) & Can.MANAGE_THREADS
    invited = message.pings if thread.invitable or manages else set()
    for user in (message.author, *sorted(invited)):
        if user not in thread.members and state.sees(above, user):
            enter(state, thread, user)
    thread.active = message.at
    if thread.archived:
        set_archived(state, thread, archived=False)


def set_archived(state: "State", thread: Channel, *, archived: bool) -> None:
    """Archive a thread, or wake it up."""
    thread.archived, thread.archive_changed = archived, state.now()
    if not archived:
        thread.active = state.now()
    state.events.thread("THREAD_UPDATE", thread)


def change(state: "State", channel: Channel, message: Message, after: Json, *, edited: bool = True) -> None:
    """Change a message: the names in `after` are those of its fields."""
    for name, value in after.items():
        setattr(message, name, value)
    if edited:
        message.edited = state.now()
    state.events.message("MESSAGE_UPDATE", message, channel)
    state.changes.tell()


def delete(state: "State", channel: Channel, message: Message) -> None:
    """Delete a message."""
    message.deleted = True
    rows = state.ephemerals[message.to] if message.to is not None else channel.messages
    rows.remove(message)
    if message.to is None:
        about = {"id": message.id, "channel_id": channel.id}
        state.events.in_channel("MESSAGE_DELETE", about, channel, MESSAGES, DIRECT_MESSAGES)
    state.changes.tell()


def react(state: "State", channel: Channel, message: Message, user: str, emoji: str, *, away: bool = False) -> None:
    """Put a reaction under a message, or take it away."""
    people = message.reactions.setdefault(emoji, [])
    if (user in people) != away:
        return
    people.remove(user) if away else people.append(user)
    if not people:
        del message.reactions[emoji]
    about: Json = {"user_id": user, "channel_id": channel.id, "message_id": message.id, "burst": False, "type": 0}
    about |= {"emoji": showing.emoji_of(emoji)}
    if not away:
        about |= {"message_author_id": message.author}
        guild = state.guild_of(channel)
        about |= {"member": showing.member(state, guild.members[user])} if guild else {}
    event = "MESSAGE_REACTION_REMOVE" if away else "MESSAGE_REACTION_ADD"
    state.events.in_channel(event, about, channel, REACTIONS, DIRECT_REACTIONS)
    state.changes.tell()


def join(state: "State", guild: Guild, user: str, *, roles: list[str] | None = None) -> Member:
    """Take somebody into a server."""
    member = Member(user, state.now(), roles or [])
    guild.members[user] = member
    state.events.member("GUILD_MEMBER_ADD", guild, member)
    if user == state.app.bot:
        state.events.guild("GUILD_CREATE", guild)
    state.changes.tell()
    return member


def leave(state: "State", guild: Guild, user: str, *, banned: bool = False) -> None:
    """Let somebody go out of a server, and out of its threads."""
    if banned:
        guild.banned.add(user)
        about = {"guild_id": guild.id, "user": showing.user(state.users[user])}
        state.events.tell("GUILD_BAN_ADD", about, guild=guild.id, intent=MODERATION)
    del guild.members[user]
    for thread in state.channels_of(guild, threads=True):
        thread.members.pop(user, None)
    state.events.gone(guild, user)
    if user == state.app.bot:
        for role in [one for one in guild.roles.values() if one.managed == user]:
            del guild.roles[role.id]
    state.changes.tell()


def enter(state: "State", thread: Channel, user: str) -> None:
    """Take somebody into a thread; the bot is told of the thread first."""
    if user in thread.members:
        return
    thread.members[user] = state.now()
    if user == state.app.bot and thread.kind is Kind.PRIVATE_THREAD:
        state.events.thread("THREAD_CREATE", thread)
    state.events.thread_members(thread, [user], [])
    state.changes.tell()


def go(state: "State", thread: Channel, user: str) -> None:
    """Let somebody go out of a thread."""
    if thread.members.pop(user, None) is not None:
        state.events.thread_members(thread, [], [user])
        state.changes.tell()


def remove_role(state: "State", guild: Guild, role: Role) -> None:
    """Delete a role; nobody has it any more."""
    for member in guild.members.values():
        member.roles = [one for one in member.roles if one != role.id]
    del guild.roles[role.id]
    state.events.no_role(guild, role)
    state.changes.tell()


def remove(state: "State", channel: Channel) -> None:
    """Delete a channel with its threads, or a category, whose channels stay."""
    bot, seen = state.app.bot, state.sees(channel, state.app.bot)
    for thread in [one for one in state.channels.values() if one.thread and one.parent == channel.id]:
        del state.channels[thread.id]
    if channel.kind is Kind.CATEGORY:
        for child in [one for one in state.channels.values() if one.parent == channel.id]:
            child.parent = None
    if channel.thread:
        about = {"id": channel.id, "guild_id": channel.guild, "parent_id": channel.parent, "type": int(channel.kind)}
        if state.sees(channel, bot):
            state.events.tell("THREAD_DELETE", about, guild=channel.guild, intent=GUILDS)
    else:
        state.events.channel("CHANNEL_DELETE", channel, seen=seen)
    del state.channels[channel.id]
    state.changes.tell()

"""What somebody may do in a server and in its channels: roles, overwrites, threads."""

from enum import IntFlag

from tests.stand_ins.discord.community import Channel, Guild


class Can(IntFlag):
    """The permissions that the stand-in looks at, as Discord numbers them."""

    NOTHING = 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


EVERY = (1 << 53) - 1
# What everybody may do in a new server, and what this app is usually invited with.
EVERYBODY = (Can.VIEW_CHANNEL | Can.SEND_MESSAGES | Can.EMBED_LINKS | Can.ATTACH_FILES | Can.READ_MESSAGE_HISTORY) | (
    Can.ADD_REACTIONS | Can.CREATE_PUBLIC_THREADS | Can.CREATE_PRIVATE_THREADS | Can.SEND_MESSAGES_IN_THREADS
)
EVERYBODY |= Can.USE_APPLICATION_COMMANDS | Can.CHANGE_NICKNAME | Can.USE_EXTERNAL_EMOJIS
INVITED = EVERYBODY | Can.MANAGE_CHANNELS | Can.MANAGE_ROLES | Can.MANAGE_THREADS
DIRECT = EVERYBODY & ~(Can.CREATE_PUBLIC_THREADS | Can.CREATE_PRIVATE_THREADS | Can.CHANGE_NICKNAME)
WITHOUT_SENDING = Can.MENTION_EVERYONE | Can.SEND_TTS_MESSAGES | Can.ATTACH_FILES | Can.EMBED_LINKS | Can.SEND_MESSAGES


def in_guild(guild: Guild, user: str) -> int:
    """Return what somebody may do in a server as a whole."""
    member = guild.members.get(user)
    if member is None:
        return 0
    if guild.owner == user:
        return EVERY
    may = guild.everyone.permissions
    for role in member.roles:
        may |= guild.roles[role].permissions
    return EVERY if may & Can.ADMINISTRATOR else may


def in_channel(guild: Guild, channel: Channel, user: str) -> int:
    """Return what somebody may do in a channel (for a thread: in the one above it)."""
    may = in_guild(guild, user)
    if may == EVERY or user not in guild.members:
        return may
    roles = [channel.overwrites[role] for role in guild.members[user].roles if role in channel.overwrites]
    layers = [
        [channel.overwrites[one] for one in (guild.id,) if one in channel.overwrites],
        roles,
        [channel.overwrites[one] for one in (user,) if one in channel.overwrites],
    ]
    for layer in layers:
        for overwrite in layer:
            may &= ~overwrite.deny
        for overwrite in layer:
            may |= overwrite.allow
    if not may & Can.VIEW_CHANNEL:
        return 0
    if not may & Can.SEND_MESSAGES:
        may &= ~(WITHOUT_SENDING & ~Can.SEND_MESSAGES)
    return may

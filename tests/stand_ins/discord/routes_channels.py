"""Channels, their overwrites, threads."""

from tests.stand_ins.discord import acts, permissions, showing
from tests.stand_ins.discord.community import Channel, Guild, Kind, Overwrite
from tests.stand_ins.discord.errors import Failure, Json, bad_length, missing_permissions, too_long, unknown, wrong
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.registry import Asked, route
from tests.stand_ins.discord.state import State

CHANNEL = "/channels/{channel_id}"
NAME, TOPIC = 100, 1024
IN_GUILD, IN_CATEGORY = 500, 50
MADE = (Kind.TEXT, Kind.VOICE, Kind.CATEGORY)


@route(f"GET {CHANNEL}")
def _get(state: State, asked: Asked) -> Json:
    return showing.channel(state, state.known_channel(asked["channel_id"]))


@route("GET /guilds/{guild_id}/channels")
def _list(state: State, asked: Asked) -> list[Json]:
    return [showing.channel(state, one) for one in state.channels_of(state.known_guild(asked["guild_id"]))]


@route("POST /guilds/{guild_id}/channels", status=201)
def _create(state: State, asked: Asked) -> Json:
    guild, body = state.known_guild(asked["guild_id"]), asked.json
    parent = _parent(state, guild, body.get("parent_id"))
    state.need_in(guild, Can.MANAGE_CHANNELS)
    if len(state.channels_of(guild)) >= IN_GUILD:
        raise Failure(400, 30013, f"Maximum number of server channels reached ({IN_GUILD})")
    kind = body.get("type", 0)
    if kind not in set(MADE):
        raise wrong(
            "type", "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(str(int(one)) for one in MADE)}}}."
        )
    channel = Channel(state.ids.new(), Kind(kind), guild.id, _name(asked.text("name"), Kind(kind)), parent)
    channel.topic, channel.position = _topic(body.get("topic")), body.get("position") or len(state.channels_of(guild))
    if "permission_overwrites" in body:
        channel.overwrites = _overwrites(state, guild, body["permission_overwrites"] or [])
    elif parent:
        above = state.channels[parent].overwrites
        channel.overwrites = {id_: Overwrite(id_, one.kind, one.allow, one.deny) for id_, one in above.items()}
    state.channels[channel.id] = channel
    state.events.channel("CHANNEL_CREATE", channel)
    return showing.channel(state, channel)


def _name(name: str, kind: Kind) -> str:
    """Return a name as Discord writes it: in text channels small, without spaces."""
    if not 1 <= len(name) <= NAME:
        raise bad_length("name", 1, NAME)
    return name if kind is not Kind.TEXT else "-".join(name.lower().split())


def _topic(topic: str | None) -> str | None:
    if len(topic or "") > TOPIC:
        raise too_long("topic", TOPIC)
    return topic


def _parent(state: State, guild: Guild, id_: object) -> str | None:
    if id_ is None:
        return None
    parent = state.channels.get(str(id_))
    if parent is None or parent.guild != guild.id:
        raise wrong("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
    if parent.kind is not Kind.CATEGORY:
        raise wrong("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category")
    if sum(one.parent == parent.id for one in state.channels.values()) >= IN_CATEGORY:
        text = f"Maximum number of channels in category reached ({IN_CATEGORY})"
        raise wrong("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", text)
    return parent.id


def _overwrites(state: State, guild: Guild, rows: list[Json], channel: Channel | None = None) -> dict[str, Overwrite]:
    """Return overwrites; the bot can only give and take what it has itself."""
    own = permissions.in_guild(guild, state.app.bot)
    found: dict[str, Overwrite] = {}
    for row in rows:
        id_, kind = str(row["id"]), int(row.get("type", 0))
        one = Overwrite(id_, kind, int(row.get("allow") or 0), int(row.get("deny") or 0))
        known = guild.roles if kind == 0 else state.users
        if id_ not in known:
            raise Failure(404, 10009, "Unknown Overwrite")
        before = channel.overwrites.get(id_) if channel else None
        changed = (one.allow ^ before.allow) | (one.deny ^ before.deny) if before else one.allow | one.deny
        if channel and channel.overwrites.get(state.app.bot, Overwrite("", 1)).allow & Can.MANAGE_ROLES:
            changed = 0
        if changed & ~own or (changed & Can.MANAGE_ROLES and not own & Can.ADMINISTRATOR):
            raise missing_permissions()
        found[id_] = one
    return found


@route(f"PATCH {CHANNEL}")
def _patch(state: State, asked: Asked) -> Json:
    channel, body = state.known_channel(asked["channel_id"]), asked.json
    guild = state.guild_of(channel)
    if guild is None:
        raise Failure(403, 50003, "Cannot execute action on a DM channel")
    if channel.thread:
        return _patch_thread(state, channel, body)
    state.need(channel, Can.MANAGE_CHANNELS)
    if "name" in body:
        channel.name = _name(body["name"], channel.kind)
    if "topic" in body:
        channel.topic = _topic(body["topic"])
    if "parent_id" in body and body["parent_id"] != channel.parent:
        channel.parent = _parent(state, guild, body["parent_id"])
    if "permission_overwrites" in body:
        state.need(channel, Can.MANAGE_ROLES)
        channel.overwrites = _overwrites(state, guild, body["permission_overwrites"] or [], channel)
    channel.position = body.get("position", channel.position)
    channel.slowmode = body.get("rate_limit_per_user", channel.slowmode)
    state.events.channel("CHANNEL_UPDATE", channel, seen=True)
    return showing.channel(state, channel)


def _patch_thread(state: State, thread: Channel, body: Json) -> Json:
    if thread.archived and body.get("archived") is not False:
        raise Failure(400, 50083, "Thread is archived")
    waking = set(body) <= {"archived"} and body.get("archived") is False and not thread.locked
    own = thread.owner == state.app.bot and "locked" not in body
    state.need(thread, *([Can.SEND_MESSAGES_IN_THREADS] if waking else [] if own else [Can.MANAGE_THREADS]))
    thread.name = _name(body.get("name", thread.name), thread.kind)
    thread.locked, thread.invitable = body.get("locked", thread.locked), body.get("invitable", thread.invitable)
    thread.archive_after = _minutes(body.get("auto_archive_duration", thread.archive_after))
    thread.slowmode = body.get("rate_limit_per_user", thread.slowmode)
    acts.set_archived(state, thread, archived=body.get("archived", thread.archived))
    return showing.channel(state, thread)


def _minutes(value: int) -> int:
    choices = (60, 1440, 4320, 10080)
    if value not in choices:
        raise wrong("auto_archive_duration", "BASE_TYPE_CHOICES", f"Value must be one of {choices}.")
    return value


@route(f"DELETE {CHANNEL}")
def _delete(state: State, asked: Asked) -> Json:
    channel = state.known_channel(asked["channel_id"])
    shown = showing.channel(state, channel)
    if channel.kind is not Kind.DIRECT:  # which is only closed, and there again at once
        state.need(channel, Can.MANAGE_THREADS if channel.thread else Can.MANAGE_CHANNELS)
        acts.remove(state, channel)
    return shown


@route(f"PUT {CHANNEL}/permissions/{{overwrite_id}}")
def _put_overwrite(state: State, asked: Asked) -> None:
    channel, guild = _with_overwrites(state, asked)
    row = {"id": asked["overwrite_id"], **asked.json}
    channel.overwrites |= _overwrites(state, guild, [row], channel)
    state.events.channel("CHANNEL_UPDATE", channel, seen=True)


@route(f"DELETE {CHANNEL}/permissions/{{overwrite_id}}")
def _delete_overwrite(state: State, asked: Asked) -> None:
    channel, _ = _with_overwrites(state, asked)
    if channel.overwrites.pop(asked["overwrite_id"], None) is None:
        raise unknown("Overwrite")
    state.events.channel("CHANNEL_UPDATE", channel, seen=True)


def _with_overwrites(state: State, asked: Asked) -> tuple[Channel, Guild]:
    channel = state.known_channel(asked["channel_id"])
    guild = state.guild_of(channel)
    if guild is None or channel.thread:
        raise Failure(400, 50024, "Cannot execute action on this channel type")
    state.need(channel, Can.MANAGE_ROLES)
    return channel, guild

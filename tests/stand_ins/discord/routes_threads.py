"""Threads: making them, who is in them, finding them again."""

from tests.stand_ins.discord import acts, showing
from tests.stand_ins.discord.community import Channel, Kind, Message
from tests.stand_ins.discord.errors import Failure, Json, bad_length, unknown, wrong
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.registry import Asked, route
from tests.stand_ins.discord.routes_messages import the_message
from tests.stand_ins.discord.state import State

CHANNEL = "/channels/{channel_id}"
NAME = 100
DURATIONS = (60, 1440, 4320, 10080)
MOST_MEMBERS = 1000


@route(f"POST {CHANNEL}/threads", status=201)
def _create(state: State, asked: Asked) -> Json:
    channel = state.known_channel(asked["channel_id"])
    kind = asked.json.get("type", int(Kind.PRIVATE_THREAD))
    if channel.kind not in (Kind.TEXT, Kind.NEWS) or kind not in (Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD):
        raise Failure(400, 50024, "Cannot execute action on this channel type")
    private = kind == Kind.PRIVATE_THREAD
    state.need(channel, Can.CREATE_PRIVATE_THREADS if private else Can.CREATE_PUBLIC_THREADS)
    return _made(state, channel, state.ids.new(), Kind(kind), asked.json)


@route(f"POST {CHANNEL}/messages/{{message_id}}/threads", status=201)
def _from_message(state: State, asked: Asked) -> Json:
    channel, message = the_message(state, asked)
    state.need(channel, Can.CREATE_PUBLIC_THREADS)
    if message.id in state.channels:
        raise Failure(400, 160004, "A thread has already been created for this message")
    return _made(state, channel, message.id, Kind.PUBLIC_THREAD, asked.json)


def _made(state: State, channel: Channel, id_: str, kind: Kind, body: Json) -> Json:
    name = str(body.get("name") or "")
    if not 1 <= len(name) <= NAME:
        raise bad_length("name", 1, NAME)
    after = body.get("auto_archive_duration") or 4320
    if after not in DURATIONS:
        raise wrong("auto_archive_duration", "BASE_TYPE_CHOICES", f"Value must be one of {DURATIONS}.")
    thread = Channel(id_, kind, channel.guild, name, channel.id, owner=state.app.bot, archive_after=after)
    thread.members[state.app.bot] = thread.active = thread.archive_changed = state.now()
    thread.invitable = body.get("invitable", True)
    state.channels[id_] = thread
    state.events.thread("THREAD_CREATE", thread, newly_created=True)
    if kind is Kind.PUBLIC_THREAD:
        note = Message(state.ids.new(), channel.id, state.app.bot, name, kind=18)
        acts.post(state, channel, note)
    return showing.channel(state, thread)


def _thread(state: State, asked: Asked) -> Channel:
    thread = state.known_channel(asked["channel_id"])
    if not thread.thread:
        raise Failure(400, 50024, "Cannot execute action on this channel type")
    return thread


def _open(state: State, asked: Asked) -> Channel:
    thread = _thread(state, asked)
    if thread.archived:
        raise Failure(400, 50083, "Thread is archived")
    return thread


@route(f"PUT {CHANNEL}/thread-members/@me")
def _join(state: State, asked: Asked) -> None:
    acts.enter(state, _open(state, asked), state.app.bot)


@route(f"DELETE {CHANNEL}/thread-members/@me")
def _leave(state: State, asked: Asked) -> None:
    acts.go(state, _open(state, asked), state.app.bot)


@route(f"PUT {CHANNEL}/thread-members/{{user_id}}")
def _add(state: State, asked: Asked) -> None:
    thread, user = _open(state, asked), asked["user_id"]
    guild = state.guild_of(thread)
    if guild is None or user not in guild.members:
        raise unknown("Member" if user in state.users else "User")
    state.need(thread, Can.SEND_MESSAGES_IN_THREADS)
    if thread.kind is Kind.PRIVATE_THREAD and not thread.invitable:
        state.need(thread, Can.MANAGE_THREADS)
    if not state.sees(state.channels[thread.parent or ""], user):
        raise Failure(403, 50001, "Missing Access")
    if len(thread.members) >= MOST_MEMBERS:
        raise Failure(400, 30033, f"Maximum number of thread participants has been reached ({MOST_MEMBERS})")
    acts.enter(state, thread, user)


@route(f"DELETE {CHANNEL}/thread-members/{{user_id}}")
def _remove(state: State, asked: Asked) -> None:
    thread = _open(state, asked)
    if not (thread.kind is Kind.PRIVATE_THREAD and thread.owner == state.app.bot):
        state.need(thread, Can.MANAGE_THREADS)
    acts.go(state, thread, asked["user_id"])


@route(f"GET {CHANNEL}/thread-members/{{user_id}}")
def _member(state: State, asked: Asked) -> Json:
    thread = _thread(state, asked)
    if asked["user_id"] not in thread.members:
        raise unknown("Member")
    return showing.thread_member(thread, asked["user_id"])


@route(f"GET {CHANNEL}/thread-members")
def _members(state: State, asked: Asked) -> list[Json]:
    thread = _thread(state, asked)
    return [showing.thread_member(thread, user) for user in thread.members]


@route("GET /guilds/{guild_id}/threads/active")
def _active(state: State, asked: Asked) -> Json:
    threads = state.channels_of(state.known_guild(asked["guild_id"]), threads=True)
    return _found(state, [one for one in threads if not one.archived and state.sees(one, state.app.bot)])


@route(f"GET {CHANNEL}/threads/archived/public")
def _archived_public(state: State, asked: Asked) -> Json:
    return _archived(state, asked, Kind.PUBLIC_THREAD)


@route(f"GET {CHANNEL}/threads/archived/private")
def _archived_private(state: State, asked: Asked) -> Json:
    state.need(state.known_channel(asked["channel_id"]), Can.MANAGE_THREADS)
    return _archived(state, asked, Kind.PRIVATE_THREAD)


@route(f"GET {CHANNEL}/users/@me/threads/archived/private")
def _archived_mine(state: State, asked: Asked) -> Json:
    return _archived(state, asked, Kind.PRIVATE_THREAD, mine=True)


def _archived(state: State, asked: Asked, kind: Kind, *, mine: bool = False) -> Json:
    channel = state.known_channel(asked["channel_id"])
    state.need(channel, Can.READ_MESSAGE_HISTORY)
    rows = [one for one in state.channels.values() if one.parent == channel.id and one.kind is kind and one.archived]
    rows = [one for one in rows if not mine or state.app.bot in one.members]
    before = asked.query.get("before")
    if before:
        by_id = before.isdecimal()
        rows = [one for one in rows if (int(one.id) < int(before) if by_id else str(_when(one)) < before)]
    rows.sort(key=lambda one: int(one.id) if mine else str(_when(one)), reverse=True)
    limit = asked.number("limit", 50, 2, 100)
    return _found(state, rows[:limit]) | {"has_more": len(rows) > limit}


def _when(thread: Channel) -> str | None:
    return showing.when(thread.archive_changed)


def _found(state: State, threads: list[Channel]) -> Json:
    bot = state.app.bot
    members = [showing.thread_member(one, bot) for one in threads if bot in one.members]
    return {"threads": [showing.channel(state, one) for one in threads], "members": members}

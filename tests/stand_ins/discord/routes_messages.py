"""Messages and reactions: reading, writing, changing, deleting."""

from datetime import timedelta
from urllib.parse import unquote

from tests.stand_ins.discord import acts, contents, showing
from tests.stand_ins.discord.community import Channel, Kind, Message
from tests.stand_ins.discord.errors import Failure, Json, unknown, wrong
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.registry import Asked, route
from tests.stand_ins.discord.state import State

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"
REACTIONS = MESSAGE + "/reactions"
WRITABLE = (Kind.TEXT, Kind.NEWS, Kind.VOICE, Kind.DIRECT, Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD)
NONCE_LASTS = timedelta(minutes=5)
REACTIONS_MOST = 20


def shown(state: State, message: Message) -> Json:
    """Return a message as the bot may read it."""
    return showing.message(state, message, reads="content" in state.app.privileged)


def readable(state: State, asked: Asked) -> Channel:
    """Return the channel of a request, if the bot may read what was written in it before."""
    channel = state.known_channel(asked["channel_id"])
    state.need(channel, Can.READ_MESSAGE_HISTORY)
    return channel


def the_message(state: State, asked: Asked) -> tuple[Channel, Message]:
    """Return the channel and the message of a request."""
    channel = readable(state, asked)
    message = channel.message(asked["message_id"])
    if message is None:
        raise unknown("Message")
    return channel, message


@route(f"GET {MESSAGES}")
def _list(state: State, asked: Asked) -> list[Json]:
    channel = state.known_channel(asked["channel_id"])
    limit = asked.number("limit", 50, 1, 100)
    if not state.may(channel, state.app.bot) & Can.READ_MESSAGE_HISTORY:
        return []
    rows = channel.messages
    if "around" in asked.query:
        middle, half = int(asked.query["around"]), limit // 2
        older = [one for one in rows if int(one.id) < middle][-half:] if half else []
        rows = older + [one for one in rows if int(one.id) >= middle][: limit - len(older)]
    elif "before" in asked.query:
        rows = [one for one in rows if int(one.id) < int(asked.query["before"])][-limit:]
    elif "after" in asked.query:
        rows = [one for one in rows if int(one.id) > int(asked.query["after"])][:limit]
    return [shown(state, one) for one in reversed(rows[-limit:])]


@route(f"GET {MESSAGE}")
def _get(state: State, asked: Asked) -> Json:
    return shown(state, the_message(state, asked)[1])


@route(f"POST {MESSAGES}")
def _post(state: State, asked: Asked) -> Json:
    channel, body = _writable(state, asked), asked.json
    contents.check_nonce(body.get("nonce"))
    earlier = _earlier(state, body)
    if earlier is not None:
        return shown(state, earlier)
    message = contents.compose(state, channel, asked, state.app.bot)
    message.nonce = body.get("nonce")
    message.reply_to = _above(state, channel, body.get("message_reference"))
    message.kind = 19 if message.reply_to else 0
    contents.notify(state, channel, message, body.get("allowed_mentions"))
    return shown(state, acts.post(state, channel, message))


def _writable(state: State, asked: Asked) -> Channel:
    channel = state.known_channel(asked["channel_id"])
    if channel.kind not in WRITABLE:
        raise Failure(400, 50008, "Cannot send messages in a non-text channel")
    if channel.kind is Kind.DIRECT:
        _check_direct(state, channel)
    state.need(channel, Can.SEND_MESSAGES_IN_THREADS if channel.thread else Can.SEND_MESSAGES)
    if asked.files:
        state.need(channel, Can.ATTACH_FILES)
    if channel.thread and channel.locked:
        state.need(channel, Can.MANAGE_THREADS)
    return channel


def _check_direct(state: State, channel: Channel) -> None:
    [user] = channel.recipients
    shared = (one for one in state.guilds.values() if {user, state.app.bot} <= set(one.members))
    if not state.users[user].dms or state.users[user].bot or not any(shared):
        raise Failure(403, 50007, "Cannot send messages to this user")


def _earlier(state: State, body: Json) -> Message | None:
    if body.get("nonce") is None or not body.get("enforce_nonce"):
        return None
    since = state.now() - NONCE_LASTS
    for channel in state.channels.values():
        for message in reversed(channel.messages):
            if message.at < since:
                break
            if message.author == state.app.bot and str(message.nonce) == str(body["nonce"]):
                return message
    return None


def _above(state: State, channel: Channel, reference: Json | None) -> str | None:
    if reference is None:
        return None
    above = str(reference.get("message_id"))
    if channel.message(above) is None and reference.get("fail_if_not_exists", True):
        raise wrong("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    state.need(channel, Can.READ_MESSAGE_HISTORY)
    return above if channel.message(above) else None


def _check_open(state: State, channel: Channel) -> None:
    """Raise if nothing can be changed in a thread: only a new message wakes it."""
    if channel.archived:
        raise Failure(400, 50083, "Thread is archived")
    if channel.locked:
        state.need(channel, Can.MANAGE_THREADS)


@route(f"PATCH {MESSAGE}")
def _patch(state: State, asked: Asked) -> Json:
    channel = state.known_channel(asked["channel_id"])
    message = channel.message(asked["message_id"])
    if message is None:
        raise unknown("Message")
    if message.author != state.app.bot:
        raise Failure(403, 50005, "Cannot edit a message authored by another user")
    _check_open(state, channel)
    after = contents.edited(state, channel, message, asked)
    acts.change(state, channel, message, after)
    return shown(state, message)


@route(f"DELETE {MESSAGE}")
def _delete(state: State, asked: Asked) -> None:
    channel = state.known_channel(asked["channel_id"])
    message = channel.message(asked["message_id"])
    if message is None:
        raise unknown("Message")
    if message.author != state.app.bot:
        if channel.kind is Kind.DIRECT:
            raise Failure(403, 50003, "Cannot execute action on a DM channel")
        state.need(channel, Can.MANAGE_MESSAGES)
    _check_open(state, channel)
    acts.delete(state, channel, message)


@route("POST /channels/{channel_id}/typing")
def _typing(state: State, asked: Asked) -> None:
    _writable(state, asked)


@route(f"GET {REACTIONS}/{{emoji_name}}")
def _reactions(state: State, asked: Asked) -> list[Json]:
    _, message = the_message(state, asked)
    people = message.reactions.get(unquote(asked["emoji_name"]), [])
    after = int(asked.query.get("after", "0"))
    rows = sorted((one for one in people if int(one) > after), key=int)[: asked.number("limit", 25, 1, 100)]
    return [showing.user(state.users[one]) for one in rows]


@route(f"PUT {REACTIONS}/{{emoji_name}}/@me")
def _react(state: State, asked: Asked) -> None:
    channel, message = the_message(state, asked)
    emoji = unquote(asked["emoji_name"])
    if emoji.isascii() and ":" not in emoji:
        raise Failure(400, 10014, "Unknown Emoji")
    if emoji not in message.reactions:
        state.need(channel, Can.ADD_REACTIONS)
    if len(message.reactions) >= REACTIONS_MOST:
        raise Failure(400, 30010, "Maximum number of reactions reached (20)")
    _check_open(state, channel)
    acts.react(state, channel, message, state.app.bot, emoji)


@route(f"DELETE {REACTIONS}/{{emoji_name}}/@me")
def _unreact(state: State, asked: Asked) -> None:
    channel, message = the_message(state, asked)
    _check_open(state, channel)
    acts.react(state, channel, message, state.app.bot, unquote(asked["emoji_name"]), away=True)


@route(f"DELETE {REACTIONS}/{{emoji_name}}/{{user_id}}")
def _take_away(state: State, asked: Asked) -> None:
    channel, message = the_message(state, asked)
    state.need(channel, Can.MANAGE_MESSAGES)
    _check_open(state, channel)
    acts.react(state, channel, message, asked["user_id"], unquote(asked["emoji_name"]), away=True)

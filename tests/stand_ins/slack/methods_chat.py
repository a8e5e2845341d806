"""chat.*: what the bot writes."""

import json
from typing import Any

from tests.stand_ins.slack import acts, showing
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.limits import check_message_blocks
from tests.stand_ins.slack.modals import named
from tests.stand_ins.slack.registry import entered, method, visible
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.workspace import Channel, Message

CUT = 40_000
LONGEST_UPDATE = 4_000
LONGEST_BLOCKS = 13_200
LARGEST_METADATA = 16_000
MOST_ATTACHMENTS = 100
EDITABLE = (None, "thread_broadcast", "file_share")


def content(asked: Arguments, *, longest: int | None = None) -> Json:
    """Return text and blocks of a message, checked."""
    blocks = asked.data("blocks", "invalid_blocks_format")
    attachments = asked.data("attachments", "invalid_attachments")
    text = asked.text("text")
    if blocks:
        check_message_blocks(blocks)
        if sum(len(text) for block in blocks for text in acts.block_texts(block)) > LONGEST_BLOCKS:
            raise Failure("msg_blocks_too_long")
    if attachments and len(attachments) > MOST_ATTACHMENTS:
        raise Failure("too_many_attachments")
    if not (text or blocks or attachments):
        raise Failure("no_text")
    if longest is not None and len(text) > longest:
        raise Failure("msg_too_long")
    found: Json = {"text": text[:CUT]}
    if blocks is not None:
        found["blocks"] = named(blocks)
    if attachments:
        found["attachments"] = attachments
    return found


def metadata(asked: Arguments) -> Json | None:
    """Return a message's metadata, checked."""
    data: Any = asked.data("metadata", "invalid_metadata_format")
    if data is None:
        return None
    named_ = isinstance(data, dict) and isinstance(data.get("event_type"), str) and data["event_type"]
    if not named_ or not isinstance(data.get("event_payload"), dict):
        raise Failure("invalid_metadata_format")
    if len(json.dumps(data)) > LARGEST_METADATA:
        raise Failure("metadata_too_large")
    return dict(data)


def target(state: State, id_: str) -> Channel:
    """Return where a message is to go: a conversation, or a user's own with the bot."""
    bot = state.app.bot_user
    if id_ in state.workspace.users:
        if state.workspace.users[id_].is_bot:
            raise Failure("cannot_dm_bot")
        return _open_to_app(state, state.workspace.open_conversation([bot, id_]))
    named_ = state.workspace.named(id_.removeprefix("#"))
    channel = visible(state, named_.id if named_ else id_)
    if bot not in channel.members and "chat:write.public" not in state.app.scopes:
        raise Failure("not_in_channel")
    if channel.archived:
        raise Failure("is_archived")
    return _open_to_app(state, channel)


def _open_to_app(state: State, channel: Channel) -> Channel:
    if channel.kind == "im" and not state.app.messages_tab:
        raise Failure("messages_tab_disabled")
    return channel


@method("chat.postMessage", "channel", scopes=["chat:write"])
def post_message(state: State, asked: Arguments) -> Json:
    """Write a message. A deactivated person's conversation takes it: nobody reads it."""
    channel = target(state, asked.text("channel"))
    inside = content(asked)
    about = metadata(asked)
    thread = _thread(channel, asked)
    unfurl = asked.flag("unfurl_links", otherwise=False), asked.flag("unfurl_media", otherwise=True)
    body = acts.body(state, state.app.bot_user, **inside, **thread)
    message = acts.post(state, channel, Message(channel.id, body, about, unfurl=unfurl))
    shown = showing.message(state, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def _thread(channel: Channel, asked: Arguments) -> Json:
    if not asked.text("thread_ts"):
        return {}
    above = channel.message(asked.text("thread_ts"))
    if above is None:
        raise Failure("cannot_reply_to_message")
    broadcast = {"subtype": "thread_broadcast"} if asked.flag("reply_broadcast") else {}
    return {"thread_ts": above.thread or above.ts, **broadcast}


@method("chat.postEphemeral", "channel", "user", scopes=["chat:write"])
def post_ephemeral(state: State, asked: Arguments) -> Json:
    """Show a message to one person in a conversation."""
    channel = target(state, asked.text("channel"))
    user = asked.text("user")
    if user not in channel.members:
        raise Failure("user_not_in_channel")
    body = acts.body(state, state.app.bot_user, **content(asked, longest=CUT), **_thread(channel, asked))
    message = Message(channel.id, body, to=user)
    state.ephemerals.setdefault(user, []).append(message)
    state.changes.tell()
    return {"message_ts": message.ts}


def own(state: State, asked: Arguments, code: str) -> tuple[Channel, Message]:
    """Return a message of the bot's."""
    channel = entered(state, asked.text("channel"))
    message = channel.message(asked.text("ts"))
    if message is None:
        raise Failure("message_not_found")
    if message.user != state.app.bot_user or message.body.get("subtype") not in EDITABLE:
        raise Failure(code)
    return channel, message


@method("chat.update", "channel", "ts", scopes=["chat:write"])
def update(state: State, asked: Arguments) -> Json:
    """Change a message of the bot's; blocks stay unless others are given."""
    channel, message = own(state, asked, "cant_update_message")
    if channel.archived:
        raise Failure("is_inactive")
    inside = content(asked, longest=LONGEST_UPDATE)
    message.metadata = metadata(asked) or message.metadata
    acts.change(state, channel, message, inside)
    shown = showing.message(state, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "channel", "ts", scopes=["chat:write"])
def delete(state: State, asked: Arguments) -> Json:
    """Delete a message of the bot's."""
    channel, message = own(state, asked, "cant_delete_message")
    acts.delete(state, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", "channel", "message_ts", json=False)
def get_permalink(state: State, asked: Arguments) -> Json:
    """Return a message's address."""
    channel = visible(state, asked.text("channel"))
    message = channel.message(asked.text("message_ts"))
    if message is None:
        raise Failure("message_not_found")
    address = f"https://{state.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    below = f"?thread_ts={message.thread}&cid={channel.id}" if message.thread else ""
    return {"channel": channel.id, "permalink": address + below}

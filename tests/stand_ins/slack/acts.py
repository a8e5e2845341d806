"""What happens in conversations, whoever does it: it is kept, and the app is told."""

from uuid import uuid4

from tests.stand_ins.slack import showing
from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.texts import shown
from tests.stand_ins.slack.workspace import SLACKBOT, Channel, Message

TYPES = {"channel": "channel", "group": "group", "im": "im", "mpim": "mpim"}
LETTER = {"channel": "C", "group": "G", "im": "D", "mpim": "G"}
NOUN = {"channel": "channel", "group": "group"}


def body(state: State, author: str, **more: object) -> Json:
    """Return a new message's body."""
    common: Json = {"type": "message", "user": author, "ts": state.workspace.new_ts(), "team": state.workspace.team}
    if author == state.app.bot_user:
        common |= {"bot_id": state.app.bot_id, "app_id": state.app.id, "bot_profile": state.app.profile}
    elif state.workspace.users[author].is_bot:
        common |= {"bot_id": f"B{author}"}
    else:
        common |= {"client_msg_id": str(uuid4())}
    return {**common, **{name: value for name, value in more.items() if value is not None}}


def post(state: State, channel: Channel, message: Message) -> Message:
    """Put a message into a conversation."""
    channel.messages.append(message)
    event = dict(message.body) | {"channel": channel.id, "channel_type": TYPES[channel.kind], "event_ts": message.ts}
    if message.thread is not None:
        above = channel.message(message.thread)
        event |= {"parent_user_id": above.user} if above else {}
        message.body |= {"parent_user_id": above.user} if above else {}
    state.events.tell(event, channel)
    if f"<@{state.app.bot_user}" in message.text and channel.kind != "im" and message.user != state.app.bot_user:
        mention = {name: event[name] for name in ("user", "ts", "text", "team", "channel", "event_ts")}
        state.events.tell({**mention, "type": "app_mention"}, channel)
    state.changes.tell()
    return message


def note(state: State, channel: Channel, author: str, kind: str, text: str, **more: object) -> Message | None:
    """Put one of Slack's own messages into a channel, such as that somebody joined."""
    if channel.direct:
        return None
    noun = NOUN[channel.kind]
    about = body(state, author, subtype=f"{noun}_{kind}", text=text, **more)
    for name in ("client_msg_id", "bot_id", "app_id", "bot_profile", "team"):
        about.pop(name, None)
    return post(state, channel, Message(channel.id, about))


def change(state: State, channel: Channel, message: Message, after: Json, *, edited: bool = True) -> None:
    """Change a message."""
    before = showing.message(state, message)
    message.body = {**message.body, **after}
    if edited:
        message.body["edited"] = {"user": message.user, "ts": state.workspace.new_ts()}
    event = {"type": "message", "subtype": "message_changed", "message": showing.message(state, message)}
    _hidden(state, channel, {**event, "previous_message": before})


def delete(state: State, channel: Channel, message: Message) -> None:
    """Delete a message; above replies a stone stays in its place."""
    if channel.replies(message.ts):
        gone = ("blocks", "files", "client_msg_id", "bot_id", "bot_profile", "edited", "metadata")
        before = showing.message(state, message)
        message.body = {name: value for name, value in message.body.items() if name not in gone}
        message.body |= {
            "subtype": "tombstone",
            "text": "This message was deleted.",
            "user": SLACKBOT,
            "hidden": True,
        }
        message.reactions.clear()
        event = {"type": "message", "subtype": "message_changed", "message": showing.message(state, message)}
        _hidden(state, channel, {**event, "previous_message": before})
        return
    channel.messages.remove(message)
    before = showing.message(state, message)
    event = {"type": "message", "subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
    _hidden(state, channel, event)


def _hidden(state: State, channel: Channel, event: Json) -> None:
    ts = state.workspace.new_ts()
    about = {"channel": channel.id, "hidden": True, "ts": ts, "event_ts": ts, "channel_type": TYPES[channel.kind]}
    state.events.tell({**event, **about}, channel)
    state.changes.tell()


def react(state: State, channel: Channel, message: Message, user: str, name: str, *, away: bool = False) -> None:
    """Put a reaction under a message, or take it away."""
    people = message.reactions.setdefault(name, [])
    people.remove(user) if away else people.append(user)
    if not people:
        del message.reactions[name]
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event = {"type": "reaction_removed" if away else "reaction_added", "user": user, "reaction": name}
    state.events.tell({**event, "item": item, "item_user": message.user}, channel)
    state.changes.tell()


def join(state: State, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Take somebody into a channel."""
    channel.members.append(user)
    text = f"<@{user}> has joined the {NOUN.get(channel.kind, 'channel')}"
    note(state, channel, user, "join", text, inviter=inviter)
    event = {"type": "member_joined_channel", "user": user, "channel": channel.id, "team": state.workspace.team}
    event |= {"channel_type": LETTER[channel.kind]} | ({"inviter": inviter} if inviter else {})
    state.events.tell(event, channel)


def leave(state: State, channel: Channel, user: str, by: str | None = None) -> None:
    """Let somebody go out of a channel; the bot is told that it has to go."""
    noun = NOUN[channel.kind]
    channel.members.remove(user)
    if user == state.app.bot_user:
        event = {"type": f"{noun}_left", "channel": channel.id, "actor_id": by or user}
        state.events.tell(event, channel, parting=True)
    note(state, channel, user, "leave", f"<@{user}> has left the {noun}")
    event = {"type": "member_left_channel", "user": user, "channel": channel.id, "team": state.workspace.team}
    state.events.tell({**event, "channel_type": LETTER[channel.kind]}, channel)
    state.changes.tell()


def archive(state: State, channel: Channel, user: str, *, back: bool = False) -> None:
    """Close a channel: from now on it can only be read. Or open it again."""
    noun, kind = NOUN[channel.kind], "unarchive" if back else "archive"
    note(state, channel, user, kind, f"<@{user}> {kind}d the {noun}")
    channel.archived = not back
    state.events.tell({"type": f"{noun}_{kind}", "channel": channel.id, "user": user}, channel)
    state.changes.tell()


def describe(state: State, channel: Channel, user: str, what: str, text: str) -> None:
    """Set a channel's topic or purpose."""
    setattr(channel, what, text)
    verb = "set the channel topic: " if what == "topic" else "set the channel purpose: "
    note(state, channel, user, what, verb + text, **{what: text})
    state.changes.tell()


def readable(message: Message) -> str:
    """Return all that a person reads in a message: its blocks, or its text where it has none."""
    if all(block["type"] == "rich_text" for block in message.blocks):
        return shown(message.text)
    return "\n".join(text for block in message.blocks for text in block_texts(block))


def block_texts(block: Json) -> list[str]:
    """Return the texts of a block, without those of buttons and fields."""
    if block["type"] == "rich_text":
        return []
    parts = [block.get("text"), *block.get("fields", ())]
    parts += [one for one in block.get("elements", ()) if one.get("type") in ("mrkdwn", "plain_text")]
    texts = [part if isinstance(part, str) else part["text"] for part in parts if part]
    plain = [isinstance(part, dict) and part["type"] == "plain_text" for part in parts if part]
    return [text if unmarked else shown(text) for text, unmarked in zip(texts, plain, strict=True)]

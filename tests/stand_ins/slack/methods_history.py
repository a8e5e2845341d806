"""conversations.history and .replies; reactions.*."""

import re

from tests.stand_ins.slack import acts, showing
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.paging import cursor, place
from tests.stand_ins.slack.registry import acting, every, method, need, of_kind, visible
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.workspace import Channel, Message

MOST = 999
TS = re.compile(r"\d+(\.\d{1,6})?")


def readable(state: State, asked: Arguments) -> Channel:
    """Return a conversation whose messages the bot may read."""
    channel = visible(state, asked.text("channel"))
    need(state, *of_kind(channel, "history"))
    if state.app.bot_user not in channel.members:
        raise Failure("not_in_channel")
    return channel


def instant(asked: Arguments, name: str) -> int | None:
    """Return a ts in microseconds, which can be compared."""
    text = asked.text(name)
    if text in ("", "0") and name == "oldest":
        return 0 if text else None
    if text in ("", "now"):
        return None
    if not TS.fullmatch(text):
        raise Failure(f"invalid_ts_{name}")
    return micro(text)


def micro(ts: str) -> int:
    """Return a ts in microseconds."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int((rest + "000000")[:6])


def between(messages: list[Message], asked: Arguments) -> list[Message]:
    """Return messages between oldest and latest; both ends belong to it only with `inclusive`."""
    oldest, latest, ends = instant(asked, "oldest"), instant(asked, "latest"), asked.flag("inclusive")
    return [
        one
        for one in messages
        if (oldest is None or micro(one.ts) > oldest or (ends and micro(one.ts) == oldest))
        and (latest is None or micro(one.ts) < latest or (ends and micro(one.ts) == latest))
    ]


def limit(asked: Arguments) -> int:
    """Return how many messages a page holds."""
    number = asked.number("limit", 100) or 100
    if number < 0:
        raise Failure("invalid_limit")
    return min(number, MOST)


@method("conversations.history", "channel", scopes=every("history"))
def history(state: State, asked: Arguments) -> Json:
    """Return a page of messages, the newest first.

    Without `latest` but with `oldest` the pages begin at the oldest message, otherwise at the newest.
    """
    channel = readable(state, asked)
    seen = [one for one in channel.messages if one.thread is None or one.body.get("subtype") == "thread_broadcast"]
    rows = between(seen, asked)
    forward = instant(asked, "oldest") is not None and instant(asked, "latest") is None
    if not forward:
        rows = rows[::-1]
    if asked.text("cursor"):
        begin = int(place(asked.text("cursor"), "next_ts:"))
        rows = [one for one in rows if (micro(one.ts) >= begin if forward else micro(one.ts) <= begin)]
    number = limit(asked)
    page, rest = rows[:number], rows[number:]
    page.sort(key=lambda one: micro(one.ts), reverse=True)
    answer = _page(state, page, asked, more=bool(rest))
    if rest:
        answer["response_metadata"] = {"next_cursor": cursor(f"next_ts:{micro(rest[0].ts)}")}
    return answer | {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}


@method("conversations.replies", "channel", "ts", scopes=every("history"), json=False)
def replies(state: State, asked: Arguments) -> Json:
    """Return a thread: the message above, and then a page of its replies, the oldest first."""
    channel = readable(state, asked)
    above = channel.message(asked.text("ts"))
    if above is None:
        raise Failure("thread_not_found")
    if above.thread is not None:
        return _page(state, [above], asked, more=False)
    rows = between(channel.replies(above.ts), asked)
    if asked.text("cursor"):
        begin = int(place(asked.text("cursor"), "next_ts:"))
        rows = [one for one in rows if micro(one.ts) >= begin]
    number = max(limit(asked) - 1, 1)
    rest = rows[number:]
    answer = _page(state, [above, *rows[:number]], asked, more=bool(rest))
    if rest:
        answer["response_metadata"] = {"next_cursor": cursor(f"next_ts:{micro(rest[0].ts)}")}
    return answer


def _page(state: State, rows: list[Message], asked: Arguments, *, more: bool) -> Json:
    metadata = asked.flag("include_all_metadata")
    return {"messages": [showing.message(state, one, metadata=metadata) for one in rows], "has_more": more}


@method("reactions.get", scopes=["reactions:read"], json=False)
def reactions_get(state: State, asked: Arguments) -> Json:
    """Return a message with its reactions."""
    if not (asked.text("channel") and asked.text("timestamp")):
        raise Failure("no_item_specified")
    channel = visible(state, asked.text("channel"))
    found = channel.message(asked.text("timestamp"))
    if found is None:
        raise Failure("message_not_found")
    return {"type": "message", "channel": channel.id, "message": showing.message(state, found)}


@method("reactions.add", "channel", "name", "timestamp", scopes=["reactions:write"])
def reactions_add(state: State, asked: Arguments) -> Json:
    """Put the bot's reaction under a message."""
    channel, found, bot = *_reactable(state, asked), state.app.bot_user
    if bot in found.reactions.get(asked.text("name"), []):
        raise Failure("already_reacted")
    acts.react(state, channel, found, bot, asked.text("name"))
    return {}


@method("reactions.remove", "name", scopes=["reactions:write"])
def reactions_remove(state: State, asked: Arguments) -> Json:
    """Take the bot's reaction away."""
    channel, found, bot = *_reactable(state, asked), state.app.bot_user
    if bot not in found.reactions.get(asked.text("name"), []):
        raise Failure("no_reaction")
    acts.react(state, channel, found, bot, asked.text("name"), away=True)
    return {}


def _reactable(state: State, asked: Arguments) -> tuple[Channel, Message]:
    if not (asked.text("channel") and asked.text("timestamp")):
        raise Failure("no_item_specified")
    channel = visible(state, asked.text("channel"))
    if channel.archived:
        raise Failure("is_archived")
    found = channel.message(asked.text("timestamp"))
    if found is None:
        raise Failure("message_not_found")
    if not re.fullmatch(r"[\w+\-':]+", asked.text("name")):
        raise Failure("invalid_name")
    return acting(state, channel.id, "history") if channel.kind != "channel" else channel, found

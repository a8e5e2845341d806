"""From Slack's events to observations: pure. Of a message's text only whom it mentions goes on.

Messages of bots and apps are no observations, and those of Slack itself only where they tell that a channel is lost
or found. Source: https://docs.slack.dev/reference/events/message
"""

import re
from collections.abc import Mapping
from typing import Any

from adapters.slack.workspace import Workspace, instant
from bot.calls import Deleted, Found, Lost, Observation, Posted, Reacted

Event = Mapping[str, Any]

# What people write: as it is, with a file, from a thread to the channel too, and "/me".
WRITTEN = {None, "file_share", "thread_broadcast", "me_message"}
TOMBSTONE = "tombstone"  # what is left of a deleted message while its thread goes on

_MENTION = re.compile(r"<@([^<>|]+)(?:\|[^<>]*)?>")


def observed(workspace: Workspace, event: Event) -> Observation | None:
    """Return what an event tells; None for what the bot doesn't take note of. Raises KeyError for a broken one."""
    match event.get("type"), event.get("subtype"):
        case "message", "message_changed":
            return _changed(workspace, event)
        case "message", "message_deleted":
            return _deleted(workspace, event)
        case "message", _:
            return _written(workspace, event)
        case ("reaction_added" | "reaction_removed") as kind, _:
            return _reacted(workspace, event, taken_away=kind == "reaction_removed")
        case (("group_deleted" | "group_left"), _):
            return Lost(workspace.place(event["channel"]), instant(event["event_ts"]))
    return None


def _written(workspace: Workspace, event: Event) -> Observation | None:
    """Read a message: of Slack's own, those count that say whether the bot still sees the channel."""
    place, by_us = workspace.place(event["channel"]), event.get("user") == workspace.user
    match event.get("subtype"):
        case "group_archive" | "channel_archive" if not by_us:  # what the bot closes is no loss
            return Lost(place, instant(event["ts"]))
        case "group_unarchive" | "channel_unarchive":
            return Found(place, instant(event["ts"]))
        case "group_join" | "channel_join" if by_us and event.get("inviter"):  # else the bot has just made it
            return Found(place, instant(event["ts"]))
    return posted(workspace, event["channel"], event)


def posted(workspace: Workspace, channel: str, message: Event) -> Posted | None:
    """Return a message that a person wrote, from an event or from the history; None for all others."""
    if not is_written(workspace, message):
        return None
    ts = message["ts"]
    return Posted(workspace.place(channel), ts, message["user"], instant(ts), _addresses(message))


def is_written(workspace: Workspace, message: Event) -> bool:
    """Tell whether a person wrote a message, and not a bot, an app or Slack itself."""
    by_person = bool(message.get("user")) and not message.get("bot_id") and message["user"] != workspace.user
    return by_person and message.get("subtype") in WRITTEN


def reaction(name: str) -> str:
    """Return a reaction's short name, without the tone of skin."""
    return name.partition("::")[0]


def _changed(workspace: Workspace, event: Event) -> Observation | None:
    message, before = event["message"], event.get("previous_message") or {}
    if message.get("subtype") == TOMBSTONE:
        gone = {**event, "deleted_ts": message["ts"], "previous_message": before}
        return _deleted(workspace, gone)
    if message.get("text") == before.get("text"):  # Slack put a preview under it, or counted an answer
        return None
    return posted(workspace, event["channel"], message)


def _deleted(workspace: Workspace, event: Event) -> Deleted | None:
    before = event.get("previous_message")
    if before and not is_written(workspace, before):
        return None
    at = instant(event.get("event_ts") or event["ts"])
    return Deleted(workspace.place(event["channel"]), event["deleted_ts"], at)


def _reacted(workspace: Workspace, event: Event, *, taken_away: bool) -> Reacted | None:
    item = event["item"]
    if item.get("type") != "message" or event["user"] == workspace.user:
        return None
    at = instant(event["event_ts"])
    place = workspace.place(item["channel"])
    return Reacted(place, item["ts"], event["user"], reaction(event["reaction"]), at, taken_away)


def _addresses(message: Event) -> frozenset[str]:
    mentioned = _MENTION.findall(message.get("text") or "")
    in_thread = message.get("thread_ts", message["ts"]) != message["ts"]
    parent = message.get("parent_user_id") or (message.get("root") or {}).get("user")
    return frozenset({*mentioned, *([parent] if in_thread and parent else [])})

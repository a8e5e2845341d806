"""From the gateway's events to observations: pure. Of a message only who, where, when and whom it addresses goes on.

What bots, webhooks and Discord itself write is no observation. Discord doesn't tell when something was deleted or a
reaction put: it counts as of now. Source: https://discord.com/developers/docs/events/gateway-events
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.discord.emoji import name_of
from adapters.discord.guild import instant, place
from bot.calls import Deleted, Found, Lost, Observation, Posted, Reacted

Event = Mapping[str, Any]

WRITTEN = (0, 19)  # what people write: a message, a reply
REPLY = 0  # a reference to what is answered; others pass something on


def observed(kind: str, event: Event, us: str, now: datetime) -> list[Observation]:
    """Return what an event tells; `us` is the bot's user id. Raises KeyError and the like for a broken one."""
    if not event.get("guild_id"):
        return []
    match kind:
        case "MESSAGE_CREATE" | "MESSAGE_UPDATE":
            return _posted(event)
        case "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK":
            return _deleted(event, event.get("ids") or [event["id"]], now)
        case "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE":
            return _reacted(event, us, now, taken_away=kind == "MESSAGE_REACTION_REMOVE")
    return _place(kind, event, us, now)


def posted(guild: str, channel: str, message: Event) -> Posted | None:
    """Return a message that a person wrote, from an event or from the history; None for all others."""
    if not is_written(message):
        return None
    id_ = str(message["id"])
    return Posted(place(guild, channel), id_, str(message["author"]["id"]), instant(id_), _addresses(message))


def is_written(message: Event) -> bool:
    """Tell whether a person wrote a message, and not a bot, a webhook or Discord itself."""
    author = message.get("author") or {}
    by_person = bool(author.get("id")) and not author.get("bot") and not message.get("webhook_id")
    return by_person and message.get("type", 0) in WRITTEN


def _posted(event: Event) -> list[Observation]:
    seen = posted(event["guild_id"], event["channel_id"], event)
    return [seen] if seen is not None else []


def _deleted(event: Event, ids: list[str], now: datetime) -> list[Observation]:
    where = place(event["guild_id"], event["channel_id"])
    return [Deleted(where, str(id_), now) for id_ in ids]


def _reacted(event: Event, us: str, now: datetime, *, taken_away: bool) -> list[Observation]:
    is_bot = ((event.get("member") or {}).get("user") or {}).get("bot") or event["user_id"] == us
    if is_bot:
        return []
    where = place(event["guild_id"], event["channel_id"])
    name = name_of(event["emoji"])
    return [Reacted(where, str(event["message_id"]), str(event["user_id"]), name, now, taken_away)]


def _place(kind: str, event: Event, us: str, now: datetime) -> list[Observation]:
    """Read what is deleted, and who came into a thread and who went: of interest is the bot alone."""
    where = place(event["guild_id"], event["id"])
    if kind in ("CHANNEL_DELETE", "THREAD_DELETE"):
        return [Lost(where, now)]
    if us in (event.get("removed_member_ids") or []):
        return [Lost(where, now)]
    added = [str(one.get("user_id")) for one in event.get("added_members") or []]
    return [Found(where, now)] if us in added else []


def _addresses(message: Event) -> frozenset[str]:
    mentioned = {str(one["id"]) for one in message.get("mentions") or []}
    above = message.get("referenced_message")
    is_reply = (message.get("message_reference") or {}).get("type", REPLY) == REPLY
    if above and is_reply and (above.get("author") or {}).get("id"):
        mentioned.add(str(above["author"]["id"]))
    return frozenset(mentioned)

"""Texts: their limits in objects, and the markup between what is typed and what is sent."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.stand_ins.slack.errors import Json

MENTION = re.compile(r"(?<![\w<|])@([\w.\-]+)")
WEB = re.compile(r"(?<![\w<|])https?://[^\s<>|]+")


def length(holder: Json, name: str, most: int, at: str, *, required: bool = True) -> Iterator[str]:
    """Complain about a text that is missing, empty or too long."""
    value = holder.get(name)
    if value is None:
        if required:
            yield f"missing required field: {name} [json-pointer:{at}]"
        return
    if not isinstance(value, str):
        yield f"must provide a string [json-pointer:{at}/{name}]"
    elif required and not value:
        yield f"must be more than 0 characters [json-pointer:{at}/{name}]"
    elif len(value) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{at}/{name}]"


def text_object(thing: Any, most: int, at: str, *, plain: bool = False) -> Iterator[str]:  # noqa: ANN401
    """Complain about a text object."""
    if not isinstance(thing, dict):
        yield f"must provide an object [json-pointer:{at}]"
        return
    allowed = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if thing.get("type") not in allowed:
        yield f"must be one of: {', '.join(allowed)} [json-pointer:{at}/type]"
    if "emoji" in thing and thing.get("type") != "plain_text":
        yield f"invalid additional property: emoji [json-pointer:{at}]"
    if "verbatim" in thing and thing.get("type") != "mrkdwn":
        yield f"invalid additional property: verbatim [json-pointer:{at}]"
    yield from length(thing, "text", most, at)


def escape(text: str) -> str:
    """Return text as Slack sends it: its three signs as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shown(text: str) -> str:
    """Return text as a client shows it: mentions as `@U1`, links by what is shown of them."""
    text = re.sub(r"<([@#!])([^|>]+)(?:\|[^>]*)?>", lambda found: _sign(found[1], found[2]), text)
    text = re.sub(r"<[^|>]+\|([^>]+)>", r"\1", text)
    text = re.sub(r"<([^>]+)>", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _sign(sign: str, name: str) -> str:
    return f"@{name}" if sign == "!" else f"{sign}{name}"


def sent(typed: str, people: Mapping[str, str], *, names: bool = False, links: bool = True) -> str:
    """Return what is sent for what somebody typed; `people` are the user ids by handle and by id.

    With `names` a mention tells the handle as well, as in commands; without `links` addresses stay as they are.
    """

    def mention(found: re.Match[str]) -> str:
        word = found[1].rstrip(".-")
        id_ = people.get(word)
        if id_ is None:
            return found[0]
        handle = next(name for name, user in people.items() if user == id_)
        return f"<@{id_}|{handle}>{found[1][len(word) :]}" if names else f"<@{id_}>{found[1][len(word) :]}"

    linked = WEB.sub(lambda found: f"<{found[0]}>", escape(typed)) if links else escape(typed)
    return MENTION.sub(mention, linked)

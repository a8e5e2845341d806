"""Buttons show no mentions: whoever stands on one by an id is called there by their handle."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace

from adapters.discord.text import PERSON
from bot.errors import PlatformError
from bot.views import Actions, Button, Link, Message

Handles = Callable[[Collection[str]], Awaitable[Mapping[str, str]]]
PATIENCE = 0.7  # seconds, of the three in which there has to be an answer


async def named(said: Message, handles: Handles) -> Message:
    """Return a message with people's handles on its buttons; an id stays where Discord doesn't tell in time."""
    rows = [block for block in said.blocks if isinstance(block, Actions)]
    ids = {found[1] for row in rows for item in row.items for found in PERSON.finditer(item.label)}
    if not ids:
        return said
    known: Mapping[str, str] = {}
    with suppress(TimeoutError, PlatformError):
        async with asyncio.timeout(PATIENCE):
            known = await handles(ids)
    return Message(tuple(_named(one, known) if isinstance(one, Actions) else one for one in said.blocks))


def _named(row: Actions, known: Mapping[str, str]) -> Actions:
    return Actions(tuple(_labelled(item, known) for item in row.items))


def _labelled(item: Button | Link, known: Mapping[str, str]) -> Button | Link:
    return replace(item, label=PERSON.sub(lambda found: f"@{known.get(found[1], found[1])}", item.label))

"""What travels between a bot's process and the receiver: HTTP on a Unix socket, with records as they are in Python.

`POST /<what>` with the sender's process id in a header; what is asked and answered is pickled, for both ends are ours.
"""

import pickle
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.calls import Call, Observation
from bot.errors import Busy
from bot.views import Actions, Button, Link, Message

PROCESS = "X-Process"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing for the bot: something seen, or a call that wants an answer. It is handed out until it is done."""

    id: str
    what: Observation | Call


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as the platform keeps it: its text, the messages it is about (channel, id), its buttons' actions."""

    text: str
    about: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an item: the text that the person got, or None if it was known already."""

    item: str
    text: str | None = None


def dumps(value: object) -> bytes:
    """Pack a record."""
    return pickle.dumps(value)


def loads(body: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Unpack a record."""
    return pickle.loads(body)  # noqa: S301 - both ends are ours


def session(socket: Path, process: int) -> aiohttp.ClientSession:
    """Connect to the receiver."""
    return aiohttp.ClientSession(
        "http://receiver", connector=aiohttp.UnixConnector(str(socket)), headers={PROCESS: str(process)}
    )


async def ask(session: aiohttp.ClientSession, what: str, *args: object, patience: float = 600) -> Any:  # noqa: ANN401
    """Ask the receiver for something.

    Raises Busy where the platform says so, answers with an error of its own, hangs up, or says nothing for `patience`
    seconds; and what no adapter foresees, if the answer is nonsense.
    """
    timeout = aiohttp.ClientTimeout(total=patience)
    try:
        async with session.post(f"/{what}", data=dumps(args), timeout=timeout) as response:
            if response.status != 200:
                raise Busy(timedelta(seconds=int(response.headers.get("Retry-After", "30"))))
            return loads(await response.read())
    except (TimeoutError, aiohttp.ClientError):
        raise Busy from None


def rendered(message: Message) -> Rendered:
    """Render a message for the pretended platform."""
    items = [item for block in message.blocks if isinstance(block, Actions) for item in block.items]
    return Rendered(
        message.plain,
        tuple((item.place.channel, item.message) for item in items if isinstance(item, Link)),
        tuple(item.action for item in items if isinstance(item, Button)),
    )

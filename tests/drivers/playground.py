"""The driver of the playground: a WebSocket like the page's, to the real server."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import aiohttp
from aiohttp import web_app

from adapters import playground
from adapters.playground.community import DIRECT, EVERYBODY
from bot.calls import Upload
from bot.members.roster import Roster
from tests.drivers.driver import Rejected, Seen, SeenField, SeenForm, action_of, submission

Json = dict[str, Any]
COMMUNITY = Path(playground.__file__).with_name("community.toml")


class PlaygroundDriver:
    """Implements `Driver`: one tab in which one is everybody. Use it as an async context manager."""

    name = "playground"

    def __init__(self, address: str) -> None:
        """Drive the playground that is served at an address."""
        self.address = address
        self.told: list[Json] = []  # every frame that was no answer
        self._waiting: dict[str, list[asyncio.Future[Json]]] = {}

    async def __aenter__(self) -> Self:
        """Connect."""
        self._session = aiohttp.ClientSession(self.address)
        self.socket = await self._session.ws_connect("/ws", max_msg_size=0)
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        self._reader.cancel()
        await self.socket.close()
        await self._session.close()

    async def says(self, user: str, text: str, space: str, reply_to: str | None = None) -> str:
        """Write a message; return its id. Who isn't in the space yet is taken in by somebody who is."""
        await self._enter(user, space)
        answer = await self._do("write", user, channel=space, text=text, reply_to=reply_to)
        return str(answer["message"])

    async def tells(self, user: str, text: str) -> Seen:
        """Write to the bot alone; return what it answers."""
        return _answer(await self._do("write", user, channel=f"dm-{user}", text=text))

    async def edits(self, user: str, message: str, text: str, space: str) -> None:
        """Change a message of one's own."""
        await self._do("edit", user, channel=space, message=message, text=text)

    async def deletes(self, user: str, message: str, space: str) -> None:
        """Delete a message of one's own."""
        await self._do("delete", user, channel=space, message=message)

    async def reacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Put a reaction under a message."""
        await self._enter(user, space)
        await self._do("react", user, channel=space, message=message, reaction=reaction)

    async def unreacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Take a reaction away."""
        await self._do("unreact", user, channel=space, message=message, reaction=reaction)

    async def commands(self, user: str, text: str, *, space: str | None = None, id_: str | None = None) -> Seen:
        """Write a command; return the private answer."""
        return _answer(await self._do("write", user, id_, channel=space or f"dm-{user}", text=text))

    async def presses(self, user: str, button: str, on: Seen | None = None, *, id_: str | None = None) -> Seen:
        """Press a button by its label on a message, or by its action."""
        return _answer(await self._do("press", user, id_, action=action_of(button, on)))

    async def submits(
        self,
        user: str,
        form: SeenForm | str,
        values: Mapping[str, str],
        files: Mapping[str, Upload] | None = None,
        *,
        id_: str | None = None,
    ) -> Seen:
        """Send off a form."""
        action, filled = submission(form, values)
        added = {
            name: {"name": file.name, "content": b64encode(file.content).decode()}
            for name, file in (files or {}).items()
        }
        return _answer(await self._do("submit", user, id_, action=action, values=filled, files=added))

    async def shortcut(self, user: str, name: str, space: str, message: str, *, id_: str | None = None) -> Seen:
        """Use an entry of a message's menu."""
        return _answer(await self._do("shortcut", user, id_, channel=space, message=message, name=name))

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to a person directly."""
        return [_seen(row) for row in await self._messages(f"dm-{user}") if row["author"] is None]

    async def posts(self, user: str, space: str) -> list[Seen]:
        """Return what the bot wrote in a space."""
        rows = (await self.state())["spaces"]
        assert any(user in row["users"] for row in rows if row["channel"] == space)
        return [_seen(row) for row in await self._messages(space) if row["author"] is None]

    async def spaces(self, user: str) -> dict[str, list[str]]:
        """Return the spaces that somebody is in, and who else is."""
        rows = (await self.state())["spaces"]
        others = (row for row in rows if row["channel"] != EVERYBODY and not row["channel"].startswith(DIRECT))
        mine = (row for row in others if user in row["users"])
        return {row["channel"]: row["users"] for row in mine}

    async def wears(self, user: str) -> list[str]:
        """Return nothing: there is no place for titles."""
        return []

    async def reads(self, user: str, space: str) -> list[str]:
        """Return the texts of what people wrote in a space."""
        return [row["text"] for row in await self._messages(space) if row["author"] is not None]

    async def moves(self, hours: float) -> list[Json]:
        """Move the clock ahead; return what the page says happened on the way."""
        await self._do("move", None, hours=hours)
        moved = [frame for frame in self.told if frame["type"] == "moved"]
        return list(moved[-1]["happened"])

    async def state(self) -> Json:
        """Return everything that the page shows."""
        answer = await self._do("look", None)
        state: Json = answer["state"]
        return state

    async def _messages(self, channel: str) -> list[Json]:
        return [row for row in (await self.state())["messages"] if row["channel"] == channel]

    async def _enter(self, user: str, space: str) -> None:
        spaces = {row["channel"]: row["users"] for row in (await self.state())["spaces"]}
        if user not in spaces.get(space, [user]):
            await self._do("join", spaces[space][0], channel=space, user=user)

    async def _do(self, what: str, who: str | None, id_: str | None = None, **more: Any) -> Json:  # noqa: ANN401
        id_ = id_ or str(uuid4())
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(id_, []).append(answer)
        await self.socket.send_json({"id": id_, "do": what, "as": who, **more})
        frame = await asyncio.wait_for(answer, 60)
        if frame["type"] == "error":
            raise Rejected(frame["text"])
        return frame

    async def _read(self) -> None:
        async for received in self.socket:
            frame = received.json()
            waiting = self._waiting.get(frame["id"] or "") if "id" in frame else None
            if waiting:
                waiting.pop(0).set_result(frame)
            else:
                self.told.append(frame)
        for answer in [answer for answers in self._waiting.values() for answer in answers]:
            answer.set_exception(ConnectionError("the playground ended the connection"))


def _answer(frame: Json) -> Seen:
    reply = frame["reply"]
    match reply and reply["kind"]:
        case "form":
            return Seen(form=_form(reply))
        case "errors":
            return Seen(errors=reply["errors"])
        case "message":
            return _seen(reply)
    return Seen()


def _form(reply: Json) -> SeenForm:
    fields = tuple(
        SeenField(**{**field, "choices": {one["value"]: one["label"] for one in field["choices"]}})
        for field in reply["fields"]
    )
    return SeenForm(reply["title"], reply["action"], reply["submit"], fields)


def _seen(row: Json) -> Seen:
    items = [item for block in row["blocks"] if block["type"] == "actions" for item in block["items"]]
    return Seen(
        texts=tuple(block["text"] for block in row["blocks"] if block["type"] != "actions"),
        images={block["name"]: block["text"] for block in row["blocks"] if block["type"] == "image"},
        files={block["name"]: b64decode(block["content"]) for block in row["blocks"] if block["type"] == "file"},
        buttons={item["label"]: item["action"] for item in items if item["type"] == "button"},
        links={item["label"]: (item["channel"], item["message"]) for item in items if item["type"] == "link"},
        edited=row.get("edited", False),
        id=row.get("id", ""),
    )


@asynccontextmanager
async def served(
    core: playground.Core,
    roster: Roster,
    clock: playground.MovingClock,
    folder: Path,
    *,
    leap: Callable[[datetime], Awaitable[object]] | None = None,
    state: str = "playground.json",
    port: int = 0,
) -> AsyncIterator[tuple[playground.Playground, PlaygroundDriver]]:
    """Serve a playground on a free port, with a driver; without `leap` the clock just jumps."""

    async def jump(target: datetime) -> None:
        clock.move_to(target)

    platform = await playground.connect(
        core, roster, clock, leap or jump, host="127.0.0.1", port=port, state=folder / state
    )
    try:
        async with PlaygroundDriver(platform.address) as driver:
            yield platform, driver
    finally:
        await platform.close()
        # aiohttp remembers the handlers of a thousand applications, and with each a whole bot hangs on.
        web_app._cached_build_middleware.cache_clear()  # noqa: SLF001

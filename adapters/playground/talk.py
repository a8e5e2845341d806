"""What is spoken on the socket: JSON, one object a frame.

From the page: `{"id", "do", ...}`; `id` is a fresh one for each thing done, as the bot drops what comes twice.

    do        and with it
    write     as, channel, text, reply_to?     a message; a text that begins with "/" is a command
    edit      as, channel, message, text
    delete    as, channel, message
    react     as, channel, message, reaction   the reaction's short name, such as thumbsup
    unreact   as, channel, message, reaction
    press     as, action
    submit    as, action, values, files?       values by field name; files likewise: {name, content in base64}
    shortcut  as, channel, message, name
    join      as, channel, user                takes a third person into a conversation
    seen      as, channel                      has read a conversation to its end
    move      hours                            moves the clock ahead
    look                                       asks for the state

To the page: an answer or error for each frame; and to every tab what has changed.

    type      and with it
    answer    id, and: message (its id), reply or state; a reply is null or what render.reply returns
    error     id (null if it can't be read), text: what went wrong, for the one who did it
    state     render.community and render.menus, and clock (the frame below): sent first, on connecting
    message   message: render.post; it is new or has changed
    gone      message: its id
    space     channel, users, name, topic, closed
    people    people: what somebody is in the program has changed
    read      user, channel, message: has read so far
    clock     now, moving
    moved     from, to, happened: [{"at", "what": "sent" or "edited", "user", "channel", "message"}]
"""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import WSMsgType, web

from adapters.playground import frames, limits
from adapters.playground.community import Json
from adapters.playground.incoming import Doorman
from adapters.playground.tabs import Tab
from bot.errors import Gone, UserError
from bot.hush import is_quiet

log = structlog.get_logger(__name__)


class Talk:
    """Takes frames from all tabs to the doorman, and answers back."""

    def __init__(self, doorman: Doorman) -> None:
        """Speak for this doorman."""
        self._doorman = doorman
        self._moves: set[asyncio.Task[None]] = set()

    async def handler(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with one tab until it is closed."""
        socket = web.WebSocketResponse(max_msg_size=limits.FRAME, heartbeat=30)
        await socket.prepare(request)
        tab = Tab(socket, request.transport)
        tab.tell({"type": "state", **await self._doorman.state()})
        self._doorman.stage.tabs.add(tab)
        try:
            async for received in socket:
                await self._take(tab, received.data if received.type is WSMsgType.TEXT else "")
        finally:
            self._doorman.stage.tabs.remove(tab)
            await tab.close()
        return socket

    async def end(self, _app: web.Application) -> None:
        """End all talks, and the clock's move."""
        for move in self._moves:
            move.cancel()
        await asyncio.gather(*self._moves, return_exceptions=True)
        await self._doorman.stage.tabs.close()

    async def _take(self, tab: Tab, text: str) -> None:
        try:
            read = frames.content(text)
        except UserError as error:
            tab.tell({"type": "error", "id": None, "text": str(error)})
            return
        if read.get("do") != "move":
            with self._doorman.hush(read):
                await self._answer(tab, read)
            return
        # One can go on writing while the clock moves.
        move = asyncio.create_task(self._answer(tab, read))
        self._moves.add(move)
        move.add_done_callback(self._moves.discard)

    async def _answer(self, tab: Tab, read: Mapping[str, Any]) -> None:
        answer: Json
        try:
            answer = {"type": "answer", **await self._doorman.take(frames.Frame(read))}
        except UserError as error:
            answer = {"type": "error", "text": str(error)}
        except Gone:
            answer = {"type": "error", "text": "This is no longer there."}
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("a frame from the page could not be answered", reference=reference)
            text = f"Something went wrong in mentorbot. Its log says more under {reference}."
            text = "Something went wrong in mentorbot, and nothing was sent or kept." if is_quiet() else text
            answer = {"type": "error", "text": text}
        tab.tell({**answer, "id": frames.id_of(read)})

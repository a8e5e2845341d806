"""A call that the core is at work on, in a language that it finds out on the way."""

import asyncio
from collections.abc import Coroutine
from contextvars import copy_context
from typing import Any

from bot.language import speak, spoken
from bot.views import Reply


class Handled:
    """A call under way. Whoever waits for it goes on in the language of whoever called, as far as that is known."""

    def __init__(self, handling: Coroutine[Any, Any, Reply | None]) -> None:
        """Begin it."""
        self._theirs = copy_context()
        self._task = asyncio.create_task(handling, context=self._theirs)

    async def is_done(self, seconds: float) -> bool:
        """Wait for so long at most; tell whether there is an answer."""
        done, _ = await asyncio.wait({self._task}, timeout=seconds)
        speak(self._theirs.run(spoken))
        return bool(done)

    async def reply(self) -> Reply | None:
        """Wait for the answer."""
        reply = await self._task
        speak(self._theirs.run(spoken))
        return reply

"""Waiting for what happens on a stand-in server, without sleeping."""

import asyncio
from collections.abc import Callable


class Changes:
    """Tells whoever waits that something is different now."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        """Let everybody who waits look again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until a condition holds; return whether it does in the end."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.add(future)
                    await future
        except TimeoutError:
            return condition()
        return True

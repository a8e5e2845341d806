"""A core that takes its time, and an adapter that soon acknowledges without it."""

import asyncio

from bot.calls import Call
from bot.views import Reply
from tests.adapters.slack.scene import feature
from tests.drivers.recording import RecordingCore
from tests.drivers.slack import QUICK


class Slow(RecordingCore):
    """Answers only when it is let."""

    def __init__(self) -> None:
        """Begin with everything waiting."""
        super().__init__(feature())
        self.go_on = asyncio.Event()

    async def handle(self, call: Call) -> Reply | None:
        """Wait before the answer."""
        await self.go_on.wait()
        return await super().handle(call)


HURRIED = QUICK.__class__(ping=QUICK.ping, silence=QUICK.silence, patience=0.1, request=QUICK.request)

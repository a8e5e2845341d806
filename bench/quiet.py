"""A platform on which nothing has happened beyond what a town's messages say."""

from collections.abc import Sequence
from datetime import datetime

from bench.town import PLATFORM, Town
from bot.calls import Observation
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Message


class Quiet:
    """Implements `bot.ports.Platform`; what is sent to it is counted, and lost."""

    name = PLATFORM
    connected = True

    def __init__(self, town: Town) -> None:
        """Know the messages of `town`."""
        self.sent = 0
        self._town = town

    async def send(self, to: Account, message: Message, key: str) -> Sent:
        """Count a message."""
        self.sent += 1
        return Sent(Place(PLATFORM, to.workspace, f"dm-{to.user}"), key)

    async def find(self, to: Account, key: str) -> Sent | None:
        """Find nothing."""
        return None

    async def edit(self, sent: Sent, message: Message) -> None:
        """Take it."""

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return the one message of a space; there is none in those that the town wasn't built with."""
        pairing = self._town.pairing_at(place)
        if pairing is None:
            return []
        opener = self._town.opener(self._town.turn(pairing))
        return [opener] if opener.at >= since else []

    async def close(self) -> None:
        """End."""

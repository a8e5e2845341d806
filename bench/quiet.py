"""A platform on which nothing has happened beyond what a town's messages say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bench.town import PLATFORM, Town
from bot.calls import Observation
from bot.feature import NewSpace
from bot.people import Account, Place, Profile
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

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Count a message."""
        self.sent += 1
        return Sent(to if isinstance(to, Place) else Place(PLATFORM, to.workspace, f"dm-{to.user}"), key)

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Find nothing."""
        return None

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make one."""
        return Place(PLATFORM, workspace, key)

    async def close_space(self, place: Place) -> None:
        """Close it."""

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Have no place for titles."""

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Know everybody who is asked for."""
        return {word: Profile(Account(PLATFORM, workspace, word.removeprefix("@")), word) for word in words}

    async def edit(self, sent: Sent, message: Message) -> None:
        """Take it."""

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return the one message of a space; there is none in those that the town wasn't built with."""
        pairing = self._town.pairing_at(place)
        if pairing is None:
            return []
        opener = self._town.opener(self._town.turn(pairing))
        return [opener] if opener.at >= since else []

    def link(self, place: Place, message: str) -> str:
        """Return where a place is found."""
        return f"{place.channel}/{message}"

    async def close(self) -> None:
        """End."""

"""A platform that holds what people wrote in an export, and remembers what was sent."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from adapters.replay.export import PLATFORM
from bot.calls import Observation
from bot.clock import Clock
from bot.errors import Refused
from bot.feature import NewSpace
from bot.people import Account, Place, Profile
from bot.ports import Sent
from bot.views import Message

UNCHANGED = "an export is not changed"


@dataclass(frozen=True, slots=True)
class Sending:
    """One message of the bot's: to whom, under which key, and when by the replay's clock."""

    account: Account
    key: str
    at: datetime


class Recorder:
    """Implements `bot.ports.Platform`: knows an export up to the clock's instant, and what the bot sent."""

    name = PLATFORM
    connected = True

    def __init__(self, clock: Clock, observations: Sequence[Observation]) -> None:
        """Take the time from `clock`; `observations` are in the order of time, as an export has them."""
        self._places: defaultdict[Place, list[Observation]] = defaultdict(list)
        for seen in observations:
            self._places[seen.place].append(seen)
        self.sendings: list[Sending] = []
        self._clock = clock
        self._sent: dict[tuple[Account, str], Sent] = {}

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Remember when a message went to whom."""
        if isinstance(to, Place):
            raise Refused(UNCHANGED)
        self.sendings.append(Sending(to, key, self._clock.now()))
        sent = Sent(Place(to.platform, to.workspace, f"to-{to.user}"), key)
        self._sent[to, key] = sent
        return sent

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Return what was sent under `key`."""
        return self._sent.get((to, key)) if isinstance(to, Account) else None

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Refuse: what was is no longer changed."""
        raise Refused(UNCHANGED)

    async def close_space(self, place: Place) -> None:
        """Refuse: what was is no longer changed."""
        raise Refused(UNCHANGED)

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Change nothing: what people wore then isn't known."""

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Know nobody but who is in the export."""
        return {}

    async def edit(self, sent: Sent, message: Message) -> None:
        """Change nothing: what was sent counts."""

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return what happened there until now; what comes later isn't known yet."""
        seen = self._places.get(place, [])
        begin = bisect_left(seen, since, key=attrgetter("at"))
        return seen[begin : bisect_right(seen, self._clock.now(), key=attrgetter("at"))]

    def link(self, place: Place, message: str) -> str:
        """Return where a place is found."""
        return f"{place.channel}/{message}"

    async def close(self) -> None:
        """There is nothing to end."""

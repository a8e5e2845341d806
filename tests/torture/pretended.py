"""The pretended platform: it keeps what people write and what the bot sends, and refuses nothing by itself."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.calls import Deleted, Observation, Posted, Reacted
from bot.people import Account, Place
from bot.ports import Sent
from tests.torture.people import PLATFORM, WORKSPACE
from tests.torture.wire import Rendered


@dataclass(slots=True)
class Accepted:
    """A message of the bot's that the platform took: as it was when it came, and as it is now."""

    id: str
    at: datetime
    user: str
    key: str
    first: Rendered
    now: Rendered


@dataclass(slots=True)
class Channel:
    """What a channel shows."""

    posted: dict[str, Posted] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    reacted: dict[tuple[str, str, str], Reacted] = field(default_factory=dict)

    def show(self, what: Observation) -> None:
        """Let something be seen from now on."""
        match what:
            case Posted():
                self.posted[what.message] = what
            case Deleted():
                self.deleted.add(what.message)
            case Reacted():
                key = (what.message, what.author, what.reaction)
                self.reacted.pop(key, None)
                if not what.taken_away:
                    self.reacted[key] = what


@dataclass(slots=True)
class Pretended:
    """All channels and direct messages. `lookup`: whether a message can be found again by its key."""

    lookup: bool = True
    channels: dict[str, Channel] = field(default_factory=dict)
    accepted: list[Accepted] = field(default_factory=list)

    def show(self, what: Observation) -> None:
        """Let something be seen from now on."""
        self.channels.setdefault(what.place.channel, Channel()).show(what)

    def send(self, at: datetime, to: Account, message: Rendered, key: str) -> Sent:
        """Take a message, also one that came before."""
        self.accepted.append(Accepted(f"bot-{len(self.accepted)}", at, to.user, key, message, message))
        return self._sent(self.accepted[-1])

    def find(self, to: Account, key: str) -> Sent | None:
        """Look a message up by the key that it was sent under."""
        found = [one for one in self.accepted if (one.user, one.key) == (to.user, key)]
        return self._sent(found[-1]) if found and self.lookup else None

    def edit(self, sent: Sent, message: Rendered) -> None:
        """Put a message in the place of another."""
        for one in self.accepted:
            if one.id == sent.message:
                one.now = message

    def history(self, place: Place, since: datetime) -> list[Observation]:
        """Return what a channel shows: messages since an instant, and their reactions."""
        channel = self.channels.get(place.channel, Channel())
        there = [one for one in channel.posted.values() if one.at >= since and one.message not in channel.deleted]
        known = {one.message for one in there}
        return [*there, *(one for one in channel.reacted.values() if one.message in known)]

    def once(self) -> list[Accepted]:
        """Return the messages, of repeated ones the last with the time of the first."""
        found: dict[tuple[str, str], Accepted] = {}
        for one in self.accepted:
            before = found.get((one.user, one.key), one)
            found[one.user, one.key] = replace(one, at=before.at, first=before.first)
        return list(found.values())

    def repeated(self) -> int:
        """Return how many messages came more than once."""
        return len(self.accepted) - len(self.once())

    @staticmethod
    def _sent(one: Accepted) -> Sent:
        return Sent(Place(PLATFORM, WORKSPACE, f"dm-{one.user}"), one.id)

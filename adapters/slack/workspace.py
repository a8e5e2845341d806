"""The one workspace that the bot is in, as auth.test describes it; more of them would be more of these."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import Gone
from bot.people import Account, Place

PLATFORM = "slack"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace; `url` ends with a stroke, `user` and `bot` are the bot's own user id and bot id in it."""

    id: str
    name: str
    url: str
    user: str
    bot: str

    def account(self, user: str) -> Account:
        """Return somebody's account."""
        return Account(PLATFORM, self.id, user)

    def place(self, channel: str) -> Place:
        """Return a channel as a place."""
        return Place(PLATFORM, self.id, channel)

    def check(self, there: Account | Place) -> None:
        """Raise Gone for what is in another workspace."""
        if there.workspace != self.id:
            raise Gone("this is in another workspace")


def instant(ts: str) -> datetime:
    """Read Slack's time stamp, which is a message's id as well: seconds and microseconds."""
    seconds, _, micros = ts.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(micros[:6].ljust(6, "0")))


def time_stamp(at: datetime) -> str:
    """Write an instant as Slack does."""
    seconds, rest = divmod(at - _EPOCH, timedelta(seconds=1))
    return f"{seconds}.{rest // timedelta(microseconds=1):06d}"

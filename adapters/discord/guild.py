"""Discord's servers, which it calls guilds, and its ids, which tell when they were made."""

from datetime import UTC, datetime, timedelta

from bot.people import Account, Place

PLATFORM = "discord"
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_LATEST = 2**63


def account(guild: str, user: str) -> Account:
    """Return somebody's account in a server."""
    return Account(PLATFORM, guild, user)


def place(guild: str, channel: str) -> Place:
    """Return a channel, thread or direct conversation as a place of a server's program."""
    return Place(PLATFORM, guild, channel)


def is_id(text: str) -> bool:
    """Tell whether a text can be an id of Discord's."""
    return text.isascii() and text.isdigit() and 0 < len(text) < 20 and 0 < int(text) < _LATEST  # noqa: PLR2004


def instant(snowflake: str) -> datetime:
    """Return when what has this id was made, to the millisecond."""
    return _EPOCH + timedelta(milliseconds=int(snowflake) >> 22)


def just_before(at: datetime) -> int:
    """Return an id older than whatever was made at an instant or later."""
    return max(((at - _EPOCH) // timedelta(milliseconds=1) << 22) - 1, 0)

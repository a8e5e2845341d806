"""Every error that the bot raises on purpose."""

from datetime import timedelta

from bot.language import t


class MentorbotError(Exception):
    """The root of the tree: whatever else is raised is a fault."""


class UserError(MentorbotError):
    """Something a person can put right. Its text is shown to that person alone, in plain words and their language."""

    def __init__(self, text: str) -> None:
        """Say what is wrong and what would be right."""
        super().__init__(t(text))


class PlatformError(MentorbotError):
    """A platform did not do what it was asked."""


class Busy(PlatformError):
    """Try again later: the platform is overloaded, unreachable or limits our rate."""

    def __init__(self, retry_after: timedelta = timedelta(seconds=30)) -> None:
        """Say how long to wait."""
        super().__init__(f"busy for {retry_after.total_seconds():.0f} s")
        self.retry_after = retry_after


class Gone(PlatformError):
    """The person, place or message is no longer there."""


class Refused(PlatformError):
    """The platform will never do this, however often it is asked; the text says why."""


class Forbidden(Refused):
    """The bot lacks a right that it needs for this, and that people can give it."""


class TooMany(Refused):
    """More was asked for at once than the platform tells in time."""


class Closed(Refused):
    """Somebody takes no direct messages."""

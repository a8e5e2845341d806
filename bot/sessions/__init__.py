"""Sessions: two people agree on a time to meet, are reminded of it, and say afterwards whether they met."""

from bot.sessions.feature import feature

__all__ = ["feature"]

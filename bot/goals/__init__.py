"""Goals: what the two of a pairing want to reach, how far it is, and now and then a question how it goes."""

from bot.goals import changing, closing, composing, events, handlers, listing
from bot.goals.feature import feature

__all__ = ["changing", "closing", "composing", "events", "feature", "handlers", "listing"]

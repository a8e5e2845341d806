"""Nudges: a message that waits is noticed, and whoever can answer it is reminded."""

from bot.nudges import composing, events, handlers, pairings
from bot.nudges.feature import feature

__all__ = ["composing", "events", "feature", "handlers", "pairings"]

"""Nudges: a message that waits is noticed, and whoever can answer it is reminded."""

from bot.nudges import composing, events, figures, handlers, pairings, starting
from bot.nudges.feature import feature

__all__ = ["composing", "events", "feature", "figures", "handlers", "pairings", "starting"]

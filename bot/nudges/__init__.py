"""Nudges: a message that waits is noticed, and whoever can answer it is reminded."""

from bot.nudges import composing, disputes, events, figures, handlers, pairings, starting
from bot.nudges.feature import feature

__all__ = ["composing", "disputes", "events", "feature", "figures", "handlers", "pairings", "starting"]

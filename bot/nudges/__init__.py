"""Nudges: a message that waits is noticed, and whoever can answer it is reminded."""

from bot.nudges import composing, disputes, events, handlers
from bot.nudges.feature import feature

__all__ = ["composing", "disputes", "events", "feature", "handlers"]

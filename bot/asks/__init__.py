"""Asks: what the team wants of members goes to each of them, is reminded of, and is answered with one tap."""

from bot.asks import answering, composing, events, handlers
from bot.asks.feature import feature

__all__ = ["answering", "composing", "events", "feature", "handlers"]

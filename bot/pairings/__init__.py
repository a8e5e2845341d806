"""Pairings: two people are brought together, given a space, and parted again; at a pace that suits both."""

from bot.pairings import cards, change, composing, events, handlers, listing, lost, pace
from bot.pairings.feature import feature

__all__ = ["cards", "change", "composing", "events", "feature", "handlers", "listing", "lost", "pace"]

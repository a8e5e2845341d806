"""Badges that people can trust: what earns them is data, and what they rest on can be read by whoever has one."""

from bot.badges import announcing, asking, certifying, choosing, composing, daily, leaving_out, losing, showing
from bot.badges.feature import feature

__all__ = [
    "announcing",
    "asking",
    "certifying",
    "choosing",
    "composing",
    "daily",
    "feature",
    "leaving_out",
    "losing",
    "showing",
]

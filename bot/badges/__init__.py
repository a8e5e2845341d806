"""Badges that people can trust: what earns them is data, and what they rest on can be read by whoever has one."""

from bot.badges import awarding, daily, losing
from bot.badges.feature import feature

__all__ = ["awarding", "daily", "feature", "losing"]

"""Members: who they are, when they can be reached, and when they are away."""

from bot.members import choosing, choosing_place, handlers, joining, lighter_weeks
from bot.members.feature import feature

__all__ = ["choosing", "choosing_place", "feature", "handlers", "joining", "lighter_weeks"]

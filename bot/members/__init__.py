"""Members: who they are, when they can be reached, and when they are away."""

from bot.members.handlers import feature

__all__ = ["feature"]

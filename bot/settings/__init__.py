"""Settings: coordinators see every figure of their program, try another one out, and change it."""

from bot.settings import handlers, history
from bot.settings.feature import feature

__all__ = ["feature", "handlers", "history"]

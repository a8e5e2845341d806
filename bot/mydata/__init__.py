"""My data: whatever is kept of a member can be had by them, and deleted."""

from bot.mydata import handlers, leaving, titles
from bot.mydata.feature import feature

__all__ = ["feature", "handlers", "leaving", "titles"]

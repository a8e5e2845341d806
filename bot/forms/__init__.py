"""Forms: what is asked after a session is data, which coordinators change without code."""

from bot.forms import handlers
from bot.forms.feature import feature

__all__ = ["feature", "handlers"]

"""Private incident reports: whoever makes one leaves no trace, and nobody reads it who must not."""

from bot.reports import beginning, looking, sending, writing
from bot.reports.feature import feature

__all__ = ["beginning", "feature", "looking", "sending", "writing"]

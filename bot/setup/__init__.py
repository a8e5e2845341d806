"""Set-up: from an empty program to one that runs, in the chat; and what coordinators are told about the bot itself."""

from bot.setup import coming_back, contacts, first, policies, preview, reports, showing, starting
from bot.setup.feature import feature

__all__ = ["coming_back", "contacts", "feature", "first", "policies", "preview", "reports", "showing", "starting"]

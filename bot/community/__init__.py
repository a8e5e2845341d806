"""The people of a program, as coordinators look after them: added, imported, listed, changed, leaving and back."""

from bot.community import adding, changing, importing, showing
from bot.community.feature import feature

__all__ = ["adding", "changing", "feature", "importing", "showing"]

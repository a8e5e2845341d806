"""What couldn't be delivered: coordinators see why and have it tried again; who takes no direct messages is asked."""

from bot.deliveries import closed, rights
from bot.deliveries.handlers import feature

__all__ = ["closed", "feature", "rights"]

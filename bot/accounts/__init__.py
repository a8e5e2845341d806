"""Accounts: one member may have several, on one platform or on two; what the bot says goes to the one last used."""

from bot.accounts.handlers import feature

__all__ = ["feature"]

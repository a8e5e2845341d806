"""Looking after what is remembered: backups, and whether the audit log is as it was."""

from bot.upkeep.commands import COMMANDS

__all__ = ["COMMANDS"]

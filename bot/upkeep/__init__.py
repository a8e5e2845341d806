"""Looking after what is remembered: backups, whether the audit log is as it was, and the keys of private reports."""

from bot.upkeep import commands
from bot.upkeep.report_commands import REPORT_COMMANDS

__all__ = ["COMMANDS"]

COMMANDS = (*commands.COMMANDS, *REPORT_COMMANDS)

"""Where the four parts of the house are put together; no other place knows them all. Each command has its file."""

from adapters.discord.commands import discord_commands
from adapters.slack.commands import slack_commands
from bot.wiring.examining import doctor_command
from bot.wiring.replaying import replay_command
from bot.wiring.running import run_command

__all__ = ["COMMANDS"]

COMMANDS = (run_command, doctor_command, replay_command, slack_commands, discord_commands)

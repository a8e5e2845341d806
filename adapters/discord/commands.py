"""What an operator can ask of Discord's part on the command line: `mentorbot discord …`."""

import os
from pathlib import Path

import click

from adapters.discord.invite import app_of, link
from bot import config
from bot.errors import UserError

NO_TOKEN = 'DISCORD_TOKEN is missing. It stands in Discord\'s Developer Portal under "Bot"; docs/discord.md tells how.'  # noqa: S105 - a sentence
NO_APP = (
    "DISCORD_TOKEN doesn't tell which app it is for. It should be the bot's token, which stands in Discord's Developer "
    'Portal under "Bot".'
)


@click.group("discord")
def discord_commands() -> None:
    """Put mentorbot into a Discord server (docs/discord.md)."""


@discord_commands.command("invite")
@click.option("--config", "file", type=click.Path(path_type=Path), help="The settings; config.toml here if left out.")
def print_invite(file: Path | None) -> None:
    """Print the link with which somebody who manages a server takes the bot in."""
    settings = config.load(file, os.environ)
    if settings.secrets.discord_token is None:
        raise UserError(NO_TOKEN)
    app = app_of(settings.secrets.discord_token.get_secret_value())
    if app is None:
        raise UserError(NO_APP)
    click.echo(link(app, settings.discord.spaces))

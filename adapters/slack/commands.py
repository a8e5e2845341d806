"""What an operator can ask of Slack's part on the command line: `mentorbot slack …`."""

import json

import click

from adapters.slack.manifest import manifest
from bot.features import FEATURES


@click.group("slack")
def slack_commands() -> None:
    """Put mentorbot into a Slack workspace (docs/slack.md)."""


@slack_commands.command("manifest")
def print_manifest() -> None:
    """Print the app manifest, to be pasted where Slack asks for one."""
    click.echo(json.dumps(manifest(FEATURES), indent=2))

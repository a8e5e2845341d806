"""The command line: `mentorbot`, which is `python -m bot` as well."""

import gc

gc.disable()  # what is imported stays: looking for rubbish among it took a fifth of a start

import sys

import click

from bot import upkeep, wiring
from bot.config import ConfigError
from bot.errors import UserError
from bot.features import FEATURES
from bot.reference import reference
from storage.errors import StorageError

gc.freeze()
gc.enable()


def main() -> None:
    """Run the command line; what a person can put right is told without a traceback."""
    try:
        cli(standalone_mode=False)
    except (ConfigError, UserError, StorageError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was written.", err=True)
        sys.exit(130)


@click.group()
@click.version_option(package_name="mentorbot")
def cli() -> None:
    """Mentorbot: a chat bot for mentoring programs."""


@cli.command()
def commands() -> None:
    """Print the reference of all commands, as it stands in docs/commands.md."""
    click.echo(reference(FEATURES), nl=False)


for command in (*wiring.COMMANDS, *upkeep.COMMANDS):
    cli.add_command(command)


if __name__ == "__main__":
    main()

"""What several commands of the command line are given alike."""

from pathlib import Path

import click

A_FILE = click.Path(path_type=Path)

settings_option = click.option("--config", "given", type=A_FILE, help="The settings; config.toml here if left out.")

"""The commands with which an operator looks after private reports. None of them can read one."""

import asyncio
import os
from pathlib import Path

import click

from bot import config, logs
from bot.clock import MovableClock
from bot.config import Config
from bot.options import A_FILE, settings_option
from bot.upkeep import report_wording as wording
from bot.upkeep.report_files import export, make_recovery_key

CLOCK = MovableClock()

program_option = click.option("--program", "name", help="The program's name; the only one if left out.")


@click.command("keys")
@program_option
@click.option("--replace", is_flag=True, help="Make another one in its place.")
@settings_option
def keys_command(name: str | None, given: Path | None, *, replace: bool) -> None:
    """Make the recovery key for private reports, and print it: to be kept on paper, never here."""
    url = _settings(given).storage.async_url
    secret, public = asyncio.run(make_recovery_key(url, CLOCK.now, name, replace=replace))
    click.echo(wording.KEPT_NOWHERE, err=True)
    click.echo(wording.recovery_key(secret, public, CLOCK.now()))


@click.group("reports")
def reports_group() -> None:
    """Look after private reports."""


@reports_group.command("export")
@click.argument("report")
@click.option("--to", "parent", type=A_FILE, default=Path(), help="Where it gets a folder; here if left out.")
@program_option
@settings_option
def export_command(report: str, parent: Path, name: str | None, given: Path | None) -> None:
    """Write the sealed files of REPORT, such as R-7K2M9Q, for whoever has the recovery key."""
    folder = asyncio.run(export(_settings(given).storage.async_url, CLOCK.now, name, report, parent))
    click.echo(wording.EXPORTED.format(folder=folder))


REPORT_COMMANDS = (keys_command, reports_group)


def _settings(given: Path | None) -> Config:
    settings = config.load(given, os.environ)
    logs.configure("warning", settings.logs.format)
    return settings

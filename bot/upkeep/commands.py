"""The commands with which an operator looks after the database, all with the settings of `run`."""

import asyncio
import os
import sys
from pathlib import Path

import click

from bot import config, logs
from bot.clock import MovableClock
from bot.config import Config
from bot.options import A_FILE, settings_option
from bot.upkeep import wording
from bot.upkeep.verifying import newest_seals, unseal, verify
from storage.audit_files import Heads, make_key, read_key
from storage.backup import back_up
from storage.errors import StorageError
from storage.restoring import restore

CLOCK = MovableClock()


@click.command("backup")
@click.argument("file", type=A_FILE)
@settings_option
def backup_command(file: Path, given: Path | None) -> None:
    """Write all that is remembered to FILE, also while mentorbot is running."""
    settings = _settings(given)
    asyncio.run(back_up(settings.storage.async_url, file))
    click.echo(wording.BACKED_UP.format(file=file, size=wording.size(file.stat().st_size), key=settings.audit.key_file))


@click.command("restore")
@click.argument("file", type=A_FILE)
@settings_option
def restore_command(file: Path, given: Path | None) -> None:
    """Put the backup FILE in the place of the database. Nothing that is there is destroyed."""
    settings = _settings(given)
    kept = asyncio.run(restore(settings.storage.async_url, file, CLOCK.now()))
    _note_undone(settings, asyncio.run(newest_seals(settings.storage.async_url, CLOCK.now)))
    click.echo(wording.RESTORED.format(file=file))
    if kept is not None:
        click.echo(wording.KEPT.format(kept=kept))
    click.echo(wording.AFTER_RESTORING)


@click.group("audit")
def audit_group() -> None:
    """Look after the log of who did what."""


@audit_group.command("verify")
@click.option("--heads", "copy", type=A_FILE, help="A copy of audit.heads; the file beside the key if left out.")
@settings_option
def verify_command(copy: Path | None, given: Path | None) -> None:
    """Tell whether the log is as it was written. Ends with 1 if it isn't."""
    settings = _settings(given)
    key = read_key(settings.audit.key_file)
    if key is None:
        raise StorageError(wording.NO_KEY.format(key=settings.audit.key_file))
    heads = Heads(copy) if copy else Heads.beside(settings.audit.key_file)
    if copy and not copy.exists():
        raise StorageError(wording.NO_COPY.format(heads=copy))
    noted = heads.read_if_there()
    verdicts = asyncio.run(verify(settings.storage.async_url, CLOCK.now, key, noted))
    for line in wording.verdicts(verdicts, heads.file, settings.audit.key_file):
        click.echo(line)
    sys.exit(any(verdict.finding for verdict in verdicts))


@audit_group.command("start-over")
@click.confirmation_option(prompt=wording.REALLY_START_OVER)
@settings_option
def start_over_command(given: Path | None) -> None:
    """Make a new key when the old one is lost, and let the whole log be sealed with it."""
    settings = _settings(given)
    if settings.audit.key_file.exists():
        raise StorageError(wording.KEY_IS_THERE.format(key=settings.audit.key_file))
    programs = asyncio.run(unseal(settings.storage.async_url, CLOCK.now))
    _note_undone(settings, dict.fromkeys(programs, 0))
    make_key(settings.audit.key_file)
    click.echo(wording.STARTED_OVER.format(key=settings.audit.key_file))


COMMANDS = (backup_command, restore_command, audit_group)


def _settings(given: Path | None) -> Config:
    settings = config.load(given, os.environ)
    logs.configure("warning", settings.logs.format)
    return settings


def _note_undone(settings: Config, newest: dict[int, int]) -> None:
    """Note that newer seals than these were undone on purpose: otherwise they would look cut off."""
    heads = Heads.beside(settings.audit.key_file)
    undone = {program: newest.get(program, 0) for program in heads.read_if_there()}
    if undone:
        heads.add_restored(undone, CLOCK.now())

"""`mentorbot doctor`, with what looks at each platform."""

import asyncio
import os
import sys
from functools import partial
from pathlib import Path

import click

from adapters.discord import doctor as discord_doctor
from adapters.slack import doctor as slack_doctor
from bot import config, doctor, logs
from bot.clock import MovableClock
from bot.options import settings_option

EXAMINERS = (slack_doctor.examiner, discord_doctor.examiner)


@click.command("doctor")
@settings_option
def doctor_command(given: Path | None) -> None:
    """Tell what is wrong and how to mend it, also while mentorbot is running. Ends with 1 if anything is."""
    logs.configure("error", "text")
    load = partial(config.load, given, os.environ)
    checks = asyncio.run(doctor.examine(load, MovableClock().now, EXAMINERS))
    for line in doctor.lines(checks):
        click.echo(line)
    sys.exit(any(check.fine is False for check in checks))

"""A bot at work: from its first round until somebody ends it."""

import asyncio
import os
import signal
import sys
import webbrowser
from contextlib import suppress

import click

from bot.config import Config
from bot.core import Core
from bot.health import Health
from bot.rubbish import leave_alone_what_is_there
from bot.setup.first import codes_needed
from bot.wiring import platforms
from scheduler.jobs import Jobs
from scheduler.sealing import Sealer
from storage.errors import StorageError


async def serve(settings: Config, core: Core, jobs: Jobs, health: Health) -> None:
    """Start to work on the platforms that are connected, say where they are, and go on until somebody ends it."""
    ended = _told_to_end()
    sealer = Sealer(core, settings.audit.key_file)
    await sealer.prepare()
    codes = await codes_needed(core)
    await jobs.start(settings.scheduler.every, sealer.seal)
    leave_alone_what_is_there()
    click.echo(f"mentorbot is ready. {platforms.told(core.platforms)}  (Ctrl+C ends it)")
    for program, code in codes:
        click.echo(f"{program.name} has no coordinator yet. To become one, write this in the chat, as yourself:")
        click.echo(f"  /mentor-admin setup {code}")
    page = platforms.page(core.platforms)
    if page and settings.playground.open_browser and _has_browser():
        await asyncio.to_thread(webbrowser.open, page)
    await _until(ended, core)
    health.end()
    click.echo("Ending …")
    await jobs.stop()


def _has_browser() -> bool:
    screen = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return sys.platform in ("darwin", "win32") or screen


def _told_to_end() -> asyncio.Event:
    """Return what happens when somebody ends the bot, from now on."""
    ended = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers in its event loop
            asyncio.get_running_loop().add_signal_handler(name, ended.set)
    return ended


async def _until(ended: asyncio.Event, core: Core) -> None:
    """Wait for whoever ends the bot. Raises StorageError if it must not go on with its database."""
    reasons = [asyncio.create_task(ended.wait()), asyncio.create_task(core.database.unusable())]
    done, others = await asyncio.wait(reasons, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    for task in done:
        if isinstance(error := task.result(), StorageError):
            raise error

"""`mentorbot run`: the core with its database, on the platforms that the settings name."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import click

from adapters import web
from bot import config, logs
from bot.clock import MovableClock
from bot.config import Config
from bot.core import Core
from bot.errors import UserError
from bot.features import FEATURES
from bot.health import Health
from bot.language import misnamed
from bot.options import settings_option
from bot.secret import secret_from
from bot.wiring.platforms import connected, onto_playground, ways
from bot.wiring.programs import Homes, begin
from bot.wiring.serving import serve
from scheduler.jobs import Jobs
from storage.keys import find_key
from storage.opening import open_database


@click.command("run")
@settings_option
@click.option("--empty", is_flag=True, help="Try the set-up: a program with nobody in it, in a folder of its own.")
def run_command(given: Path | None, *, empty: bool) -> None:
    """Run the bot. With no platform configured, that is the playground on this machine."""
    _know_languages()
    settings = config.load(given, os.environ)
    logs.configure(settings.logs.level, settings.logs.format)
    asyncio.run(_run(_in_its_own_folder(settings) if empty else settings, empty=empty))


def _know_languages() -> None:
    """Raise UserError if there are catalogues of no language."""
    if wrong := misnamed():
        right = "A catalogue is called like its language: fr.po, or pt_BR.po. Rename or delete:"
        raise UserError("\n".join([right, *(f"  {file}" for file in wrong)]))


def _in_its_own_folder(settings: Config) -> Config:
    """Keep everything of an empty program beside what is there: in `empty/`, in a database of its own."""
    folder = settings.playground.state.parent / "empty"
    click.echo(
        f"This program is empty, for trying the set-up. Everything of it is in {folder}: delete that to begin anew."
    )
    url = f"sqlite:///{folder.absolute() / 'mentorbot.db'}"
    return settings.model_copy(
        update={
            "storage": settings.storage.model_copy(update={"url": url}),
            "playground": settings.playground.model_copy(update={"state": folder / "playground.json"}),
            "audit": settings.audit.model_copy(update={"key_file": folder / "audit.key"}),
        }
    )


async def _run(settings: Config, *, empty: bool) -> None:
    there = await ways(settings)
    empty = empty or (bool(there) and settings.program.file is None)
    homes = Homes(settings, [home for way in there for home in way.homes], empty=empty)
    programs = homes.programs
    clock = MovableClock()
    there = there or [onto_playground(settings, programs[0], clock)]
    database = await open_database(settings.storage.async_url, clock.now)
    try:
        key = await find_key(database, settings.audit.key_file)
        core = Core(database, FEATURES, secret=secret_from(key))
        await begin(core, programs, empty=empty)
        jobs = Jobs(core, core.platforms)
        health = Health(core, clock, core.platforms, settings.scheduler.every)
        async with _watched(settings, core, health):
            async with connected(core, jobs, there, partial(homes.joined, core)):
                await serve(settings, core, jobs, health)
            await core.settled()
    finally:
        await database.close()


@asynccontextmanager
async def _watched(settings: Config, core: Core, health: Health) -> AsyncIterator[None]:
    """Serve health and metrics from the start to the very end, if that is wished for."""
    if not settings.web.enabled:
        yield
        return
    served = await web.connect(health, core.telemetry, host=settings.web.host, port=settings.web.port)
    click.echo(f"Health and metrics are at {served.address} (healthz, readyz, metrics)")
    try:
        yield
    finally:
        await served.close()

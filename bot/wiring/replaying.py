"""`mentorbot replay`: a history that happens again in the true core, in memory."""

import asyncio
import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from adapters import replay
from bot import logs, outputs, policy
from bot.clock import SetClock
from bot.core import Core
from bot.errors import UserError
from bot.features import FEATURES
from bot.members import roster
from bot.nudges.telling import Stories, tell
from bot.options import A_FILE
from bot.policy import Policy
from scheduler.jobs import Jobs
from storage.opening import open_database


@click.command("replay")
@click.argument("export", type=A_FILE)
@click.option("--policy", "preset", default="default", show_default=True, help="The policy to try.")
@click.option(
    "--set", "changed", multiple=True, metavar="FIGURE=VALUE", help="Try another figure: nudges.first_after=12h"
)
@click.option("--channels", is_flag=True, help="Also public channels in which two people talk.")
@click.option("--json", "json_file", type=A_FILE, help="Write everything as JSON.")
@click.option("--html", "html_file", type=A_FILE, help="Write a page with charts.")
def replay_command(
    export: Path,
    preset: str,
    changed: tuple[str, ...],
    *,
    channels: bool,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Tell which nudges the bot would have sent in a Slack workspace's history.

    EXPORT is the zip that Slack gives you under "Export data", or a folder of its files. Nothing is sent to anybody.
    """
    logs.configure("warning", "text")
    changes = dict(_figure(text) for text in changed)
    figures = policy.load(preset, changes)
    history = replay.read(export, channels=channels, policy=preset)
    files = [file for file in (json_file, html_file) if file is not None]
    for file in files:
        outputs.check(file, export)
    from_activity = "hours.days" not in changes
    if from_activity:
        history = replay.choose_days(history, figures.hours.days)
    told = asyncio.run(_replay(history, figures, changes))
    report = replay.build(history, told.turns, told.rates, replay.Used(preset, changes, from_activity))
    contents = {json_file: json.dumps(replay.as_json(report), indent=1), html_file: replay.page(report)}
    for file in files:
        outputs.write(file, contents[file])
    replay.show(report, Console())


def _figure(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UserError(f"--set takes a figure and its value, such as nudges.first_after=12h, not {text!r}.")
    return name.strip(), value.strip()


async def _replay(history: replay.Export, figures: Policy, changes: dict[str, str]) -> Stories:
    """Run a history through the core until nothing is due any more; tell its turns."""
    clock = SetClock(datetime(1970, 1, 1, tzinfo=UTC))
    database = await open_database("sqlite+aiosqlite:///:memory:", clock.now)
    core = Core(database, FEATURES, changes)
    await roster.enrol(core, history.roster)
    jobs = Jobs(core, {replay.PLATFORM: replay.Recorder(clock, history.observations)})
    with replay.progress_bar(Console(stderr=True), len(history.observations)) as progress:
        window = figures.nudges.first_after
        leap = partial(jobs.leap, clock)
        await replay.replay(history, core, clock, leap, core.next_at, window=window, progress=progress)
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        told = await tell(context)
    await database.close()
    return told

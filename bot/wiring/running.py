"""The only wiring, and the commands of the command line."""

import asyncio
import json
import os
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from adapters import playground, replay, web
from adapters import slack as on_slack
from adapters.slack import doctor as slack_doctor
from adapters.slack.commands import slack_commands
from bot import config, doctor, logs, outputs, policy, upkeep
from bot.clock import MovableClock, SetClock
from bot.config import Config, ConfigError
from bot.core import Core
from bot.errors import UserError
from bot.features import FEATURES
from bot.health import Health
from bot.language import misnamed
from bot.members import roster
from bot.members.roster import Roster
from bot.nudges.telling import tell
from bot.policy import Policy
from bot.reference import reference
from bot.setup.first import code_if_needed
from scheduler.jobs import Jobs
from scheduler.sealing import Sealer
from storage.errors import StorageError
from storage.messages import Messages
from storage.opening import open_database

LONGEST_NAME = 80  # characters of a program's name
Connected = playground.Playground | on_slack.Slack
COMMUNITY = Path(playground.__file__).with_name("community.toml")


def main() -> None:
    """Run the command line; what a person can put right is told without a traceback."""
    try:
        cli(standalone_mode=False)
    except (ConfigError, UserError, StorageError) as error:
        _fail(str(error))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was written.", err=True)
        sys.exit(130)


def _fail(text: str) -> None:
    click.echo(text, err=True)
    sys.exit(1)


@click.group()
@click.version_option(package_name="mentorbot")
def cli() -> None:
    """Mentorbot: a chat bot for mentoring programs."""


for command in (*upkeep.COMMANDS, slack_commands):
    cli.add_command(command)


@cli.command()
@click.option("--config", "file", type=click.Path(path_type=Path), help="The settings; config.toml here if left out.")
@click.option("--empty", is_flag=True, help="Try the set-up: a program with nobody in it, in a folder of its own.")
def run(file: Path | None, *, empty: bool) -> None:
    """Run the bot. With no platform configured, that is the playground on this machine."""
    _know_languages()
    settings = config.load(file, os.environ)
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
    workspace = await _workspace(settings)
    program, empty = _program(settings, workspace), empty or (workspace is not None and not settings.program.file)
    policy.load(program.policy)
    clock = MovableClock()
    database = await open_database(settings.storage.async_url, clock.now)
    try:
        core = Core(database, FEATURES)
        if empty:
            await roster.begin_empty(core, program)
            program = replace(program, pairings=())
        else:
            await roster.enrol(core, program)
        if workspace is None:
            clock.move_to(await _newest(core))
        jobs = Jobs(core, core.platforms)
        health = Health(core, clock, core.platforms, settings.scheduler.every)
        async with _watched(settings, core, health):
            opened = (
                _playground(settings, core, program, clock, jobs) if workspace is None else _slack(settings, core, jobs)
            )
            platform = await opened
            core.platforms[platform.name] = platform
            await _serve(settings, core, jobs, health, platform)
            await platform.close()
            await core.settled()
    finally:
        await database.close()


async def _workspace(settings: Config) -> on_slack.Workspace | None:
    """Ask Slack which workspace the bot is in; None without tokens. Raises ConfigError if one of two is missing."""
    secrets = settings.secrets
    if secrets.slack_bot_token is None and secrets.slack_app_token is None:
        return None
    if secrets.slack_bot_token is None or secrets.slack_app_token is None:
        missing = "SLACK_BOT_TOKEN" if secrets.slack_bot_token is None else "SLACK_APP_TOKEN"
        raise ConfigError([f"{missing}: Slack needs both its tokens, SLACK_BOT_TOKEN and SLACK_APP_TOKEN."])
    return await on_slack.workspace_of(secrets.slack_bot_token.get_secret_value(), settings.slack.api_url)


def _program(settings: Config, workspace: on_slack.Workspace | None) -> Roster:
    """Return whom the program begins with: on Slack with nobody, unless there is a file."""
    if workspace is None:
        return roster.read(settings.program.file or COMMUNITY)
    home = ((on_slack.PLATFORM, workspace.id),)
    if settings.program.file is None:
        return Roster(workspace.name[:LONGEST_NAME] or "Mentoring", "default", (), (), home)
    return replace(roster.read(settings.program.file), home=home)


async def _newest(core: Core) -> datetime:
    """Return the newest instant in the database: a pretended clock that was lost must not fall behind it."""
    newest = datetime(1970, 1, 1, tzinfo=UTC)
    for program in await core.programs():
        async with core.at_work(program) as context:
            newest = max(newest, await context.work.of(Messages).newest() or newest)
    return newest


async def _slack(settings: Config, core: Core, jobs: Jobs) -> on_slack.Slack:
    bot, app = settings.secrets.slack_bot_token, settings.secrets.slack_app_token
    return await on_slack.connect(
        core,
        bot_token=bot.get_secret_value() if bot else "",
        app_token=app.get_secret_value() if app else "",
        api_url=settings.slack.api_url,
        missed=jobs.catch_up,
    )


async def _playground(
    settings: Config, core: Core, program: Roster, clock: MovableClock, jobs: Jobs
) -> playground.Playground:
    if settings.secrets.discord_token is not None or not settings.playground.enabled:
        raise UserError(
            "This version has Slack and the playground: give both Slack tokens, or leave the playground enabled; "
            "and give no Discord token yet."
        )
    return await playground.connect(
        core,
        program,
        clock,
        lambda target: jobs.leap(clock, target),
        host=settings.playground.host,
        port=settings.playground.port,
        state=settings.playground.state,
    )


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


async def _serve(settings: Config, core: Core, jobs: Jobs, health: Health, platform: Connected) -> None:
    """Start to work, say where the bot is, and go on until somebody ends it."""
    ended = _told_to_end()
    sealer = Sealer(core, settings.audit.key_file)
    await sealer.prepare()
    codes = await _codes(core)
    await jobs.start(settings.scheduler.every, sealer.seal)
    page = platform.address if isinstance(platform, playground.Playground) else None
    where = f"The playground is at {page}" if page else "It is connected to Slack."
    click.echo(f"mentorbot is ready. {where}  (Ctrl+C ends it)")
    for program, code in codes.items():
        click.echo(f"{program} has no coordinator yet. To become one, write this in the chat, as yourself:")
        click.echo(f"  /mentor-admin setup {code}")
    if page and settings.playground.open_browser and _has_browser():
        await asyncio.to_thread(webbrowser.open, page)
    await _until(ended, core)
    health.end()
    click.echo("Ending …")
    await jobs.stop()


async def _codes(core: Core) -> dict[str, str]:
    """Return the codes with which somebody becomes the first coordinator, of the programs that have none, by name."""
    codes: dict[str, str] = {}
    for program in await core.programs():
        async with core.at_work(program) as context:
            code = await code_if_needed(context)
        if code is not None:
            codes[program.name] = code
    return codes


@cli.command("doctor")
@click.option("--config", "file", type=click.Path(path_type=Path), help="The settings; config.toml here if left out.")
def doctor_command(file: Path | None) -> None:
    """Tell what is wrong and how to mend it, also while mentorbot is running. Ends with 1 if anything is."""
    logs.configure("error", "text")
    load = partial(config.load, file, os.environ)
    checks = asyncio.run(doctor.examine(load, MovableClock().now, (slack_doctor.examiner,)))
    for line in doctor.lines(checks):
        click.echo(line)
    sys.exit(any(check.fine is False for check in checks))


@cli.command()
def commands() -> None:
    """Print the reference of all commands, as it stands in docs/commands.md."""
    click.echo(reference(FEATURES), nl=False)


@cli.command("replay")
@click.argument("export", type=click.Path(path_type=Path))
@click.option("--policy", "preset", default="default", show_default=True, help="The policy to try.")
@click.option(
    "--set", "changed", multiple=True, metavar="FIGURE=VALUE", help="Try another figure: nudges.first_after=12h"
)
@click.option("--channels", is_flag=True, help="Also public channels in which two people talk.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write everything as JSON.")
@click.option("--html", "html_file", type=click.Path(path_type=Path), help="Write a page with charts.")
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
    report = asyncio.run(_replay(history, figures, replay.Used(preset, changes, from_activity)))
    contents = {json_file: json.dumps(replay.as_json(report), indent=1), html_file: replay.page(report)}
    for file in files:
        outputs.write(file, contents[file])
    replay.show(report, Console())


def _figure(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UserError(f"--set takes a figure and its value, such as nudges.first_after=12h, not {text!r}.")
    return name.strip(), value.strip()


async def _replay(history: replay.Export, figures: Policy, used: replay.Used) -> replay.Report:
    """Run a history through the true core, in memory, until nothing is due any more."""
    clock = SetClock(datetime(1970, 1, 1, tzinfo=UTC))
    database = await open_database("sqlite+aiosqlite:///:memory:", clock.now)
    core = Core(database, FEATURES, used.changes)
    await roster.enrol(core, history.roster)
    jobs = Jobs(core, {replay.PLATFORM: replay.Recorder(clock, history.observations)})
    with replay.progress_bar(Console(stderr=True), len(history.observations)) as progress:
        window = figures.nudges.first_after
        await replay.replay(
            history, core, clock, lambda to: jobs.leap(clock, to), core.next_at, window=window, progress=progress
        )
    stories, rates = await _stories(core)
    await database.close()
    return replay.build(history, stories, rates, used)


async def _stories(core: Core) -> tuple[list[replay.TurnStory], dict[str, float | None]]:
    """Tell turns and response rates in the platform's own ids."""
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        stories = await tell(context)
    turns = [
        replay.TurnStory(s.channel, s.asker, s.answerer, s.opened, s.answered, s.outcome, s.nudges)
        for s in stories.turns
    ]
    return turns, stories.rates


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


if __name__ == "__main__":
    main()

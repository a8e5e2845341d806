"""The platforms that the settings name: where the bot is on each, how it is connected, and how that is told."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from adapters import discord, playground, slack
from bot.clock import MovableClock
from bot.config import Config, ConfigError
from bot.core import Core
from bot.errors import UserError
from bot.members.roster import Roster
from bot.ports import Platform
from scheduler.jobs import Jobs
from storage.messages import Messages

TITLES = {slack.PLATFORM: "Slack", discord.PLATFORM: "Discord"}
NONE_TO_SERVE = (
    "There is nothing to be served: give both Slack tokens or the Discord token, or leave the playground enabled."
)
NO_SERVER = (
    "The bot isn't in any Discord server yet. Print its invitation with `mentorbot discord invite`, open the link, "
    "choose your server, and start mentorbot again."
)


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace or server that the bot is in."""

    platform: str
    id: str
    name: str


Joined = Callable[[Home], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Way:
    """A way onto a platform: the homes that the bot has there, and how a core and its jobs are connected with it.

    Of homes that it comes to later it tells.
    """

    homes: Sequence[Home]
    connect: Callable[[Core, Jobs, Joined], Awaitable[Platform]]


async def ways(settings: Config) -> list[Way]:
    """Return the way onto each platform that the settings have tokens of; none: it is to be the playground.

    Asks each where the bot is. Raises ConfigError for wrong tokens, UserError if there is nothing to be served.
    """
    found = [way for look in (_slack, _discord) if (way := await look(settings)) is not None]
    if not found and not settings.playground.enabled:
        raise UserError(NONE_TO_SERVE)
    return found


async def _slack(settings: Config) -> Way | None:
    bot, app = settings.secrets.slack_bot_token, settings.secrets.slack_app_token
    if bot is None and app is None:
        return None
    if bot is None or app is None:
        missing = "SLACK_BOT_TOKEN" if bot is None else "SLACK_APP_TOKEN"
        raise ConfigError([f"{missing}: Slack needs both its tokens, SLACK_BOT_TOKEN and SLACK_APP_TOKEN."])
    bot_token, app_token, api_url = bot.get_secret_value(), app.get_secret_value(), settings.slack.api_url
    workspace = await slack.workspace_of(bot_token, api_url)

    async def connect(core: Core, jobs: Jobs, _joined: Joined) -> Platform:
        return await slack.connect(
            core, bot_token=bot_token, app_token=app_token, api_url=api_url, missed=jobs.catch_up
        )

    return Way([Home(slack.PLATFORM, workspace.id, workspace.name)], connect)


async def _discord(settings: Config) -> Way | None:
    if settings.secrets.discord_token is None:
        return None
    token, here = settings.secrets.discord_token.get_secret_value(), settings.discord
    where = discord.Where(here.api_url, here.gateway_url, here.shard_count, here.shard_ids)
    guilds = await discord.guilds_of(token, where)
    if not guilds:
        raise UserError(NO_SERVER)

    async def connect(core: Core, jobs: Jobs, joined: Joined) -> Platform:
        async def tell(guild: discord.Guild) -> None:
            await joined(Home(discord.PLATFORM, guild.id, guild.name))

        return await discord.connect(
            core, token=token, where=where, spaces=here.spaces, missed=jobs.catch_up, joined=tell
        )

    return Way([Home(discord.PLATFORM, guild.id, guild.name) for guild in guilds], connect)


def onto_playground(settings: Config, program: Roster, clock: MovableClock) -> Way:
    """Return the way onto the playground, on which a program's people are, and a clock that they can move."""
    here = settings.playground

    async def connect(core: Core, jobs: Jobs, _joined: Joined) -> Platform:
        clock.move_to(await _newest(core))
        leap = partial(jobs.leap, clock)
        return await playground.connect(core, program, clock, leap, host=here.host, port=here.port, state=here.state)

    return Way([], connect)


async def _newest(core: Core) -> datetime:
    """Return the newest instant in the database: a pretended clock that was lost must not fall behind it."""
    newest = datetime(1970, 1, 1, tzinfo=UTC)
    for program in await core.programs():
        async with core.at_work(program) as context:
            newest = max(newest, await context.work.of(Messages).newest() or newest)
    return newest


@asynccontextmanager
async def connected(core: Core, jobs: Jobs, there: Sequence[Way], joined: Joined) -> AsyncIterator[None]:
    """Connect a core with every platform; at the end, also an early one, each is closed.

    `joined` is told of each home that the bot comes to.
    """
    async with AsyncExitStack() as stack:
        for way in there:
            platform = await way.connect(core, jobs, joined)
            stack.push_async_callback(platform.close)
            core.platforms[platform.name] = platform
        yield


def page(platforms: Mapping[str, Platform]) -> str | None:
    """Return the address of the playground's page; None if it isn't the playground that is connected."""
    opened = platforms.get(playground.Playground.name)
    return opened.address if isinstance(opened, playground.Playground) else None


def told(platforms: Mapping[str, Platform]) -> str:
    """Say where the bot is."""
    address = page(platforms)
    titles = " and ".join(TITLES.get(name, name) for name in platforms)
    return f"The playground is at {address}" if address else f"It is connected to {titles}."

"""Stand-ins of Slack and Discord, and the real clients of slack_sdk, slack_bolt and discord.py."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SetClock
from tests.stand_ins.discord import Discord, Guild
from tests.stand_ins.discord_bot import COMMANDS, Bot
from tests.stand_ins.slack import Json, Slack

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KINDS = ("channels", "groups", "im", "mpim")
SCOPES = [
    *(f"{kind}:{what}" for kind in KINDS for what in ("read", "history")),
    *("groups:write", "im:write", "mpim:write", "channels:manage", "channels:join"),
    *("chat:write", "commands", "files:read", "files:write", "reactions:read", "reactions:write", "app_mentions:read"),
    *("team:read", "users:read", "users:read.email"),
]
EVENTS = [
    *("message.channels", "message.groups", "message.im", "message.mpim", "reaction_added", "reaction_removed"),
    *("member_joined_channel", "member_left_channel", "channel_left", "group_left", "channel_archive", "group_archive"),
    *("app_uninstalled", "tokens_revoked", "user_change", "app_mention", "app_home_opened", "channel_created"),
]


def manifest() -> Json:
    """Return an app's manifest that asks for everything."""
    return {
        "display_information": {"name": "Helper"},
        "features": {
            "app_home": {
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
                "home_tab_enabled": True,
            },
            "slash_commands": [{"command": "/try", "description": "Try", "should_escape": True}],
            "shortcuts": [
                {"name": "Try this", "type": "message", "callback_id": "try.this", "description": "Try"},
                {"name": "Try", "type": "global", "callback_id": "try", "description": "Try"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


@pytest.fixture
def clock() -> SetClock:
    """Return Slack's clock, which stands still until it is moved."""
    return SetClock(NOON)


@pytest.fixture
async def slack(clock: SetClock) -> AsyncIterator[Slack]:
    """Serve a Slack; what the app must not do makes the test fail at its end."""
    async with Slack(manifest(), clock.now, ack_within=30, patience=30) as served:
        yield served
        assert [] == served.complaints


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    """Return the real client with the bot's token."""
    return AsyncWebClient(slack.app.bot_token, base_url=slack.api_url)


class Bolt:
    """A real app of slack_bolt: `heard` is what it acknowledged of events; while it is `deaf` it acknowledges none."""

    def __init__(self, slack: Slack) -> None:
        """Be the app of this workspace."""
        self._slack = slack
        self.client = AsyncWebClient(slack.app.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=self.client, token=slack.app.bot_token, before_authorize=self._hear)
        self.heard: list[Json] = []
        self.deaf = False

    @property
    def events(self) -> list[Json]:
        """The events themselves."""
        return [body["event"] for body in self.heard]

    def subtypes(self, channel: str = "") -> list[str]:
        """Return the kinds of the events of a channel, messages by their subtype."""
        rows = [event for event in self.events if not channel or channel in (event.get("channel"), _item(event))]
        return [event.get("subtype") or event["type"] for event in rows]

    async def _hear(self, body: Json, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        if body.get("type") != "event_callback":
            return await next_()
        if self.deaf:
            return BoltResponse(status=500)
        self.heard.append(body)
        return BoltResponse(status=200)

    @asynccontextmanager
    async def connected(self, sockets: int = 1, ping: float = 10) -> AsyncIterator[list[AsyncSocketModeHandler]]:
        """Open connections, and close them.

        Whoever doesn't answer a ping in half the time until the next is held to be lost, even if only the machine is
        busy: `ping` is short only where that is wanted.
        """
        handlers = [
            AsyncSocketModeHandler(self.app, self._slack.app.app_token, ping_interval=ping) for _ in range(sockets)
        ]
        before = len(self._slack.sockets.open)
        for handler in handlers:
            await handler.connect_async()  # type: ignore[no-untyped-call]
        assert await self._slack.connected(before + sockets)
        try:
            yield handlers
        finally:
            for handler in handlers:
                await handler.close_async()  # type: ignore[no-untyped-call]


def _item(event: Json) -> str | None:
    item: Json = event.get("item", {})
    return item.get("channel")


@pytest.fixture
def bolt(slack: Slack) -> Bolt:
    """Return the real app, not yet connected."""
    return Bolt(slack)


@pytest.fixture
async def online(bolt: Bolt) -> AsyncIterator[Bolt]:
    """Return the real app with one connection."""
    async with bolt.connected():
        yield bolt


@pytest.fixture
async def server(clock: SetClock) -> AsyncIterator[Discord]:
    """Serve a Discord; what the app must not do makes the test fail at its end."""
    async with Discord(clock.now, patience=30, within=30) as served:
        yield served
        assert [] == served.complaints


@pytest.fixture
def guild(server: Discord) -> Guild:
    """Return a server with the bot in it."""
    return server.guild("Riverside")


@pytest.fixture
async def bot(server: Discord, guild: Guild) -> AsyncIterator[Bot]:
    """Return the real client of discord.py, connected."""
    async with Bot(server).connected() as connected:
        yield connected


@pytest.fixture
async def town(server: Discord, guild: Guild, bot: Bot) -> str:
    """Return a channel, once the app has commands."""
    await bot.http.bulk_upsert_global_commands(int(server.app.id), COMMANDS)
    return server.text_channel(guild, "town").id

"""The socket: how it is opened, lost, replaced and closed; and tokens that are wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from adapters import slack as on_slack
from adapters.slack import limits
from adapters.slack.manifest import manifest
from bot.calls import Observation
from bot.config import ConfigError
from bot.errors import UserError
from bot.views import message
from tests.adapters.slack.scene import NOON, Scene, feature, scene
from tests.drivers.recording import RecordingCore
from tests.drivers.slack import QUICK, served
from tests.stand_ins.slack import Slack

FORGETFUL = on_slack.Timing(ping=QUICK.ping, silence=0, patience=QUICK.patience, request=QUICK.request)


async def test_a_lost_socket_is_replaced(riverside_slack: Scene) -> None:
    """It counts as not connected; soon there is another, and what happens then is told."""
    slack = riverside_slack.slack
    await slack.sockets.drop(slack.sockets.open[0])
    await slack.changes.until(lambda: not riverside_slack.platform.connected, 30)
    assert await slack.connected(seconds=30)
    await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    assert (True, 1) == (riverside_slack.platform.connected, len(riverside_slack.observed()))
    assert not riverside_slack.missed.is_set()


async def test_what_was_told_into_a_lost_socket_comes_again(riverside_slack: Scene) -> None:
    """Slack tells again what nobody acknowledged, and it is taken in once."""
    slack = riverside_slack.slack
    slack.sockets.hold()
    await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    await slack.sockets.drop(slack.sockets.open[0])
    slack.sockets.release()
    assert await slack.connected(seconds=30)
    slack.sockets.redeliver()
    await slack.settled()
    assert 1 == len(riverside_slack.observed())


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
async def test_slack_asks_for_another_socket(riverside_slack: Scene, reason: str) -> None:
    """It does so every few hours: the old one goes, the new one is there, and nothing is lost on the way."""
    slack = riverside_slack.slack
    (old,) = slack.sockets.open
    await slack.sockets.refresh(old, reason)
    assert await slack.changes.until(lambda: bool(slack.sockets.open) and old not in slack.sockets.open, 30)
    await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    await slack.settled()
    assert (True, 1) == (riverside_slack.platform.connected, len(riverside_slack.observed()))


async def test_a_long_silence_is_caught_up_with() -> None:
    """Slack tells again for some minutes only: after more the channels are to be read."""
    async with scene(FORGETFUL) as opened:
        slack = opened.slack
        # Slack was heard once: only then is there a silence.
        await opened.lena.says(opened.channel.id, "Hello")
        (old,) = slack.sockets.open
        await slack.changes.until(lambda: bool(opened.observed()), 30)
        await slack.sockets.refresh(old)
        assert await asyncio.wait_for(opened.missed.wait(), 30)


async def test_a_burst_is_taken_in_piece_by_piece() -> None:
    """What there is no room for waits at Slack's; in the end all of it is there."""

    class Held(RecordingCore):
        go_on = asyncio.Event()
        full = asyncio.Event()
        in_hand = most = 0

        async def ingest(self, batch: Sequence[Observation]) -> None:
            self.in_hand += 1
            self.most = max(self.most, self.in_hand)
            if self.in_hand == limits.EVENTS_AT_ONCE:
                self.full.set()
            await self.go_on.wait()
            self.in_hand -= 1
            await super().ingest(batch)

    core, number = Held(feature()), 3 * limits.EVENTS_AT_ONCE // 2
    async with scene(replace(QUICK, ping=5.0), core, ack_within=30) as opened:
        slack = opened.slack
        about = {"type": "message", "user": opened.lena.id, "text": "Hello", "channel": opened.channel.id}
        for _ in range(number):
            slack.sockets.deliver("events_api", slack.events.callback({**about, "ts": slack.workspace.new_ts()}))
        await asyncio.wait_for(core.full.wait(), 60)
        core.go_on.set()
        assert await slack.settled()
    assert number == len({getattr(seen, "message", "") for seen in core.observed})
    assert core.most < limits.EVENTS_AT_ONCE + 100
    assert 1 == len(opened.asked("apps.connections.open"))


async def test_an_app_that_may_no_longer_connect(riverside_slack: Scene) -> None:
    """It is asked once and then only after a long time; nothing ends, and ending it doesn't wait."""
    slack = riverside_slack.slack
    slack.app.app_token = "xapp-1-another"
    await slack.sockets.drop(slack.sockets.open[0])
    asked = "apps.connections.open"
    assert await slack.changes.until(lambda: len(riverside_slack.asked(asked)) > 1, 30)
    assert not riverside_slack.platform.connected
    assert not await slack.changes.until(lambda: len(riverside_slack.asked(asked)) > 2, 3 * QUICK.ping)
    async with asyncio.timeout(30):
        await riverside_slack.platform.close()
    assert 2 == len(riverside_slack.asked(asked))


async def test_several_processes_share_the_events() -> None:
    """Slack gives each event to one of the sockets; together they have all."""
    cores = [RecordingCore(feature()) for _ in range(2)]
    async with Slack(manifest(cores[0].features), lambda: NOON) as slack:
        amara = slack.person("amara")
        channel = slack.channel("amara-lena", amara, kind="group")
        async with served(cores[0], slack), served(cores[1], slack):
            assert await slack.connected(2)
            written = [await amara.says(channel.id, str(number)) for number in range(6)]
    told = [getattr(seen, "message", "") for core in cores for seen in core.observed]
    assert sorted(written) == sorted(told)
    assert all(core.observed for core in cores)


async def test_an_answer_under_way_is_finished_before_the_end() -> None:
    """Ending waits for calls that came in: whoever asked sees the answer."""

    class Held(RecordingCore):
        go_on = asyncio.Event()
        begun = asyncio.Event()

        async def handle(self, call: object) -> object:  # type: ignore[override]
            self.begun.set()
            await self.go_on.wait()
            return message("Done.")

    core = Held(feature())
    async with scene(core=core) as opened:
        asked = asyncio.create_task(opened.lena.commands("/mentor try"))
        await core.begun.wait()
        closing = asyncio.create_task(opened.platform.close())
        await opened.slack.changes.until(lambda: not opened.slack.sockets.open, 30)
        held = opened.slack.faults.holds("response_url")
        core.go_on.set()
        done, _ = await asyncio.wait({closing}, timeout=0.5)
        assert not done
        held.set()
        await closing
        assert 1 == len(opened.lena.ephemerals)
        await asked


# Tokens.


async def _connected(slack: Slack, **tokens: str) -> None:
    given = {"bot_token": slack.app.bot_token, "app_token": slack.app.app_token, "api_url": slack.api_url, **tokens}
    platform = await on_slack.connect(RecordingCore(feature()), **given)  # type: ignore[arg-type]
    await platform.close()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"bot_token": "xoxb-wrong"}, "SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-wrong"}, "SLACK_APP_TOKEN"),
        ({"bot_token": "xapp-1-A00000001-1-stand-in"}, "SLACK_BOT_TOKEN"),
        ({"app_token": "xoxb-1-1-stand-in"}, "SLACK_APP_TOKEN"),
    ],
    ids=str,
)
async def test_a_wrong_token_is_named(given: dict[str, str], named: str) -> None:
    """With where the right one is found, and without repeating it; also when the two are mixed up."""
    async with Slack(manifest([feature()]), lambda: NOON) as slack:
        with pytest.raises(ConfigError) as error:
            await _connected(slack, **given)
        assert named in str(error.value)
        assert next(iter(given.values())) not in str(error.value)


async def test_an_app_token_that_may_not_connect() -> None:
    """Slack's own reason is told."""
    async with Slack(manifest([feature()]), lambda: NOON) as slack:
        slack.app.app_scopes.clear()
        with pytest.raises(ConfigError, match="connections:write"):
            await _connected(slack)


async def test_slack_is_not_there() -> None:
    """What is no fault of the settings is told as such."""
    async with Slack(manifest([feature()]), lambda: NOON) as slack:
        slack.faults.drops("auth.test")
        with pytest.raises(UserError, match="can't be reached"):
            await _connected(slack)
        slack.faults.breaks("apps.connections.open", 503)
        with pytest.raises(UserError, match="too busy"):
            await _connected(slack)
        address = slack.api_url
    with pytest.raises(UserError, match="can't be reached"):
        await on_slack.workspace_of("xoxb-1", address)


async def test_the_workspace_is_known_before_anything_is_connected() -> None:
    """Its id and its name are what a program begins with."""
    async with Slack(manifest([feature()]), lambda: NOON) as slack:
        found = await on_slack.workspace_of(slack.app.bot_token, slack.api_url)
    assert (slack.workspace.team, "Riverside", slack.app.bot_user) == (found.id, found.name, found.user)

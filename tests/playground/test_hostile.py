"""Whoever can reach the socket: other sites in the same browser, garbage, and far too much."""

import json
import logging
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import WSMsgType

from adapters.playground.server import is_this_machine, start
from bot.errors import UserError
from tests.drivers.driver import Rejected
from tests.playground.conftest import Desk

GARBAGE = {
    "nothing": "",
    "no JSON": "{]",
    "no object": "[]",
    "a number": "7",
    "not a number": '{"id": "x", "do": "move", "hours": NaN}',
    "deep": "[" * 100_000,
    "no action": '{"id": "x"}',
    "no id": '{"do": "look"}',
    "unknown action": '{"id": "x", "do": "__init__"}',
    "wrong types": '{"id": "x", "do": "write", "as": 7, "channel": [], "text": {}}',
    "huge id": json.dumps({"id": "x" * 100_000, "do": "look"}),
    "huge number": '{"id": "x", "do": "move", "hours": 1' + "0" * 400 + "}",
    "long number": '{"id": "x", "do": "move", "hours": 1' + "0" * 9000 + "}",
    "back in time": '{"id": "x", "do": "move", "hours": -5}',
    "half a character": '{"id": "x", "do": "write", "as": "lena", "channel": "amara-lena", "text": "\\ud800"}',
    "null character": '{"id": "x", "do": "write", "as": "lena", "channel": "amara-lena", "text": "a\\u0000b"}',
    "half a character in a name": '{"id": "x", "do": "press", "as": "\\ud800", "action": "a"}',
    "reaction": '{"id": "x", "do": "react", "as": "lena", "channel": "amara-lena", "message": "1", "reaction": "<b>"}',
    "values": '{"id": "x", "do": "submit", "as": "lena", "action": "a", "values": {"a": 1}}',
}


async def _refused(desk: Desk, frame: str) -> dict[str, Any]:
    """Return the error that a frame gets, on a connection of its own."""
    async with aiohttp.ClientSession() as session, session.ws_connect(desk.platform.address + "ws") as socket:
        assert "state" == (await socket.receive_json())["type"]
        await socket.send_str(frame)
        answer: dict[str, Any] = await socket.receive_json()
        return answer


@pytest.mark.parametrize("frame", GARBAGE.values(), ids=GARBAGE)
async def test_garbage_gets_an_error_and_nothing_else(desk: Desk, frame: str, caplog: pytest.LogCaptureFixture) -> None:
    """What can't be read is refused in words; nothing reaches the core, and no traceback the log."""
    answer = await _refused(desk, frame)
    assert "error" == answer["type"]
    assert answer["text"]
    assert ([], []) == (desk.core.calls, desk.core.observed)
    assert [] == [record for record in caplog.records if record.levelno > logging.INFO]


async def test_bytes_get_an_error(desk: Desk) -> None:
    """Frames are text."""
    async with aiohttp.ClientSession() as session, session.ws_connect(desk.platform.address + "ws") as socket:
        await socket.receive_json()
        await socket.send_bytes(b"\xff\x00")
        assert "error" == (await socket.receive_json())["type"]


async def test_after_garbage_one_can_go_on(desk: Desk) -> None:
    """An error ends nothing."""
    await desk.driver.socket.send_str("{]")
    await desk.driver.says("lena", "Hello", "amara-lena")
    assert ["Hello"] == await desk.driver.reads("lena", "amara-lena")


@pytest.mark.parametrize("length", [4001, 1_000_000])
async def test_a_text_that_is_too_long_is_refused_in_words(desk: Desk, length: int) -> None:
    """The writer is told how long it is and how long it may be."""
    with pytest.raises(Rejected, match=f"{length:,} characters; there is room for 4,000"):
        await desk.driver.says("lena", "x" * length, "amara-lena")
    assert [] == desk.core.observed


async def test_the_longest_text_is_taken(desk: Desk) -> None:
    """4,000 characters are not too many."""
    await desk.driver.says("lena", "x" * 4000, "amara-lena")
    assert ["x" * 4000] == await desk.driver.reads("lena", "amara-lena")


async def test_a_gigantic_frame_ends_the_connection_alone(desk: Desk) -> None:
    """Ten megabytes end the one connection; the others go on."""
    async with aiohttp.ClientSession() as session, session.ws_connect(desk.platform.address + "ws") as socket:
        await socket.receive_json()
        with suppress(ConnectionError):  # it may be cut off before all is sent
            await socket.send_str("x" * 10_000_000)
        assert (await socket.receive()).type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING)
    await desk.driver.says("lena", "Hello", "amara-lena")


async def test_a_text_of_blanks_is_refused(desk: Desk) -> None:
    """There has to be something in a message."""
    with pytest.raises(Rejected, match="nothing written"):
        await desk.driver.says("lena", " \n ", "amara-lena")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1"},
        {"Host": "evil.example"},
        {"Host": "evil.example:8080", "Origin": "http://evil.example:8080"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "localhost.evil.example:80"},
        {"Host": ""},
    ],
    ids=str,
)
async def test_other_sites_are_refused(desk: Desk, headers: dict[str, str]) -> None:
    """A request that another site made gets neither page nor socket."""
    async with aiohttp.ClientSession() as session:
        async with session.get(desk.platform.address, headers=headers) as answer:
            assert 403 == answer.status
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(desk.platform.address + "ws", headers=headers)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.8.8.8"])
async def test_this_machine_has_several_names(desk: Desk, host: str) -> None:
    """By whichever of them: the page comes, from its own origin, through a forwarded port too."""
    headers = {"Host": f"{host}:9999", "Origin": f"http://{host}:9999"}
    async with aiohttp.ClientSession() as session, session.get(desk.platform.address, headers=headers) as answer:
        assert 200 == answer.status


async def test_the_page_may_load_nothing_from_elsewhere(desk: Desk) -> None:
    """Its policy names this server alone, and no script inside the page."""
    async with aiohttp.ClientSession() as session, session.get(desk.platform.address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http:" not in page
    assert "https:" not in page


@pytest.mark.parametrize("path", ["..%2fcommunity.toml", "community.toml", "page/", "../__init__.py", "ws/x"])
async def test_only_the_page_is_served(desk: Desk, path: str) -> None:
    """No other file can be had."""
    async with aiohttp.ClientSession() as session, session.get(desk.platform.address + path) as answer:
        assert 404 == answer.status


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org", ""])  # noqa: S104 - refused
async def test_it_is_not_served_to_others(host: str) -> None:
    """An address that others could reach is refused in words."""
    assert not is_this_machine(host)
    with pytest.raises(UserError, match=r"127\.0\.0\.1"):
        await start(aiohttp.web.Application(), host, 0)


async def test_a_port_that_is_taken_is_told(desk: Desk) -> None:
    """The error says which port, and what to do."""
    port = int(desk.platform.address.rstrip("/").rpartition(":")[2])
    with pytest.raises(UserError, match=rf"port {port}.*choose another one"):
        await start(aiohttp.web.Application(), "127.0.0.1", port)


async def test_a_fault_is_told_and_names_no_text(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever did it gets a reference, the log has it too, and what was written stands in neither."""
    desk.core.fault = RuntimeError("out of order")
    with pytest.raises(Rejected, match="log says more under") as told:
        await desk.driver.says("lena", "heliotrope", "amara-lena")
    assert "heliotrope" not in caplog.text
    assert "heliotrope" not in str(told.value)
    desk.core.fault = None
    await desk.driver.says("lena", "Hello", "amara-lena")


async def test_one_writes_only_where_one_is(desk: Desk) -> None:
    """Neither in others' conversations nor as nobody."""
    for user, channel in (("noor", "amara-lena"), ("lena", "dm-amara"), ("mallory", "amara-lena")):
        with pytest.raises(Rejected):
            await desk.driver._do("write", user, channel=channel, text="Hello")  # noqa: SLF001 - forged
    assert [] == desk.core.observed

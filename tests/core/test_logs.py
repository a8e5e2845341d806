"""Log lines: complete, redacted, whoever writes them."""

import io
import json
import logging
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.logs import Format, configure, mask
from bot.tracebacks import MASK

SLACK = "xoxb-1234567890-abcDEF123"
APP = "xapp-1-A0123-456-abcdef"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
WORDS = "I feel lost at work"


@dataclass(frozen=True)
class Note:
    """Something that holds a person's words."""

    text: str


pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.fixture
def written() -> io.StringIO:
    """Set logging up as in production, in JSON, and return what is written."""
    stream = io.StringIO()
    configure("info", "json", stream)
    return stream


def line(written: io.StringIO) -> dict[str, Any]:
    """Return the last line of the log."""
    last: dict[str, Any] = json.loads(written.getvalue().splitlines()[-1])
    return last


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        (SLACK, f"xoxb-{MASK}"),
        ("xoxe.xoxp-1-Mi0yLTEx", f"xoxe.xoxp-{MASK}"),
        (APP, f"xapp-{MASK}"),
        (DISCORD, MASK),
        ("postgresql://ada:pa@ss:w/ord@db:5432/m", f"postgresql://ada:{MASK}@db:5432/m"),
        ("wss://wss.example/link/?ticket=abc&app_id=1", f"wss://wss.example/link/?ticket={MASK}&app_id=1"),
        (
            "https://discord.com/api/webhooks/12/abc-DEF/messages",
            f"https://discord.com/api/webhooks/12/{MASK}/messages",
        ),
        ("https://hooks.slack.com/commands/T1/2/abc", f"https://hooks.slack.com/commands/{MASK}"),
        (
            "[SQL: INSERT]\n[parameters: ('I feel\nlost',)]\nmore",
            f"[SQL: INSERT]\n[parameters: {MASK}]\nmore",
        ),
        ("DETAIL:  Failing row contains (1, lost).", f"DETAIL:  {MASK}"),
        ("input_value='I feel lost', input_type=str", f"input_value={MASK}, input_type=str"),
        ("<Task exception=ValueError('I feel lost')>", f"<Task exception=ValueError({MASK})>"),
    ],
)
def test_what_looks_secret_is_masked_and_its_kind_stays_visible(secret: str, expected: str) -> None:
    """Tokens, passwords, addresses that carry a key, and rows in errors become ***."""
    assert expected == mask(secret)


@pytest.mark.parametrize(
    "text", ["bot.nudges.rules", "2026-11-20T09:00:00.123456+00:00", "http://127.0.0.1:8080/a", "R-7KQ2MX"]
)
def test_what_is_harmless_is_left_as_it_is(text: str) -> None:
    """Names, times and addresses without a password can be read in the log."""
    assert text == mask(text)


@pytest.mark.parametrize("key", ["text", "content", "body", "values", "payload", "Text"])
def test_what_people_wrote_is_dropped(written: io.StringIO, key: str) -> None:
    """A key that carries people's words does not reach the log, at any depth."""
    structlog.get_logger("bot.x").info("taken in", inner=[{key: WORDS, "id": 7}], **{key: WORDS})
    assert [{"id": 7}] == line(written)["inner"]
    assert WORDS not in written.getvalue()


def test_an_object_is_logged_as_its_kind(written: io.StringIO) -> None:
    """Records may hold people's words, so only their class's name is written."""
    structlog.get_logger("bot.x").info("stored", note=Note(WORDS), notes=(Note(WORDS),))
    assert ("<Note>", ["<Note>"]) == (line(written)["note"], line(written)["notes"])


def test_plain_values_are_logged(written: io.StringIO) -> None:
    """Numbers, times and names are what a log is for."""
    at = datetime(2026, 11, 20, tzinfo=UTC)
    structlog.get_logger("bot.x").warning("late", count=3, at=at, exact=True, by=None)
    expected = {"event": "late", "level": "warning", "logger": "bot.x", "count": 3, "exact": True, "by": None}
    found = line(written)
    assert expected | {"at": str(at), "timestamp": found["timestamp"]} == found


def test_the_standard_library_is_redacted_too(written: io.StringIO) -> None:
    """A library's line has the same form, and its secrets are masked."""
    logging.getLogger("slack_sdk.web").warning("refused: %s", SLACK)
    assert f"refused: xoxb-{MASK}" == line(written)["event"]
    assert "slack_sdk.web" == line(written)["logger"]


def test_a_warning_of_python_becomes_a_line(written: io.StringIO) -> None:
    """Warnings go through the same redactor."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"old {SLACK}", stacklevel=1)
    assert f"old xoxb-{MASK}" in line(written)["event"]


def _fail_with(text: str, secret: str) -> None:
    kept_in_a_local = text
    try:
        _ = {}[text]  # type: ignore[index]
    except KeyError as error:
        raise ValueError(f"can't read {kept_in_a_local!r} of {secret}, or {text} either\n  {text}") from error


@pytest.mark.parametrize("name", ["bot.x", "slack_bolt.app"])
@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("words", [WORDS, "pregnant", "my parents' house \"zqx", 'l\' zqx "a b" c'])
def test_a_traceback_shows_the_place_but_no_words_or_secrets(name: str, form: Format, words: str) -> None:
    """Tracebacks keep files, lines and the errors' kinds; their texts and local variables go."""
    stream = io.StringIO()
    configure("info", form, stream)
    log = structlog.get_logger(name) if name.startswith("bot") else logging.getLogger(name)
    try:
        _fail_with(words, DISCORD)
    except ValueError:
        log.exception("failed")
    found = stream.getvalue()
    assert [] == [kept for kept in ("_fail_with", "KeyError", "ValueError", "test_logs.py") if kept not in found]
    assert [] == [private for private in (words, "zqx", DISCORD) if private in found]


def test_the_reason_of_a_database_or_a_file_is_kept(written: io.StringIO) -> None:
    """Who runs the bot has to know what is missing; what stands in quotes goes even there."""
    try:
        Path("/no/such/file").read_text()
    except OSError:
        structlog.get_logger("bot.x").exception("failed")
    assert "FileNotFoundError: [Errno 2] No such file or directory: ***" in written.getvalue()


def test_an_unprintable_line_says_where_and_not_what(written: io.StringIO) -> None:
    """A line with wrong arguments is reported without them."""
    configure("info", "json", written)  # again: pytest's own handler came in since
    logging.getLogger("some.library").warning("%d people", WORDS)
    assert "A line of the log some.library could not be written" in written.getvalue()
    assert WORDS not in written.getvalue()


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("bot.nudges", logging.DEBUG, True),
        ("adapters.slack", logging.DEBUG, True),
        ("slack_sdk", logging.DEBUG, False),
        ("discord.gateway", logging.DEBUG, False),
        ("some.library", logging.DEBUG, False),
        ("some.library", logging.INFO, True),
        ("aiohttp.access", logging.INFO, False),
    ],
)
def test_libraries_never_debug(name: str, level: int, expected: bool) -> None:
    """Level "debug" is for mentorbot: libraries would write whole payloads."""
    configure("debug", "text", io.StringIO())
    assert expected == logging.getLogger(name).isEnabledFor(level)


def test_the_level_is_kept(written: io.StringIO) -> None:
    """What is less important than the level is not written."""
    structlog.get_logger("bot.x").debug("detail")
    assert "" == written.getvalue()


def test_setting_up_again_does_not_write_twice(written: io.StringIO) -> None:
    """The last set-up counts."""
    configure("info", "json", written)
    structlog.get_logger("bot.x").info("once")
    assert 1 == len(written.getvalue().splitlines())

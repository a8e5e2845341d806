"""Logging, set up once for mentorbot and every library that it uses.

No text that a person wrote is logged, and no secret: what passes here is dropped or masked, in the bot's own
lines, in those of libraries and in tracebacks. Modules write `log = structlog.get_logger(__name__)`.
"""

import logging
import re
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import PurePath
from typing import Literal, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot import tracebacks
from bot.hush import may_be_logged
from bot.tracebacks import MASK

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["text", "json"]

OURS = ("bot", "adapters", "scheduler", "storage")
# Libraries write whole payloads, with people's words in them, when they debug: they never go below "info".
# These two write a line for each request or job, and a request's path may hold a code.
TOO_CHATTY = ("aiohttp.access", "alembic", "apscheduler")
SILENT = ("apscheduler.scheduler",)  # a round that takes longer than the time to the next one is no news

# Names under which people's words travel through the program.
PRIVATE = frozenset({"text", "content", "body", "values", "payload"})

_MASKED: tuple[tuple[re.Pattern[str], str], ...] = (
    # Slack's tokens of all kinds (xoxb-, xoxp-, xoxe.xoxp-, xapp-), then a Discord bot's.
    (re.compile(r"\b(xox[a-z](?:\.xox[a-z])?-|xapp-)[\w-]+"), rf"\1{MASK}"),
    (re.compile(r"(?<![\w-])[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}"), MASK),
    # A password inside an address, up to the last @: a password may have one in it.
    (re.compile(r"(://[^\s:/@]*:)\S*@"), rf"\1{MASK}@"),
    (re.compile(r"([?&;](?:password|token|access_token|ticket|code|secret)=)[^\s&;\"']+"), rf"\1{MASK}"),
    # Whoever has one of these addresses can write in the bot's name.
    (re.compile(r"((?:webhooks|interactions)/\d+/)[\w-]+"), rf"\1{MASK}"),
    (re.compile(r"(hooks\.slack\.com/\w+/)[\w/-]+"), rf"\1{MASK}"),
    # The rows and inputs that SQLAlchemy, PostgreSQL and pydantic put into their errors.
    (re.compile(r"\[parameters: .*?\](?=\n|\Z)", re.DOTALL), f"[parameters: {MASK}]"),
    (re.compile(r"(DETAIL: +).*"), rf"\1{MASK}"),
    (re.compile(r"(input_value=).*?(, input_type=|\Z)", re.DOTALL), rf"\1{MASK}\2"),
    # asyncio prints what went wrong in a task that nobody waited for.
    (re.compile(r"(exception=\w+\().*(\)>)", re.DOTALL), rf"\1{MASK}\2"),
)


def configure(level: Level, format: Format, stream: TextIO | None = None) -> None:  # noqa: A002 - the setting's name
    """Send all log lines to `stream` (standard error), redacted; calling it again replaces the set-up."""
    threshold = getattr(logging, level.upper())
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(_formatter(format, colors=handler.stream.isatty()))
    handler.addFilter(may_be_logged)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    _set_levels(root, threshold)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[*_gathering(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def mask(text: str) -> str:
    """Return `text` with everything that looks like a token or a password replaced by ***."""
    for pattern, replacement in _MASKED:
        text = pattern.sub(replacement, text)
    return text


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what people wrote and mask what is secret: the last step before a line is written."""
    return {key: _clean(value) for key, value in event.items() if not _private(key)}


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        # The original prints the arguments of the line that failed, unredacted.
        place = f"{record.pathname}:{record.lineno}"
        self.stream.write(f"A line of the log {record.name} could not be written ({place}).\n")


def _gathering() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        *_labels(),
    ]


def _labels() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(format: Format, *, colors: bool) -> logging.Formatter:  # noqa: A002 - the setting's name
    # The formatter for exceptions knows no local variables; they could hold anything.
    plain = structlog.dev.plain_traceback
    renderer: Processor = structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)
    if format == "json":
        renderer = structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_labels(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(tracebacks.render),
            redact,
            renderer,
        ],
    )


def _set_levels(root: logging.Logger, threshold: int) -> None:
    root.setLevel(max(threshold, logging.INFO))
    for name in OURS:
        logging.getLogger(name).setLevel(threshold)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in TOO_CHATTY:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))


def _private(key: object) -> bool:
    return str(key).lower() in PRIVATE


def _clean(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Enum):
        return mask(value)
    if isinstance(value, dict):
        return {mask(str(key)): _clean(inner) for key, inner in value.items() if not _private(key)}
    if isinstance(value, list | tuple | set | frozenset):
        return _clean_all(value)
    return _plain(value)


def _clean_all(values: Iterable[object]) -> list[object]:
    return [_clean(value) for value in values]


def _plain(value: object) -> object:
    # Any other object may show people's words when it is printed: its kind is enough.
    if isinstance(value, Enum):
        return value.name
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime | date | timedelta | UUID | PurePath):
        return mask(str(value))
    return f"<{type(value).__name__}>"

"""Quiet around what must leave no trace: nothing is logged at that time, by the bot or by a library.

Errors are kept in memory, a few and each kind once, without when it was and for whom; the day's tidying logs them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from logging import LogRecord
from sys import exc_info

import structlog

from bot import tracebacks

MOST = 5  # errors that are kept

log = structlog.get_logger(__name__)


class Faults:
    """What went wrong while it was quiet."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: set[str] = set()

    def keep(self, error: BaseException) -> None:
        """Keep where an error happened, and of what kind it is."""
        if len(self._kept) < MOST:
            self._kept.add(tracebacks.render((type(error), error, error.__traceback__)))

    def tell(self) -> None:
        """Log what is kept, in an order that says nothing of which came first."""
        told, self._kept = sorted(self._kept), set()
        for traceback in told:
            log.error("something failed since the last day's tidying, and nobody was named", exception=traceback)


_quiet: ContextVar[Faults | None] = ContextVar("quiet", default=None)


@contextmanager
def quiet(faults: Faults) -> Iterator[None]:
    """Log nothing until the end of this, here and in what is begun here."""
    before = _quiet.set(faults)
    try:
        yield
    finally:
        _quiet.reset(before)


def is_quiet() -> bool:
    """Tell whether nothing is to be logged here and now."""
    return _quiet.get() is not None


def may_be_logged(record: LogRecord) -> bool:
    """Tell whether a line may go into the log now; of one that may not, the error is kept for later."""
    faults = _quiet.get()
    if faults is None:
        return True
    if (error := _error(record)) is not None:
        faults.keep(error)
    return False


def _error(record: LogRecord) -> BaseException | None:
    """Return the error that a line is about; structlog's lines carry it inside."""
    match record.msg.get("exc_info") if isinstance(record.msg, dict) else record.exc_info:
        case BaseException() as error:
            return error
        case (_, BaseException() as error, _):
            return error
        case True:
            return exc_info()[1]
    return None

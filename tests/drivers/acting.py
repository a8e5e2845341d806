"""What is the same for everybody who acts through a platform's client, on whichever stand-in."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.drivers.driver import Rejected
from tests.stand_ins.errors import NotPossible

NO_ANSWER = 0.3  # seconds after which nothing is taken for the answer to what was delivered before


class Deliveries:
    """Knows what was delivered before: the second time of an id there is no answer to wait for."""

    def __init__(self) -> None:
        """Begin without any."""
        self._before: set[str] = set()

    def wait(self, id_: str | None) -> float | None:
        """Take note of a delivery; return how long to wait for its answer (None: as always)."""
        again = id_ in self._before
        if id_ is not None:
            self._before.add(id_)
        return NO_ANSWER if again else None


@contextmanager
def rejected() -> Iterator[None]:
    """Let what the platform's client doesn't do be a rejection."""
    try:
        yield
    except NotPossible as error:
        raise Rejected(str(error)) from None


async def nothing() -> None:
    """Do nothing about what was missed."""

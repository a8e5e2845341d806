"""The last so many of something."""

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V]):
    """A dictionary that forgets what came first when there is too much in it; each step costs the same."""

    def __init__(self, limit: int) -> None:
        """Keep `limit` entries."""
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: K, value: V) -> None:
        """Keep one more."""
        super().__setitem__(key, value)
        if len(self) > self._limit:
            self.popitem(last=False)

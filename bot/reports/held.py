"""What is held for somebody while they write: in memory alone, for an hour, under a token that nobody can guess.

Whoever has the token has what is held: it stands in a form or a button that only they see. Where it is gone (an hour
went by, the process ended, another one is asked), what was typed is given back by the form itself.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIFE = timedelta(hours=1)
MOST = 200  # things
LARGEST = 20_000  # bytes of one: also the longest quote, in which a sign can take six

_BYTES = 9  # of a token: twelve signs, so that there is room beside it in an action


@dataclass(frozen=True, slots=True)
class _Thing:
    content: bytes = field(repr=False)
    until: datetime


class Held:
    """Texts in hand. Each step takes `now`, the bot's time, and drops what is too old by then."""

    def __init__(self, most: int = MOST, largest: int = LARGEST) -> None:
        """Hold so many texts of so many bytes at the most: the oldest has to go for a new one."""
        self._most = most
        self._largest = largest
        self._things: dict[str, _Thing] = {}  # the oldest first

    def __len__(self) -> int:
        """Return how many are held."""
        return len(self._things)

    def put(self, text: str, now: datetime) -> str:
        """Hold a text; return its token. Raises ValueError for one that is too large."""
        content = text.encode("utf-8", "replace")
        if len(content) > self._largest:
            msg = f"at most {self._largest} bytes are held"
            raise ValueError(msg)
        self.tidy(now)
        while len(self._things) >= self._most:
            del self._things[next(iter(self._things))]
        token = secrets.token_urlsafe(_BYTES)
        self._things[token] = _Thing(content, now + LIFE)
        return token

    def get(self, token: str, now: datetime) -> str | None:
        """Return what is held under a token; None if it is gone."""
        self.tidy(now)
        found = self._things.get(token)
        return None if found is None else found.content.decode()

    def drop(self, token: str) -> None:
        """Hold something no longer: it was sent, or isn't wanted."""
        self._things.pop(token, None)

    def tidy(self, now: datetime) -> None:
        """Drop what is too old."""
        for token in [token for token, thing in self._things.items() if thing.until <= now]:
            del self._things[token]

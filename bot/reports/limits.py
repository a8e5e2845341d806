"""How often somebody may do something: counted in memory alone, and not by who it is.

What is counted stands under a hash with a salt that only this process has, and only for as long as it counts.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.people import Account

MOST = 10_000  # people who are counted at once: where they are more, who came first is counted anew


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times `within` a time, whenever that begins."""

    times: int
    within: timedelta

    def recent(self, past: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
        """Return of some instants those that still count; of some in the future, as a clock was put back, none."""
        return tuple(at for at in past if now - self.within < at <= now)

    def allows(self, past: Sequence[datetime], now: datetime) -> bool:
        """Tell whether it may be done once more."""
        return len(self.recent(past, now)) < self.times

    def again(self, past: Sequence[datetime], now: datetime) -> datetime:
        """Return when it may be done once more."""
        counted = sorted(self.recent(past, now))
        return now if len(counted) < self.times else counted[-self.times] + self.within


class Limits:
    """How often each account did something lately."""

    def __init__(self, rate: Rate, most: int = MOST) -> None:
        """Count by a rate."""
        self._rate = rate
        self._most = most
        self._salt = secrets.token_bytes(16)
        self._past: dict[bytes, tuple[datetime, ...]] = {}

    def __len__(self) -> int:
        """Return how many accounts are counted."""
        return len(self._past)

    def take(self, account: Account, now: datetime) -> bool:
        """Count once more, unless it is too often by then; tell which."""
        self.tidy(now)
        key = self._key(account)
        past = self._past.get(key, ())
        if not self._rate.allows(past, now):
            return False
        self._past.pop(key, None)
        while len(self._past) >= self._most:
            del self._past[next(iter(self._past))]
        self._past[key] = (*past, now)
        return True

    def again(self, account: Account, now: datetime) -> datetime:
        """Return when somebody may do it once more."""
        return self._rate.again(self._past.get(self._key(account), ()), now)

    def tidy(self, now: datetime) -> None:
        """Forget what no longer counts."""
        recent = {key: self._rate.recent(past, now) for key, past in self._past.items()}
        self._past = {key: past for key, past in recent.items() if past}

    def _key(self, account: Account) -> bytes:
        return hashlib.blake2b(repr(account).encode(), key=self._salt, digest_size=16).digest()

"""When a pairing plans its next session together with a coordinator: after sessions that were missed without notice.

Pure. `bot.sessions.approval.needed` reads what these functions are given, for a pairing.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

WINDOW = timedelta(days=60)  # what is longer ago is forgotten


def needs_approval(
    missed: Mapping[int, Collection[datetime]], agreed: Mapping[int, datetime], now: datetime, limit: int
) -> bool:
    """Tell whether a coordinator is to say yes before the next proposal goes on, for one of the two or both.

    `missed` holds when sessions began that each of the two missed without notice, `agreed` when a coordinator last
    said yes: what was before that is settled. A `limit` of 0 means that nobody is ever asked.
    """
    return limit > 0 and any(len(recent(times, agreed.get(who), now)) >= limit for who, times in missed.items())


def recent(times: Collection[datetime], agreed_at: datetime | None, now: datetime) -> list[datetime]:
    """Return the times that still count, the oldest first."""
    since = now - WINDOW if agreed_at is None else max(agreed_at, now - WINDOW)
    return sorted(at for at in times if since < at <= now)

"""How long a session lasts, from what people write of it."""

import re

from bot.errors import UserError
from bot.settings.reading import span

MOST = 40  # characters


def read(text: str) -> int | None:
    """Return the minutes that a text means: `45`, `45 min`, `1 hour`, `an hour and a half`, `1:30`; None if none."""
    plain = " ".join(text.split()).casefold()
    if not plain or len(plain) > MOST:
        return None
    if re.fullmatch(r"[0-9]{1,5}", plain):
        return int(plain)
    clock = re.fullmatch(r"([0-9]{1,2})\s?[:h]\s?([0-5][0-9])(?:\s?(?:h|hours?|min|m))?", plain)
    if clock is not None:
        return 60 * int(clock[1]) + int(clock[2])
    try:
        seconds = int(span(plain).total_seconds())
    except (UserError, ValueError):
        return None
    return seconds // 60 if seconds % 60 == 0 else None

"""What a button under "Noted: you're away" remembers, so that it can be taken back: nothing of it is stored."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

from bot.members.away import Typed
from bot.views import ACTION_LIMIT

LONGEST = ACTION_LIMIT - len("members.not_meant:") - len(":0")
MINUTE = timedelta(minutes=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

_ID, _TIME = r"([0-9a-f]{1,15})", r"([0-9a-f]{1,7})"
_PACKED = re.compile(rf"([0-9a-f]{{4}}){_ID}\.{_TIME}\.{_ID}\.{_TIME}\.([^|]*)\|([^|]*)\|([^|]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A pause that was said at `at`, in these words; it ended another one, `ended`, that would have gone on until then.

    `ended` is 0 if it ended none; `ended_until` is None if that one was open. Times are to the minute.
    """

    pause: int
    at: datetime
    ended: int
    ended_until: datetime | None
    typed: Typed


def pack(said: Said) -> str:
    """Return what an action can carry; words that are too long for it are left out."""
    words = "|".join(re.sub(r"[:|]", " ", text) for text in (said.typed.until, said.typed.start, said.typed.since))
    ids = f"{said.pause:x}.{_minutes(said.at):x}.{said.ended:x}.{_minutes(said.ended_until):x}"
    body = f"{ids}.{words}"
    if len(body) + 4 > LONGEST:
        return pack(replace(said, typed=Typed()))
    return f"{_check(body)}{body}"


def unpack(text: str) -> Said:
    """Read it again. Raises ValueError for what was never given out."""
    found = _PACKED.fullmatch(text)
    if found is None or found[1] != _check(text[4:]):
        raise ValueError
    at, until = (BEGINNING + int(found[index], 16) * MINUTE for index in (3, 5))
    typed = Typed(found[6], found[7], found[8])
    return Said(int(found[2], 16), at, int(found[4], 16), None if until == BEGINNING else until, typed)


def _minutes(at: datetime | None) -> int:
    return 0 if at is None else (at - BEGINNING) // MINUTE


def _check(body: str) -> str:
    return f"{crc32(body.encode(errors='replace')) & 0xFFFF:04x}"

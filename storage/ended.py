"""Which pairings ended so long ago that what hangs on them goes."""

from datetime import datetime

from sqlalchemy import Select, bindparam, select

from storage.pairings import pairings
from storage.schema import Instant


def ended_before(program: int, instant: datetime) -> Select[tuple[int]]:
    """Select the ids of a program's pairings that ended before an instant."""
    ended = pairings.c.ended_at < bindparam("before", instant, Instant)
    return select(pairings.c.id).where(pairings.c.program_id == program, ended)

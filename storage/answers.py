"""How long answers took: turns that were closed by one, for figures about a whole program."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.pairings import pairings
from storage.store import Store
from storage.turns import Outcome, turns, until


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: by whom, since when it was waited for, when it came, and from when on it would have been late."""

    answerer_id: int
    waiting_since: datetime
    closed_at: datetime
    limit_at: datetime | None


_ANSWER = tuple(turns.c[name] for name in Answer.__dataclass_fields__)


class Answers(Store):
    """The answers in one program."""

    async def since(self, begin: datetime) -> list[Answer]:
        """Return the answers and reactions that came from an instant on, in the order in which they came."""
        mine = select(pairings.c.id).where(pairings.c.program_id == self.program)
        query = select(*_ANSWER).where(
            turns.c.program_id == self.program,
            turns.c.pairing_id.in_(mine),  # with what waited last, by an index: older turns are not looked at
            until(turns) >= begin,
            turns.c.closed_at.is_not(None),
            turns.c.outcome.in_([Outcome.ANSWERED, Outcome.REACTED]),
        )
        rows = await self.conn.execute(query.order_by(turns.c.closed_at, turns.c.id))
        return [Answer(*row) for row in rows]

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: the store of turns gives them."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing, for the same reason."""

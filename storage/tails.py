"""How each exchange stands: what the fold of a pairing's messages needs to go on with what is said next.

It spares reading the messages before. Whoever changes those works the turns out anew, and the tail with them.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, select

from storage.batches import insert
from storage.pairings import pairings_of
from storage.schema import from_micros, metadata, micros
from storage.store import Store
from storage.turns import Outcome, TurnFacts

tails = Table(
    "tail",
    metadata,
    Column("pairing_id", ForeignKey("pairing.id"), primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("state", String, nullable=False),
)

_MICROSECOND = timedelta(microseconds=1)
_INSTANTS = frozenset(i for i, field in enumerate(fields(TurnFacts)) if "datetime" in str(field.type))
_OUTCOME = [field.name for field in fields(TurnFacts)].index("outcome")


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of an exchange: its last message was written by `author_id` at `at`.

    `until` is the latest of all that was folded, also of reactions and of what people said about messages. `gaps` are
    the times between the two sides since the last quiet time, `waits` is the turn that is open.
    """

    until: datetime
    author_id: int
    at: datetime
    gaps: tuple[timedelta, ...] = ()
    waits: TurnFacts | None = None


class Tails(Store):
    """The tails of one program's exchanges."""

    async def get(self, pairing_ids: Collection[int]) -> dict[int, Tail]:
        """Return the tails of pairings; one that has none is worked out from its beginning."""
        query = select(tails.c.pairing_id, tails.c.state).where(
            tails.c.program_id == self.program, self.among(tails.c.pairing_id, pairing_ids)
        )
        return {pairing: _read(state) for pairing, state in await self.conn.execute(query)}

    async def save(self, new: Mapping[int, Tail | None]) -> None:
        """Remember tails by pairing id, or forget those that are None."""
        gone = [pairing for pairing, tail in new.items() if tail is None]
        if gone:
            await self.delete(tails, self.among(tails.c.pairing_id, gone))
        rows = [
            {"pairing_id": pairing, "program_id": self.program, "state": _written(tail)}
            for pairing, tail in new.items()
            if tail is not None
        ]
        if rows:
            statement, parameters = insert(self.conn, tails, rows)
            mine = tails.c.program_id == self.program
            newer = {"state": statement.excluded.state}
            upsert = statement.on_conflict_do_update(index_elements=["pairing_id"], set_=newer, where=mine)
            await self.conn.execute(upsert, parameters)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return how the exchanges of a member's pairings stand."""
        return {"tail": await self.rows(tails, tails.c.pairing_id.in_(pairings_of(self.program, member_id)))}

    async def forget(self, member_id: int) -> None:
        """Delete those."""
        await self.delete(tails, tails.c.pairing_id.in_(pairings_of(self.program, member_id)))


def _written(tail: Tail) -> str:
    gaps = [gap // _MICROSECOND for gap in tail.gaps]
    waits = tail.waits and [_plain(getattr(tail.waits, field.name)) for field in fields(TurnFacts)]
    return json.dumps([micros(tail.until), tail.author_id, micros(tail.at), gaps, waits], separators=(",", ":"))


def _plain(value: Any) -> Any:
    return micros(value) if isinstance(value, datetime) else value


def _read(state: str) -> Tail:
    until, author_id, at, gaps, waits = json.loads(state)
    between = tuple(gap * _MICROSECOND for gap in gaps)
    return Tail(from_micros(until), author_id, from_micros(at), between, waits and _turn(waits))


def _turn(values: list[Any]) -> TurnFacts:
    for i in _INSTANTS:
        values[i] = None if values[i] is None else from_micros(values[i])
    values[_OUTCOME] = Outcome(values[_OUTCOME])
    return TurnFacts(*values)

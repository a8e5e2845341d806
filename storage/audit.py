"""Who did what, sealed into a chain whose key lies outside the database.

Rows are written as things happen and sealed in batches: each seal is a keyed hash over the one before and the rows
since. Members stand in the rows under random keys; forgetting somebody deletes the key's mapping, not the row.
"""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, func, select

from storage.schema import Id, Instant, metadata
from storage.store import Store

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Index("ix_audit_program", "program_id", "id"),
)

seals = Table(
    "seal",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True),
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("last_id", Id, nullable=False),
    Column("rows", Id, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)

_START = b"mentorbot audit chain"


class Audit(Store):
    """The audit log of one program."""

    async def add(self, actor: str, action: str, subject: str = "") -> None:
        """Note that `actor` (a member's key, or a name of the bot's own) did `action`."""
        row = {
            "program_id": self.program,
            "at": self.now,
            "actor": actor,
            "action": action,
            "subject": subject,
        }
        await self.conn.execute(audit.insert().values(**row))

    async def seal(self, key: bytes) -> str | None:
        """Seal the rows that are not sealed yet; return the chain's new head, None if there was nothing to seal."""
        number, last_id, mac = await self._head()
        rows = await self._rows(last_id, None)
        if not rows:
            return None
        new = _mac(key, mac, rows)
        values = {"program_id": self.program, "number": number + 1, "last_id": rows[-1][0], "rows": len(rows)}
        await self.conn.execute(seals.insert().values(mac=new, **values))
        return f"{number + 1}:{new.hex()}"

    async def broken_seal(self, key: bytes) -> int | None:
        """Return the number of the first seal that does not fit the rows, None if the whole chain holds."""
        query = select(seals).where(seals.c.program_id == self.program).order_by(seals.c.number)
        mac, last_id = _START, 0
        for expected, seal in enumerate(await self.conn.execute(query), start=1):
            rows = await self._rows(last_id, seal.last_id)
            mac = _mac(key, mac, rows)
            if seal.number != expected or len(rows) != seal.rows or not hmac.compare_digest(mac, seal.mac):
                return int(seal.number)
            last_id = seal.last_id
        return None

    async def _head(self) -> tuple[int, int, bytes]:
        newest = select(func.max(seals.c.number)).where(seals.c.program_id == self.program).scalar_subquery()
        query = select(seals).where(seals.c.program_id == self.program, seals.c.number == newest)
        row = (await self.conn.execute(query)).first()
        return (0, 0, _START) if row is None else (row.number, row.last_id, row.mac)

    async def _rows(self, after: int, until: int | None) -> list[tuple[Any, ...]]:
        where = [audit.c.program_id == self.program, audit.c.id > after]
        if until is not None:
            where.append(audit.c.id <= until)
        query = select(audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.subject).where(*where)
        return [tuple(row) for row in await self.conn.execute(query.order_by(audit.c.id))]

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: rows hold random keys, which the members' store resolves."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing: without the member's key no row names anybody."""


def _mac(key: bytes, before: bytes, rows: list[tuple[Any, ...]]) -> bytes:
    digest = hmac.new(key, before, hashlib.sha256)
    for row in rows:
        digest.update(json.dumps([v.isoformat() if isinstance(v, datetime) else v for v in row]).encode() + b"\n")
    return digest.digest()

"""Who did what, sealed into a chain whose key lies outside the database.

Rows are written as things happen and sealed in batches: each seal is a keyed hash over the one before and the rows
since. Members stand in the rows under random keys; forgetting somebody deletes the key's mapping, not the row.
"""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, select, update

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
    Column("seal", Id),  # by number: a row may be committed after others that were written later
    Index("ix_audit_seal", "program_id", "seal"),
    sqlite_autoincrement=True,
)

seals = Table(
    "seal",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True),
    Column("number", Id, primary_key=True, autoincrement=False),
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
        rows = await self._rows(None)
        if not rows:
            return None
        number, mac = await self._head()
        new = _mac(key, mac, rows)
        await self.conn.execute(seals.insert().values(program_id=self.program, number=number + 1, mac=new))
        sealed = update(audit).where(audit.c.id.in_([row[0] for row in rows])).values(seal=number + 1)
        await self.conn.execute(sealed)
        return f"{number + 1}:{new.hex()}"

    async def broken_seal(self, key: bytes) -> int | None:
        """Return the number of the first seal that does not fit its rows, None if the whole chain holds.

        A tail that was cut off whole shows only beside a head that was kept elsewhere.
        """
        query = select(seals.c.number, seals.c.mac).where(seals.c.program_id == self.program)
        kept = {row.number: row.mac for row in await self.conn.execute(query)}
        used = select(audit.c.seal).where(audit.c.program_id == self.program, audit.c.seal.is_not(None)).distinct()
        numbers = {*kept, *(row.seal for row in await self.conn.execute(used))}
        mac = _START
        for expected, number in enumerate(sorted(numbers), start=1):
            mac = _mac(key, mac, await self._rows(number))
            if number != expected or not hmac.compare_digest(mac, kept.get(number, b"")):
                return int(number)
        return None

    async def _head(self) -> tuple[int, bytes]:
        query = select(seals.c.number, seals.c.mac).where(seals.c.program_id == self.program)
        row = (await self.conn.execute(query.order_by(seals.c.number.desc()).limit(1))).first()
        return (0, _START) if row is None else (row.number, row.mac)

    async def _rows(self, seal: int | None) -> list[tuple[Any, ...]]:
        """Return the rows under a seal, or those that are under none."""
        query = select(audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.subject).where(
            audit.c.program_id == self.program, audit.c.seal.is_(None) if seal is None else audit.c.seal == seal
        )
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

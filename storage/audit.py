"""Who did what, sealed into a chain whose key lies outside the database.

Rows are written as things happen and sealed in batches: each seal is a keyed hash over the one before and the rows
since. Members stand in the rows under random keys; forgetting somebody deletes the key's mapping, not the row.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, func, select, update

from storage.errors import StorageError
from storage.programs import programs
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

AT_ONCE = 5000  # rows under one seal: a statement has room for 32,767 parameters
_START = b"mentorbot audit chain"


class Unsealable(StorageError):
    """The newest seal was not made with this key, so another one on top of it would hold with no key at all."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What a program's log shows to whoever has the key: what holds, and the first seal that doesn't (None: all do).

    `heads` has what each seal that holds is to be compared with, in hexadecimal digits, the first seal's at 0; `rows`
    are under those seals, the newest of them written at `until`. `unsealed` rows wait for their seal.
    """

    heads: tuple[str, ...]
    rows: int
    until: datetime | None
    broken: int | None
    unsealed: int


_ADD = audit.insert()  # composed once: hardly anything is done without it


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
        await self.conn.execute(_ADD, row)

    async def by(self, actor: str) -> list[dict[str, Any]]:
        """Return what `actor` did, oldest first; not to whom: that is the other's own."""
        query = select(audit.c.at, audit.c.action).where(audit.c.program_id == self.program, audit.c.actor == actor)
        return [dict(row) for row in (await self.conn.execute(query.order_by(audit.c.id))).mappings()]

    async def add_all(self, actor: str, action: str, subjects: Sequence[str]) -> None:
        """Note that `actor` did `action` to each of these, in one statement."""
        row = {"program_id": self.program, "at": self.now, "actor": actor, "action": action}
        await self.add_new(audit, [{**row, "subject": subject} for subject in subjects])

    async def seal(self, key: bytes, limit: int = AT_ONCE) -> str | None:
        """Seal rows that are not sealed yet, at most `limit`; return the chain's new head, None if there were none.

        Raises Unsealable if the seal before was made with another key, or no longer fits its rows.
        """
        await self._alone()
        rows = await self._rows(None, limit)
        if not rows:
            return None
        number, mac = await self._newest()
        if number and mac != _mac(key, await self._mac_of(number - 1), await self._rows(number)):
            raise Unsealable("The newest seal of the audit log doesn't fit its key. Please run: mentorbot audit verify")
        new = _mac(key, mac, rows)
        await self.conn.execute(seals.insert().values(program_id=self.program, number=number + 1, mac=new))
        sealed = update(audit).where(audit.c.id.in_([row[0] for row in rows])).values(seal=number + 1)
        await self.conn.execute(sealed)
        return _head(number + 1, new)

    async def head(self) -> str | None:
        """Return the chain's newest head, None if nothing was sealed yet."""
        number, mac = await self._newest()
        return _head(number, mac) if number else None

    async def unseal(self) -> None:
        """Take all seals away, so that the log can be sealed anew: for when the key is lost."""
        await self._alone()
        await self.conn.execute(update(audit).where(audit.c.program_id == self.program).values(seal=None))
        await self.delete(seals, seals.c.number > 0)

    async def verify(self, key: bytes) -> Chain:
        """Look through the whole chain. A tail that was cut off whole shows only beside a head kept elsewhere."""
        query = select(seals.c.number, seals.c.mac).where(seals.c.program_id == self.program)
        kept = {row.number: row.mac for row in await self.conn.execute(query)}
        used = select(audit.c.seal).where(audit.c.program_id == self.program, audit.c.seal.is_not(None)).distinct()
        numbers = {*kept, *(row.seal for row in await self.conn.execute(used))}
        mac, count, until = _START, 0, None
        heads: list[str] = []
        for number in range(1, max(numbers, default=0) + 1):
            rows = await self._rows(number)
            mac = _mac(key, mac, rows)
            if not hmac.compare_digest(mac, kept.get(number, b"")):
                break
            heads.append(mac.hex())
            count += len(rows)
            until = max((row[1] for row in rows), default=until)
        broken = len(heads) + 1 if len(heads) < len(numbers) else None
        return Chain(tuple(heads), count, until, broken, await self._unsealed())

    async def _alone(self) -> None:
        """Let no other process seal this program's log meanwhile; whatever else is done to the program goes on."""
        one = select(programs.c.id).where(programs.c.id == self.program)
        await self.conn.execute(one.with_for_update(key_share=True))

    async def _newest(self) -> tuple[int, bytes]:
        query = select(seals.c.number, seals.c.mac).where(seals.c.program_id == self.program)
        row = (await self.conn.execute(query.order_by(seals.c.number.desc()).limit(1))).first()
        return (0, _START) if row is None else (row.number, row.mac)

    async def _mac_of(self, number: int) -> bytes:
        query = select(seals.c.mac).where(seals.c.program_id == self.program, seals.c.number == number)
        mac: bytes | None = await self.conn.scalar(query)
        return mac if mac is not None else _START

    async def _rows(self, seal: int | None, limit: int | None = None) -> list[tuple[Any, ...]]:
        """Return the rows under a seal, or those that are under none."""
        query = select(audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.subject).where(
            audit.c.program_id == self.program, audit.c.seal.is_(None) if seal is None else audit.c.seal == seal
        )
        return [tuple(row) for row in await self.conn.execute(query.order_by(audit.c.id).limit(limit))]

    async def _unsealed(self) -> int:
        mine = (audit.c.program_id == self.program, audit.c.seal.is_(None))
        return int(await self.conn.scalar(select(func.count()).select_from(audit).where(*mine)) or 0)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: rows hold random keys, which the members' store resolves."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing: without the member's key no row names anybody."""


def _head(number: int, mac: bytes) -> str:
    return f"{number}:{mac.hex()}"


def _mac(key: bytes, before: bytes, rows: list[tuple[Any, ...]]) -> bytes:
    digest = hmac.new(key, before, hashlib.sha256)
    for row in rows:
        digest.update(json.dumps([v.isoformat() if isinstance(v, datetime) else v for v in row]).encode() + b"\n")
    return digest.digest()

"""Codes that work once: told to one person, typed by the one whom it is for. Only their hashes are kept."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint, select, update

from storage.schema import Id, Instant, metadata
from storage.store import Store

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another one: no I, L, O, 0, 1
LENGTH = 10
GROUP = 5

codes = Table(
    "code",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("hash", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("member_id", ForeignKey("member.id")),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("program_id", "hash"),
    Index("ix_code_member", "member_id"),
    sqlite_autoincrement=True,
)


class Purpose(StrEnum):
    """What a code is for: to become the first coordinator, to prove that the contact can be reached, to link."""

    SETUP = "setup"
    CONTACT = "contact"
    ACCOUNT = "account"


class Refusal(StrEnum):
    """Why a code is not taken."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    OTHER_PURPOSE = "other_purpose"


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was taken; `member_id` is whose it is, if it is anybody's."""

    id: int
    purpose: Purpose
    member_id: int | None
    made_at: datetime
    until: datetime


def plain(typed: str) -> str:
    """Return a code as it is kept, however it was typed: in any case, with dashes and blanks or without."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())


def looks_like_one(typed: str) -> bool:
    """Tell whether this could be a code."""
    word = plain(typed)
    return len(word) == LENGTH and set(word) <= set(ALPHABET)


def _hash(typed: str) -> str:
    return hashlib.sha256(plain(typed).encode("utf-8", "surrogatepass")).hexdigest()


class Codes(Store):
    """The codes of one program."""

    async def make(self, purpose: Purpose, until: datetime, member_id: int | None = None) -> str:
        """Make a code that works once until an instant; return it as it is shown, `ABCDE-FGHJK`: nobody can later."""
        word = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        row = {
            "program_id": self.program,
            "hash": _hash(word),
            "purpose": purpose,
            "member_id": member_id,
            "made_at": self.now,
            "until": until,
        }
        await self.conn.execute(codes.insert().values(**row))
        return f"{word[:GROUP]}-{word[GROUP:]}"

    async def take(self, typed: str, purpose: Purpose) -> Code | Refusal:
        """Use a code up, in one statement: of two who try at once one gets it. Otherwise return why not."""
        this = (codes.c.program_id == self.program, codes.c.hash == _hash(typed))
        works = (codes.c.purpose == purpose, codes.c.used_at.is_(None), codes.c.until > self.now)
        columns = (codes.c[name] for name in Code.__dataclass_fields__)
        used = update(codes).where(*this, *works).values(used_at=self.now).returning(*columns)
        row = (await self.conn.execute(used)).first()
        if row is not None:
            id_, found, *rest = row
            return Code(id_, Purpose(found), *rest)
        return await self._why(typed, purpose)

    async def _why(self, typed: str, purpose: Purpose) -> Refusal:
        this = (codes.c.program_id == self.program, codes.c.hash == _hash(typed))
        row = (await self.conn.execute(select(codes.c.purpose, codes.c.used_at).where(*this))).first()
        if row is None:
            return Refusal.UNKNOWN
        if row.purpose != purpose:
            return Refusal.OTHER_PURPOSE
        return Refusal.EXPIRED if row.used_at is None else Refusal.USED

    async def withdraw(self, purpose: Purpose, member_id: int | None = None) -> None:
        """Let the codes for a purpose end that nobody has used: all, or those of one member."""
        whose = () if member_id is None else (codes.c.member_id == member_id,)
        waiting = (codes.c.program_id == self.program, codes.c.used_at.is_(None), codes.c.until > self.now)
        ended = update(codes).where(*waiting, *whose, codes.c.purpose == purpose).values(until=self.now)
        await self.conn.execute(ended)

    async def purge(self, before: datetime) -> None:
        """Delete what could no longer be used since before an instant."""
        await self.delete(codes, codes.c.until < before)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the codes that a member was given."""
        return {"code": await self.rows(codes, codes.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete those."""
        await self.delete(codes, codes.c.member_id == member_id)

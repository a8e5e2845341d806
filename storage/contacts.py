"""A program's contact for worries: a member, or an address outside; proven once somebody answered there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, select, update

from storage.schema import Id, Instant, metadata
from storage.store import Store

contacts = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id")),
    Column("address", String),
    Column("made_at", Instant, nullable=False),
    Column("proven_at", Instant),
    UniqueConstraint("program_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Who is there for worries: a member or an address. A changed one has another id, and has to be proven anew."""

    id: int
    member_id: int | None
    address: str | None
    made_at: datetime
    proven_at: datetime | None


class Contacts(Store):
    """The contact of one program."""

    async def get(self) -> Contact | None:
        """Return the contact; None if there is none yet."""
        columns = (contacts.c[name] for name in Contact.__dataclass_fields__)
        row = (await self.conn.execute(select(*columns).where(contacts.c.program_id == self.program))).first()
        return None if row is None else Contact(*row)

    async def put(self, *, member_id: int | None = None, address: str | None = None) -> int:
        """Let a member or an address be the contact, in the place of whoever was; return its id."""
        await self.delete(contacts, contacts.c.id > 0)
        row = {"program_id": self.program, "member_id": member_id, "address": address, "made_at": self.now}
        result = await self.conn.execute(contacts.insert().values(**row).returning(contacts.c.id))
        return int(result.scalar_one())

    async def prove(self, id_: int) -> bool:
        """Note that somebody answered there; False if that is known, or somebody else is the contact by now."""
        this = (contacts.c.program_id == self.program, contacts.c.id == id_, contacts.c.proven_at.is_(None))
        return (await self.conn.execute(update(contacts).where(*this).values(proven_at=self.now))).rowcount == 1

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return whether a member is the contact."""
        return {"contact": await self.rows(contacts, contacts.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Let a program be without a contact whose contact the member was."""
        await self.delete(contacts, contacts.c.member_id == member_id)

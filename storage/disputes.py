"""What members say shouldn't count as late, and what coordinators decided."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Table, UniqueConstraint, select, update

from storage.ask_tables import recipients
from storage.batches import add_new
from storage.schema import Id, Instant, metadata
from storage.sheet_tables import sheets
from storage.store import Store

# A dispute goes with the turn, the request or the sheet that it is about: nothing of it is left to decide.
disputes = Table(
    "dispute",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False, index=True),
    Column("turn_id", ForeignKey("turn.id", ondelete="CASCADE")),
    Column("recipient_id", ForeignKey(recipients.c.id, ondelete="CASCADE")),
    Column("sheet_id", ForeignKey(sheets.c.id, ondelete="CASCADE")),
    Column("made_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("taken_out", Boolean),
    UniqueConstraint("turn_id"),
    UniqueConstraint("recipient_id"),
    UniqueConstraint("sheet_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dispute is about: a turn, a request of the team's to somebody, or a sheet. The other two are None."""

    turn_id: int | None = None
    recipient_id: int | None = None
    sheet_id: int | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A member says that something shouldn't count as late. `taken_out` is what was decided; None: nothing yet."""

    id: int
    member_id: int
    turn_id: int | None
    recipient_id: int | None
    sheet_id: int | None
    decided_at: datetime | None
    taken_out: bool | None

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.turn_id, self.recipient_id, self.sheet_id)


_DISPUTE = tuple(disputes.c[name] for name in Dispute.__dataclass_fields__)


class Disputes(Store):
    """The disputes of one program."""

    async def add(self, member_id: int, subject: Subject) -> int | None:
        """Begin a dispute; None if there is one about that already."""
        row = {"program_id": self.program, "member_id": member_id, "made_at": self.now}
        new = await add_new(self.conn, disputes, [{**row, **asdict(subject)}])
        return int(new[0][0]) if new else None

    async def get(self, ids: Collection[int]) -> dict[int, Dispute]:
        """Return disputes by id."""
        return {row.id: Dispute(*row) for row in await self.having(_DISPUTE, disputes.c.id, ids)}

    async def of_member(self, member_id: int) -> dict[Subject, Dispute]:
        """Return a member's disputes by what they are about."""
        query = select(*_DISPUTE).where(disputes.c.program_id == self.program, disputes.c.member_id == member_id)
        found = [Dispute(*row) for row in await self.conn.execute(query)]
        return {dispute.subject: dispute for dispute in found}

    async def decide(self, dispute_id: int, *, taken_out: bool) -> bool:
        """Keep what was decided; False if something was decided already."""
        one = (disputes.c.program_id == self.program, disputes.c.id == dispute_id, disputes.c.decided_at.is_(None))
        statement = update(disputes).where(*one).values(decided_at=self.now, taken_out=taken_out)
        return (await self.conn.execute(statement)).rowcount == 1

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return a member's disputes."""
        return {"dispute": await self.rows(disputes, disputes.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete them."""
        await self.delete(disputes, disputes.c.member_id == member_id)

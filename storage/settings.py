"""How a program is run: its state, its language, and the changes on top of its policy's preset, version by version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint, select, update

from storage.programs import COLUMNS, Program, program_from, programs
from storage.schema import Id, Instant, metadata
from storage.store import Store

PRESET = "preset"  # the figure whose change is that of the preset itself

changes = Table(
    "policy_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String, nullable=False),
    Column("figure", String, nullable=False),
    Column("value", String),
    UniqueConstraint("program_id", "version", "figure"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that a coordinator changed; `value` None: back to the preset's. `by` is a member's key."""

    version: int
    at: datetime
    by: str
    figure: str
    value: str | None


class Settings(Store):
    """The settings of one program."""

    async def get(self) -> Program:
        """Return the program as it is now."""
        return program_from((await self.conn.execute(select(*COLUMNS).where(programs.c.id == self.program))).one())

    async def lock(self) -> Program:
        """Return the program as it is now; others who want to change its settings wait until this transaction ends."""
        query = select(*COLUMNS).where(programs.c.id == self.program).with_for_update(key_share=True)
        return program_from((await self.conn.execute(query)).one())

    async def put(self, **values: Any) -> None:
        """Change columns of the program's row."""
        await self.conn.execute(update(programs).where(programs.c.id == self.program).values(**values))

    async def changes(self, until: int | None = None) -> list[Change]:
        """Return the changes of the policy up to a version, the oldest first."""
        query = select(*(changes.c[name] for name in Change.__dataclass_fields__)).where(
            changes.c.program_id == self.program, *(() if until is None else (changes.c.version <= until,))
        )
        return [Change(*row) for row in await self.conn.execute(query.order_by(changes.c.id))]

    async def add_change(self, change: Change) -> None:
        """Put a change on top, as the program's newest version."""
        row = {name: getattr(change, name) for name in Change.__dataclass_fields__}
        await self.conn.execute(changes.insert().values(program_id=self.program, **row))
        await self.put(version=change.version)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: a program's settings are nobody's own, and who changed them stands there under a key."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing."""

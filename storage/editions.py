"""What coordinators write themselves, in every version that was ever used, so that what hangs on one stays readable."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint, func, select, update

from storage.batches import add_new
from storage.schema import Id, Instant, metadata
from storage.store import Store


def editions(name: str) -> Table:
    """Return a table of versions."""
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True),
        Column("program_id", ForeignKey("program.id"), nullable=False),
        Column("name", String, nullable=False),
        Column("edition", Integer, nullable=False),
        Column("source", String, nullable=False),
        Column("built_in", Boolean, nullable=False),
        Column("by_id", ForeignKey("member.id"), index=True),
        Column("made_at", Instant, nullable=False),
        Column("off_at", Instant),
        UniqueConstraint("program_id", "name", "edition"),
        sqlite_autoincrement=True,
    )


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of something: its TOML, by whom and since when. `built_in`: it came with the bot."""

    id: int
    name: str
    version: int
    source: str
    built_in: bool
    by_id: int | None
    made_at: datetime
    off_at: datetime | None = None


class Editions(Store):
    """What is written of one kind in one program, in versions."""

    table: ClassVar[Table]

    async def newest(self, name: str) -> Edition | None:
        """Return the newest version of one, also of one that is switched off."""
        return next(iter(await self.every(name)), None)

    async def put(self, name: str, source: str, by_id: int | None, *, built_in: bool = False) -> Edition:
        """Keep a new version, which holds from now on; return it. What holds already is kept once.

        Of several who do so at once the first one's is kept, and each gets that one: whoever changes one locks the
        program before.
        """
        before = await self.newest(name)
        if before is not None and before.source == source and before.off_at is None:
            return before
        row = {
            "program_id": self.program,
            "name": name,
            "edition": before.version + 1 if before else 1,
            "source": source,
            "built_in": built_in,
            "by_id": by_id,
            "made_at": self.now,
        }
        await add_new(self.conn, self.table, [row])
        return (await self.every(name))[0]

    async def switch(self, edition_id: int, *, off: bool) -> None:
        """Switch a version off, or on again."""
        this = (self.table.c.program_id == self.program, self.table.c.id == edition_id)
        await self.conn.execute(update(self.table).where(*this).values(off_at=self.now if off else None))

    async def get(self, ids: Collection[int]) -> dict[int, Edition]:
        """Return versions by id."""
        query = self._select().where(self.among(self.table.c.id, ids))
        return {row.id: Edition(*row) for row in await self.conn.execute(query)}

    async def version(self, name: str, version: int) -> Edition | None:
        """Return one version of one."""
        query = self._select().where(self.table.c.name == name, self.table.c.edition == version)
        row = (await self.conn.execute(query)).first()
        return None if row is None else Edition(*row)

    async def every(self, name: str | None = None) -> list[Edition]:
        """Return the newest version of each, or of one, by name, also of those that are switched off."""
        mine = select(func.max(self.table.c.id)).where(self.table.c.program_id == self.program)
        query = self._select().where(self.table.c.id.in_(mine.group_by(self.table.c.name)))
        query = query if name is None else query.where(self.table.c.name == name)
        return [Edition(*row) for row in await self.conn.execute(query.order_by(self.table.c.name))]

    def _select(self) -> Any:
        names = ("edition" if name == "version" else name for name in Edition.__dataclass_fields__)
        return select(*(self.table.c[name] for name in names)).where(self.table.c.program_id == self.program)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the versions that a member made."""
        return {self.table.name: await self.rows(self.table, self.table.c.by_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Take a member out of the versions that they made; what was done with them stays readable."""
        mine = (self.table.c.program_id == self.program, self.table.c.by_id == member_id)
        await self.conn.execute(update(self.table).where(*mine).values(by_id=None))

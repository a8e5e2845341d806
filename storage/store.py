"""What every store is: the queries of one subject, bound to one transaction of one program."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.batches import add_new, among, having, listed


@dataclass(frozen=True, slots=True)
class Store:
    """A store sees the rows of its program alone. `now` is the instant at which the transaction began."""

    conn: AsyncConnection
    program: int
    now: datetime

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return all that is stored here of a member, by table."""
        raise NotImplementedError

    async def forget(self, member_id: int) -> None:
        """Delete all that is stored here of a member."""
        raise NotImplementedError

    async def add_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert the rows that break no unique key; return how many were new."""
        return len(await add_new(self.conn, table, rows))

    def among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """Return the condition that a column has one of these values."""
        return among(self.conn, column, values)

    async def having(
        self,
        shown: tuple[ColumnElement[Any], ...],
        column: Column[Any],
        values: Collection[Any],
        order: tuple[ColumnElement[Any], ...] = (),
        *,
        locked: bool = False,
    ) -> Sequence[Any]:
        """Return columns of those rows of this program in which a column has one of these values."""
        query = having(self.conn.dialect.name, shown, column, order, locked=locked)
        found: Sequence[Any] = (
            await self.conn.execute(query, {"mine": self.program, "among": listed(self.conn, values)})
        ).all()
        return found

    async def rows(self, table: Table, where: ColumnElement[bool]) -> list[dict[str, Any]]:
        """Return rows of this program as dictionaries."""
        query = select(table).where(table.c.program_id == self.program, where)
        return [dict(row) for row in (await self.conn.execute(query)).mappings()]

    async def delete(self, table: Table, where: ColumnElement[bool]) -> None:
        """Delete rows of this program."""
        await self.conn.execute(delete(table).where(table.c.program_id == self.program, where))

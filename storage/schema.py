"""What all tables share: the metadata, the type of an instant, and an insert that keeps what is there."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, BigInteger, Dialect, Integer, MetaData, Table, column, values
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up only what is called INTEGER

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole microseconds since 1970: exact, and alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse a naive datetime: whoever made it has forgotten a zone."""
        if value is None:
            return None
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give back what was put in."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


def beginnings(instants: Mapping[int, datetime]) -> CTE:
    """Return pairing ids with an instant each, as a table named `begin` with the columns `pairing_id` and `at`."""
    columns = (column("pairing_id", Id), column("at", Instant))
    return values(*columns, name="begin").data(list(instants.items())).cte("begin")


async def add_new(conn: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that break no unique key, in one statement; return how many were new."""
    if not rows:
        return 0
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    result = await conn.execute(insert(table).values(list(rows)).on_conflict_do_nothing())
    return result.rowcount

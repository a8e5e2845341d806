"""Copying all rows of one database into the empty tables of another, whichever the two are."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection, TableClause, column, inspect, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

AT_ONCE = 1000  # rows in memory


async def with_both(
    source: AsyncConnection, target: AsyncConnection, run: Callable[[Connection, Connection], None]
) -> None:
    """Run what needs both connections at once."""
    inner = target.sync_connection  # both can be used where one is: they share the event loop
    if inner is not None:
        await source.run_sync(run, inner)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row, and how far the ids were counted. Both have the same tables, and each is in one transaction."""
    ours, theirs = _tables(source), _tables(target)
    for name in theirs:
        _copy(source, ours[name], target, theirs[name])
    _set_counters(target, theirs, _counters(source, ours))


def _tables(connection: Connection) -> dict[str, TableClause]:
    """Return the tables with rows of ours, by name: what is pointed at comes before what points.

    They are as the database knows them: a backup may be older than this program's own idea of them.
    """
    look = inspect(connection)
    names = [name for name, _ in look.get_sorted_table_and_fkc_names() if name not in (None, "alembic_version")]
    return {
        str(name): table(str(name), *(column(one["name"], one["type"]) for one in look.get_columns(str(name))))
        for name in names
    }


def _copy(source: Connection, ours: TableClause, target: Connection, theirs: TableClause) -> None:
    query = select(*(ours.c[one.name] for one in theirs.c)).execution_options(yield_per=AT_ONCE)
    for rows in source.execute(query).mappings().partitions():
        target.execute(theirs.insert(), [dict(row) for row in rows])


def _counters(source: Connection, tables: Mapping[str, TableClause]) -> dict[str, int]:
    """Return the highest id that each table ever gave: it must not come again, even if its row is gone."""
    if source.dialect.name == "sqlite":
        return {row.name: row.seq for row in source.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    last = text("SELECT pg_sequence_last_value(CAST(:sequence AS regclass))")
    found = {name: source.scalar(last, {"sequence": sequence}) for name, sequence in _sequences(source, tables)}
    return {name: count for name, count in found.items() if count is not None}


def _set_counters(target: Connection, tables: Mapping[str, TableClause], counters: Mapping[str, int]) -> None:
    if target.dialect.name == "sqlite":
        target.execute(text("DELETE FROM sqlite_sequence"))
        for name, count in counters.items():
            target.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :count)"), {"name": name, "count": count})
        return
    for name, sequence in _sequences(target, tables):
        if name in counters:
            target.execute(text("SELECT setval(:sequence, :count)"), {"sequence": sequence, "count": counters[name]})


def _sequences(connection: Connection, tables: Mapping[str, TableClause]) -> Iterator[tuple[str, str]]:
    """Yield the PostgreSQL tables that count their ids, each with its sequence."""
    query = text("SELECT pg_get_serial_sequence(quote_ident(:name), 'id')")
    for name in (name for name, found in tables.items() if "id" in found.c):
        sequence = connection.scalar(query, {"name": name})
        if sequence is not None:
            yield name, str(sequence)

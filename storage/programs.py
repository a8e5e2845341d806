"""Programs, and which workspace or server belongs to which."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, String, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import StorageError
from storage.schema import Id, metadata

ENROLLING = 0x656E726F6C  # "enrol": any number will do, as long as all processes use the same

programs = Table(
    "program",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("policy", String, nullable=False),
    sqlite_autoincrement=True,
)

workspaces = Table(
    "workspace",
    metadata,
    Column("platform", String, primary_key=True),
    Column("workspace", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Program:
    """One mentoring programme; `policy` names its preset."""

    id: int
    name: str
    policy: str


async def every_program(conn: AsyncConnection) -> Sequence[Program]:
    """Return all programs of this deployment."""
    rows = await conn.execute(select(programs).order_by(programs.c.id))
    return [Program(*row) for row in rows]


async def program_of(conn: AsyncConnection, platform: str, workspace: str) -> Program | None:
    """Return the program that a workspace belongs to."""
    here = (workspaces.c.platform == platform, workspaces.c.workspace == workspace)
    row = (await conn.execute(select(programs).join(workspaces).where(*here))).first()
    return None if row is None else Program(*row)


async def enrolling(conn: AsyncConnection) -> None:
    """Let other processes wait that bring programs and their people up to date, until this transaction ends."""
    if conn.dialect.name == "postgresql":  # SQLite has one writer anyway
        await conn.execute(select(func.pg_advisory_xact_lock(ENROLLING)))


async def save_program(conn: AsyncConnection, name: str, policy: str, places: Sequence[tuple[str, str]]) -> int:
    """Add a program with its (platform, workspace) pairs, or bring an existing one up to date; return its id.

    A program is known by its workspaces, so that it can be renamed. Raises StorageError if they belong to several.
    """
    owners = [await program_of(conn, platform, workspace) for platform, workspace in places]
    known = {owner.id for owner in owners if owner is not None}
    if len(known) > 1:
        raise StorageError(f"The workspaces of {name!r} belong to several programs. Give each program its own.")
    found = known.pop() if known else await conn.scalar(select(programs.c.id).where(programs.c.name == name))
    if found is None:
        result = await conn.execute(programs.insert().values(name=name, policy=policy).returning(programs.c.id))
        found = int(result.scalar_one())
    else:
        await conn.execute(programs.update().where(programs.c.id == found).values(name=name, policy=policy))
    for platform, workspace in places:
        if await program_of(conn, platform, workspace) is None:
            row = {"platform": platform, "workspace": workspace, "program_id": found}
            await conn.execute(workspaces.insert().values(**row))
    return found

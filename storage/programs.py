"""Programs, and which workspace or server belongs to which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, count
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String, Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import StorageError
from storage.schema import Id, Instant, metadata

ENROLLING = 0x656E726F6C  # "enrol": any number will do, as long as all processes use the same

programs = Table(
    "program",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("policy", String, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Column("state", String, nullable=False, default="set_up"),
    Column("since", Instant),
    Column("language", String, nullable=False, default="en"),
    Column("alive_at", Instant),
    sqlite_autoincrement=True,
)

workspaces = Table(
    "workspace",
    metadata,
    Column("platform", String, primary_key=True),
    Column("workspace", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
)


class State(StrEnum):
    """What the bot may do in a program: nothing that reaches a member, only tell coordinators what it would do, all."""

    SET_UP = "set_up"
    SHADOW = "shadow"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Program:
    """One mentoring programme.

    `policy` names its preset, `version` counts the changes on top of it. It is in its `state` since `since` (None: ever
    since it is there). `language` is for whoever has chosen none.
    """

    id: int
    name: str
    policy: str
    version: int = 0
    state: State = State.RUNNING
    since: datetime | None = None
    language: str = "en"


COLUMNS = tuple(programs.c[name] for name in Program.__dataclass_fields__)
# Every call and every round asks these, so they are composed once.
_EVERY = select(*COLUMNS).order_by(programs.c.id)
_OF = (
    select(*COLUMNS)
    .join(workspaces)
    .where(workspaces.c.platform == bindparam("platform"), workspaces.c.workspace == bindparam("workspace"))
)


def program_from(values: Sequence[Any]) -> Program:
    """Return the program of a row of those columns."""
    id_, name, policy, version, state, since, language = values
    return Program(id_, name, policy, version, State(state), since, language)


async def every_program(conn: AsyncConnection) -> Sequence[Program]:
    """Return all programs of this deployment."""
    rows = await conn.execute(_EVERY)
    return [program_from(row) for row in rows]


async def program_of(conn: AsyncConnection, platform: str, workspace: str) -> Program | None:
    """Return the program that a workspace belongs to."""
    row = (await conn.execute(_OF, {"platform": platform, "workspace": workspace})).first()
    return None if row is None else program_from(row)


async def homes(conn: AsyncConnection, platform: str) -> dict[str, Program]:
    """Return the programs on a platform, by the workspace that is theirs."""
    query = select(workspaces.c.workspace, *COLUMNS).join(programs).where(workspaces.c.platform == platform)
    rows = await conn.execute(query.order_by(workspaces.c.workspace))
    return {workspace: program_from(values) for workspace, *values in rows}


async def enrolling(conn: AsyncConnection) -> None:
    """Let other processes wait that bring programs and their people up to date, until this transaction ends."""
    if conn.dialect.name == "postgresql":  # SQLite has one writer anyway
        await conn.execute(select(func.pg_advisory_xact_lock(ENROLLING)))


async def save_program(
    conn: AsyncConnection,
    name: str,
    policy: str,
    places: Sequence[tuple[str, str]],
    state: State = State.RUNNING,
    *,
    by_name: bool = True,
) -> Program:
    """Add a program with its (platform, workspace) pairs, or give an existing one its name and new ones; return it.

    A program is known by its workspaces, so that it can be renamed, or else `by_name`; one that is there keeps its
    state and policy. A name that another has gets a number. Raises StorageError if the workspaces belong to several.
    """
    owners = [await program_of(conn, platform, workspace) for platform, workspace in places]
    known = {owner.id for owner in owners if owner is not None}
    if len(known) > 1:
        raise StorageError(f"The workspaces of {name!r} belong to several programs. Give each program its own.")
    if not known and by_name:
        known = set(await conn.scalars(select(programs.c.id).where(programs.c.name == name)))
    found = known.pop() if known else None
    free = await _free(conn, name, found)
    if found is None:
        new = programs.insert().values(name=free, policy=policy, state=state)
        found = int((await conn.execute(new.returning(programs.c.id))).scalar_one())
    else:
        await conn.execute(programs.update().where(programs.c.id == found).values(name=free))
    for platform, workspace in places:
        if await program_of(conn, platform, workspace) is None:
            row = {"platform": platform, "workspace": workspace, "program_id": found}
            await conn.execute(workspaces.insert().values(**row))
    return program_from((await conn.execute(select(*COLUMNS).where(programs.c.id == found))).one())


async def _free(conn: AsyncConnection, name: str, own: int | None) -> str:
    """Return a name, with a number if another program has it."""
    others = set(await conn.scalars(select(programs.c.name).where(programs.c.id != (own or 0))))
    numbered = (f"{name} {number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in others)

"""Messages as the fact: who wrote when, in which space, to whom; never what.

Everything that is told about a conversation is worked out from these rows, so a duplicate, a gap that is filled
later or a deletion needs no special case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    tuple_,
    update,
)

from storage.batches import add_new, beginnings
from storage.pairings import pairings_of
from storage.schema import Id, Instant, metadata
from storage.store import Store

messages = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("space_id", ForeignKey("space.id"), nullable=False),
    Column("external", String, nullable=False),
    Column("author_id", ForeignKey("member.id")),
    Column("at", Instant, nullable=False),
    Column("addressed", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    UniqueConstraint("space_id", "external"),
    Index("ix_message_pairing_at", "pairing_id", "at"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to remember. `addressed`: it mentions or replies to the other side of the pairing.

    A message that is known only by its deletion has no author.
    """

    pairing_id: int
    space_id: int
    external: str
    author_id: int | None
    at: datetime
    addressed: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that is there. `external` is the platform's id of it in its space."""

    id: int
    pairing_id: int
    space_id: int
    external: str
    author_id: int
    at: datetime
    addressed: bool


_MESSAGE = (
    messages.c.id,
    messages.c.pairing_id,
    messages.c.space_id,
    messages.c.external,
    messages.c.author_id,
    messages.c.at,
    messages.c.addressed,
)
LATELY = 1000  # messages
IS_THERE = and_(~messages.c.deleted, messages.c.author_id.is_not(None))


class Messages(Store):
    """The messages of one program's pairings."""

    async def add(self, new: Sequence[NewMessage]) -> list[MessageRow]:
        """Remember messages; those that are known already stay as they are. Return the new ones that are there."""
        rows = [
            {
                "program_id": self.program,
                "pairing_id": message.pairing_id,
                "space_id": message.space_id,
                "external": message.external,
                "author_id": message.author_id,
                "at": message.at,
                "addressed": message.addressed,
                "deleted": message.deleted,
            }
            for message in new
        ]
        added = await add_new(self.conn, messages, rows, *_MESSAGE, messages.c.deleted)
        return [MessageRow(*values) for *values, deleted in map(tuple, added) if not deleted]

    async def address(self, spoken_to: Sequence[NewMessage]) -> list[NewMessage]:
        """Remember of known messages that they address the other side after all; return those that didn't before."""
        of = {(message.space_id, message.external): message for message in spoken_to}
        if not of:
            return []
        which = tuple_(messages.c.space_id, messages.c.external).in_(list(of))
        changed = update(messages).where(messages.c.program_id == self.program, which, ~messages.c.addressed)
        returned = changed.values(addressed=True).returning(messages.c.space_id, messages.c.external)
        return [of[tuple(row)] for row in await self.conn.execute(returned)]

    async def mark_deleted(self, gone: Sequence[NewMessage]) -> None:
        """Remember that messages are gone, known or not: one that comes in late stays gone."""
        if not gone:
            return
        await self.add(gone)
        keys = [(message.space_id, message.external) for message in gone]
        which = tuple_(messages.c.space_id, messages.c.external).in_(keys)
        await self.conn.execute(
            update(messages).where(messages.c.program_id == self.program, which).values(deleted=True)
        )

    async def since(self, starts: Mapping[int, datetime]) -> list[MessageRow]:
        """Return the messages of pairings from each one's instant on, oldest first."""
        begin = beginnings(self.conn, starts)
        query = (
            select(*_MESSAGE)
            .join(begin, begin.c.pairing_id == messages.c.pairing_id)
            .where(messages.c.program_id == self.program, messages.c.at >= begin.c.at, IS_THERE)
            .order_by(messages.c.at, messages.c.id)
        )
        return [MessageRow(*row) for row in await self.conn.execute(query)]

    async def count_since(self, starts: Mapping[int, datetime], limit: int) -> int:
        """Return how many messages there are in pairings from each one's instant on, counting up to `limit`."""
        begin = beginnings(self.conn, starts)
        query = (
            select(messages.c.id)
            .join(begin, begin.c.pairing_id == messages.c.pairing_id)
            .where(messages.c.program_id == self.program, messages.c.at >= begin.c.at, IS_THERE)
            .limit(limit)
        )
        return int(await self.conn.scalar(select(func.count()).select_from(query.subquery())) or 0)

    async def instants(self, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], datetime]:
        """Return when messages were written, by (space id, external id); unknown ones are left out."""
        which = tuple_(messages.c.space_id, messages.c.external).in_(keys)
        query = select(messages.c.space_id, messages.c.external, messages.c.at).where(
            messages.c.program_id == self.program, which
        )
        return {(row.space_id, row.external): row.at for row in await self.conn.execute(query)}

    async def find(self, space_id: int, external: str) -> MessageRow | None:
        """Return a message that is there."""
        query = select(*_MESSAGE).where(
            messages.c.program_id == self.program,
            messages.c.space_id == space_id,
            messages.c.external == external,
            IS_THERE,
        )
        row = (await self.conn.execute(query)).first()
        return row and MessageRow(*row)

    async def last_known(self, space_ids: Sequence[int], before: datetime) -> dict[int, datetime]:
        """Return when the newest message of each space was written that is known from before an instant."""
        query = (
            select(messages.c.space_id, func.max(messages.c.at).label("at"))
            .where(messages.c.program_id == self.program, self.among(messages.c.space_id, space_ids))
            .where(messages.c.at < before)
            .group_by(messages.c.space_id)
        )
        return {row.space_id: row.at for row in await self.conn.execute(query)}

    async def known_since(self, space_id: int, since: datetime) -> set[str]:
        """Return the platform's ids of the messages that are there in a space, from an instant on."""
        query = select(messages.c.external).where(
            messages.c.program_id == self.program,
            messages.c.space_id == space_id,
            messages.c.at >= since,
            IS_THERE,
        )
        return {row.external for row in await self.conn.execute(query)}

    async def newest(self) -> datetime | None:
        """Return when the newest of the messages was written that were noted lately."""
        lately = select(messages.c.at).where(messages.c.program_id == self.program)
        noted = lately.order_by(messages.c.id.desc()).limit(LATELY).subquery()
        at: datetime | None = await self.conn.scalar(select(func.max(noted.c.at)))
        return at

    async def older(self, before: datetime, after: int, limit: int) -> dict[int, datetime]:
        """Return pairings that have messages older than `before`, with when the newest of each was written.

        In order of their ids, from the one behind `after` on.
        """
        query = (
            select(messages.c.pairing_id, func.max(messages.c.at).label("at"))
            .where(messages.c.program_id == self.program, messages.c.pairing_id > after)
            .group_by(messages.c.pairing_id)
            .having(func.min(messages.c.at) < before)
            .order_by(messages.c.pairing_id)
            .limit(limit)
        )
        return {row.pairing_id: row.at for row in await self.conn.execute(query)}

    async def purge(self, pairing_id: int, before: datetime) -> None:
        """Delete a pairing's messages that are older than `before`."""
        await self.delete(messages, (messages.c.pairing_id == pairing_id) & (messages.c.at < before))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the times of a member's messages."""
        return {"message": await self.rows(messages, messages.c.author_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete the messages of a member's pairings, both sides', and what the member wrote elsewhere."""
        theirs = messages.c.pairing_id.in_(pairings_of(self.program, member_id))
        await self.delete(messages, or_(messages.c.author_id == member_id, theirs))

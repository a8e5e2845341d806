"""Reactions as the fact: who put which under a message; one may come in before its message does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, and_, or_, select, tuple_

from storage.batches import beginnings
from storage.messages import IS_THERE, messages
from storage.pairings import pairings_of, spaces
from storage.schema import Instant, metadata
from storage.store import Store

reactions = Table(
    "reaction",
    metadata,
    Column("space_id", ForeignKey("space.id"), primary_key=True),
    Column("external", String, primary_key=True),
    Column("member_id", ForeignKey("member.id"), primary_key=True),
    Column("reaction", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class NewReaction:
    """A reaction to remember."""

    space_id: int
    external: str
    member_id: int
    reaction: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReactionRow:
    """A reaction under a message that is there."""

    message_id: int
    pairing_id: int
    member_id: int
    reaction: str
    at: datetime


class Reactions(Store):
    """The reactions in one program's pairings."""

    async def add(self, new: Sequence[NewReaction]) -> None:
        """Remember reactions; those that are known already stay as they are."""
        rows = [
            {
                "program_id": self.program,
                "space_id": reaction.space_id,
                "external": reaction.external,
                "member_id": reaction.member_id,
                "reaction": reaction.reaction,
                "at": reaction.at,
            }
            for reaction in new
        ]
        await self.add_new(reactions, rows)

    async def take(self, gone: Sequence[NewReaction]) -> None:
        """Forget reactions that were taken away."""
        if not gone:
            return
        keys = [(r.space_id, r.external, r.member_id, r.reaction) for r in gone]
        columns = (reactions.c.space_id, reactions.c.external, reactions.c.member_id, reactions.c.reaction)
        await self.delete(reactions, tuple_(*columns).in_(keys))

    async def since(self, starts: Mapping[int, datetime]) -> list[ReactionRow]:
        """Return the reactions under messages that are there, of pairings from each one's instant on, oldest first."""
        begin = beginnings(self.conn, starts)
        under = and_(messages.c.space_id == reactions.c.space_id, messages.c.external == reactions.c.external)
        query = (
            select(
                messages.c.id,
                messages.c.pairing_id,
                reactions.c.member_id,
                reactions.c.reaction,
                reactions.c.at,
            )
            .join_from(messages, begin, begin.c.pairing_id == messages.c.pairing_id)
            .join(reactions, under)
            .where(messages.c.program_id == self.program, messages.c.at >= begin.c.at, IS_THERE)
            .order_by(reactions.c.at, messages.c.id)
        )
        return [ReactionRow(*row) for row in await self.conn.execute(query)]

    async def purge(self, pairing_id: int, before: datetime) -> None:
        """Delete a pairing's reactions that are older than `before`."""
        here = reactions.c.space_id.in_(select(spaces.c.id).where(spaces.c.pairing_id == pairing_id))
        await self.delete(reactions, here & (reactions.c.at < before))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return a member's reactions."""
        return {"reaction": await self.rows(reactions, reactions.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete the reactions in a member's pairings, both sides', and the member's elsewhere."""
        theirs = select(spaces.c.id).where(spaces.c.pairing_id.in_(pairings_of(self.program, member_id)))
        await self.delete(reactions, or_(reactions.c.member_id == member_id, reactions.c.space_id.in_(theirs)))

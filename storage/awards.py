"""The queries about who earned which badge; tables and records are in storage/badge_tables.py."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from storage.badge_tables import HELD, Award, NewAward, awards
from storage.batches import add_new
from storage.people import members
from storage.store import Store

__all__ = ["Award", "Awards", "NewAward"]

_AWARD = tuple(awards.c[name] for name in Award.__dataclass_fields__)
_DECIDED = ("id", "member_id", "badge", "made_at", "by_id", "reason", "ended_at", "ended_by_id", "ended_reason")
_NO_WARNING: dict[str, Any] = dict.fromkeys(("warned_at", "warned_until", "proposed_at", "proposal"))


class Awards(Store):
    """The awards of one program. What changes one says whether it did: of several at once, the first one does."""

    async def add(self, new: Sequence[NewAward]) -> list[Award]:
        """Let members have badges; return those awards that are new: nobody has a badge twice."""
        theirs = (members.c.program_id == self.program, self.among(members.c.id, [one.member_id for one in new]))
        known = set(await self.conn.scalars(select(members.c.id).where(*theirs)))
        rows = [self._new(one) for one in new if one.member_id in known]
        return await self._find(self.among(awards.c.id, [row[0] for row in await add_new(self.conn, awards, rows)]))

    def _new(self, one: NewAward) -> dict[str, Any]:
        made = {"program_id": self.program, "made_at": self.now, "key": token_hex(16)}
        return {**asdict(one), **made, "by_hand": one.by_id is not None}

    async def get(self, ids: Collection[int]) -> dict[int, Award]:
        """Return awards by id."""
        return {one.id: one for one in await self._find(self.among(awards.c.id, ids))}

    async def lock(self, award_id: int) -> Award | None:
        """Return an award; others who want to change it wait until this transaction ends."""
        query = self._select().where(awards.c.id == award_id).with_for_update(key_share=True)
        row = (await self.conn.execute(query)).first()
        return None if row is None else Award(*row)

    async def held(self, member_ids: Collection[int]) -> dict[int, list[Award]]:
        """Return the awards that members have now, by member; each has an entry."""
        found: dict[int, list[Award]] = {one: [] for one in member_ids}
        for award in await self._find(self.among(awards.c.member_id, member_ids), HELD):
            found[award.member_id].append(award)
        return found

    async def of_member(self, member_id: int) -> list[Award]:
        """Return all awards of a member, the ended ones as well, in order."""
        return await self._find(awards.c.member_id == member_id)

    async def ended(self, member_ids: Collection[int]) -> dict[tuple[int, str], datetime]:
        """Return when awards of members last ended, by member and badge: all counts anew from then on."""
        theirs = (awards.c.program_id == self.program, self.among(awards.c.member_id, member_ids), ~HELD)
        query = select(awards.c.member_id, awards.c.badge, func.max(awards.c.ended_at)).where(*theirs)
        rows = await self.conn.execute(query.group_by(awards.c.member_id, awards.c.badge))
        return {(row[0], row[1]): row[2] for row in rows}

    async def listed(self, last: int, limit: int) -> list[Award]:
        """Return awards, the ended ones as well, in the order of ids, after one of them."""
        return await self._find(awards.c.id > last, limit=limit)

    async def shown(self, start: int, limit: int) -> list[Award]:
        """Return a page of the awards that people of the program have, by their names."""
        query = self._select().join_from(awards, members, members.c.id == awards.c.member_id)
        query = query.where(HELD, members.c.active).order_by(members.c.name, awards.c.id)
        return [Award(*row) for row in await self.conn.execute(query.offset(start).limit(limit))]

    async def count(self) -> dict[str, int]:
        """Return how many people of the program have each badge that somebody has, by its name."""
        query = select(awards.c.badge, func.count()).join_from(awards, members, members.c.id == awards.c.member_id)
        theirs = query.where(awards.c.program_id == self.program, HELD, members.c.active)
        return {row[0]: row[1] for row in await self.conn.execute(theirs.group_by(awards.c.badge))}

    async def warned(self) -> list[Award]:
        """Return the awards whose members are told what is missing."""
        return await self._find(HELD, awards.c.warned_at.is_not(None))

    async def proposed(self, limit: int) -> list[Award]:
        """Return the awards of which coordinators are asked whether they should end, the oldest first."""
        return await self._find(HELD, awards.c.proposed_at.is_not(None), limit=limit)

    async def _find(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Award]:
        query = self._select().where(*where).order_by(awards.c.id).limit(limit)
        return [Award(*row) for row in await self.conn.execute(query)]

    def _select(self) -> Any:
        return select(*_AWARD).where(awards.c.program_id == self.program)

    # What becomes of them.

    async def warn(self, award_id: int, until: datetime) -> bool:
        """Note that what is missing is told to its member now, who has time until an instant."""
        return await self._change(award_id, awards.c.warned_at.is_(None), warned_at=self.now, warned_until=until)

    async def fine(self, award_id: int) -> bool:
        """Note that nothing is missing any more: there is no warning, and nothing to decide."""
        return await self._change(award_id, awards.c.warned_at.is_not(None), **_NO_WARNING)

    async def propose(self, award_id: int, proposal: str) -> bool:
        """Ask coordinators whether it should end, on this evidence."""
        to_be_asked = awards.c.warned_at.is_not(None) & awards.c.proposed_at.is_(None)
        return await self._change(award_id, to_be_asked, proposed_at=self.now, proposal=proposal)

    async def keep(self, award_id: int, until: datetime) -> bool:
        """Let it stay, because a coordinator says so: nobody is warned before an instant."""
        decides = awards.c.proposed_at.is_not(None)
        return await self._change(award_id, decides, kept_until=until, **_NO_WARNING)

    async def end(self, award_id: int, by_id: int, reason: str | None) -> bool:
        """Withdraw it, or, by its own member, give it back."""
        values = {"ended_at": self.now, "ended_by_id": by_id, "ended_reason": reason}
        return await self._change(award_id, **values)

    async def ask_to_post(self, award_id: int) -> bool:
        """Note that its member is asked whether the others may hear of it."""
        return await self._change(award_id, awards.c.post_asked_at.is_(None), post_asked_at=self.now)

    async def post(self, award_id: int) -> bool:
        """Note that the others hear of it now."""
        return await self._change(award_id, awards.c.posted_at.is_(None), posted_at=self.now)

    async def _change(self, award_id: int, *where: ColumnElement[bool], **values: Any) -> bool:
        this = (awards.c.program_id == self.program, awards.c.id == award_id, HELD, *where)
        return (await self.conn.execute(update(awards).where(*this).values(**values))).rowcount == 1

    # Whose they are.

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return a member's awards; and what they gave or ended as a coordinator, without what is only the other's."""
        mine = await self.rows(awards, awards.c.member_id == member_id)
        others = (awards.c.by_id == member_id) | (awards.c.ended_by_id == member_id)
        decided = await self.rows(awards, others & (awards.c.member_id != member_id))
        return {"award": [*mine, *({name: row[name] for name in _DECIDED} for row in decided)]}

    async def forget(self, member_id: int) -> None:
        """Delete them, and take the member out of what they gave or ended as a coordinator."""
        await self.delete(awards, awards.c.member_id == member_id)
        for column in (awards.c.by_id, awards.c.ended_by_id):
            mine = (awards.c.program_id == self.program, column == member_id)
            await self.conn.execute(update(awards).where(*mine).values({column: None}))

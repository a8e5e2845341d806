"""The queries about pairings and their spaces; tables and records are in storage/pairing_tables.py."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from storage.batches import add_new
from storage.pairing_tables import NewPairing, Pairing, Place, Space, pairings, pairings_of, spaces
from storage.store import Store

__all__ = ["NewPairing", "Pairing", "Pairings", "Place", "Space", "pairings", "pairings_of", "spaces"]

_PAIRING = (
    pairings.c.id,
    pairings.c.mentor_id,
    pairings.c.mentee_id,
    pairings.c.coordinator_id,
    pairings.c.pace_seconds,
    pairings.c.ended_at,
    pairings.c.made_at,
)


def _pairing(values: Sequence[Any]) -> Pairing:
    id_, mentor_id, mentee_id, coordinator_id, pace, *instants = values
    return Pairing(id_, mentor_id, mentee_id, coordinator_id, pace and timedelta(seconds=pace), *instants)


def _seconds(pace: timedelta | None) -> int | None:
    return None if pace is None else int(pace.total_seconds())


def _space(values: Sequence[Any]) -> Space:
    id_, platform, workspace, channel, lost_at, *pairing = values
    return Space(id_, _pairing(pairing), Place(platform, workspace, channel), lost_at)


class Pairings(Store):
    """The pairings of one program."""

    async def get(self, ids: Collection[int]) -> dict[int, Pairing]:
        """Return the pairings with these ids, ended or not."""
        rows = await self.having(_PAIRING, pairings.c.id, ids, (pairings.c.id,))
        return {row.id: _pairing(row) for row in rows}

    async def lock(self, ids: Collection[int]) -> dict[int, Pairing]:
        """Return pairings; others who want to work on them wait until this transaction ends."""
        # In one order everywhere: two that wait for each other would wait for ever. SQLite has one writer anyway.
        rows = await self.having(_PAIRING, pairings.c.id, ids, (pairings.c.id,), locked=True)
        return {row.id: _pairing(row) for row in rows}

    async def going_on(self, member_id: int | None = None) -> list[Pairing]:
        """Return the pairings that have not ended, of one member or of all."""
        going_on = pairings.c.ended_at.is_(None)
        if member_id is None:
            return await self._find(going_on)
        return await self._find(going_on, or_(pairings.c.mentor_id == member_id, pairings.c.mentee_id == member_id))

    async def going_on_of(self, member_ids: Collection[int]) -> list[Pairing]:
        """Return the pairings that have not ended of which one of these members is a side."""
        sides = (self.among(pairings.c.mentor_id, member_ids), self.among(pairings.c.mentee_id, member_ids))
        return await self._find(pairings.c.ended_at.is_(None), or_(*sides))

    async def ever_of(self, member_id: int) -> list[Pairing]:
        """Return the pairings that a member is or was a side of."""
        return await self._find(pairings.c.id.in_(pairings_of(self.program, member_id)))

    async def every(self) -> list[Pairing]:
        """Return all pairings, ended or not."""
        return await self._find()

    async def after(self, last: int, limit: int) -> list[Pairing]:
        """Return pairings, ended or not, in the order of ids, after one of them."""
        return await self._find(pairings.c.id > last, limit=limit)

    async def _find(self, *where: Any, limit: int | None = None) -> list[Pairing]:
        mine = (pairings.c.program_id == self.program, *where)
        query = select(*_PAIRING).where(*mine).order_by(pairings.c.id).limit(limit)
        return [_pairing(row) for row in await self.conn.execute(query)]

    async def spaces_at(self, places: Iterable[Place]) -> dict[Place, Space]:
        """Return the open spaces of pairings that go on, by place; other places are left out."""
        wanted = set(places)
        query = self._spaces().where(self.among(spaces.c.channel, {place.channel for place in wanted}))
        query = query.where(pairings.c.ended_at.is_(None), spaces.c.closed_at.is_(None))
        found = [_space(row) for row in await self.conn.execute(query)]
        return {space.place: space for space in found if space.place in wanted}

    async def spaces_after(self, id_: int, limit: int) -> list[Space]:
        """Return open spaces of pairings that go on, in order of their ids, from the one behind `id_` on."""
        query = self._spaces().where(spaces.c.id > id_, spaces.c.closed_at.is_(None), pairings.c.ended_at.is_(None))
        return [_space(row) for row in await self.conn.execute(query.order_by(spaces.c.id).limit(limit))]

    async def spaces_of(self, pairing_ids: Collection[int]) -> list[Space]:
        """Return the spaces of these pairings, closed or not."""
        query = self._spaces().where(self.among(spaces.c.pairing_id, pairing_ids)).order_by(spaces.c.id)
        return [_space(row) for row in await self.conn.execute(query)]

    async def open_spaces(self, pairing_ids: Collection[int]) -> list[Space]:
        """Return the spaces of these pairings that were not closed, and that the bot sees."""
        there = (spaces.c.closed_at.is_(None), spaces.c.lost_at.is_(None))
        query = self._spaces().where(self.among(spaces.c.pairing_id, pairing_ids), *there)
        return [_space(row) for row in await self.conn.execute(query.order_by(spaces.c.id))]

    async def add_space(self, pairing_id: int, place: Place) -> None:
        """Note a space that was made for a pairing."""
        if pairing_id in await self.get([pairing_id]):
            await self._save_spaces(pairing_id, [place])

    async def close_spaces(self, pairing_id: int) -> None:
        """Note that the spaces of a pairing are closed, if it has ended: one that goes on has a space to go on in."""
        this = (pairings.c.program_id == self.program, pairings.c.id == pairing_id, pairings.c.ended_at.is_not(None))
        ended = spaces.c.pairing_id.in_(select(pairings.c.id).where(*this))
        mine = (spaces.c.program_id == self.program, ended, spaces.c.closed_at.is_(None))
        await self.conn.execute(spaces.update().where(*mine).values(closed_at=self.now))

    async def lose(self, space_ids: Collection[int]) -> list[Space]:
        """Note that spaces aren't seen any more; return those that were until now."""
        mine = (spaces.c.program_id == self.program, self.among(spaces.c.id, space_ids), spaces.c.lost_at.is_(None))
        lost = await self.conn.execute(spaces.update().where(*mine).values(lost_at=self.now).returning(spaces.c.id))
        query = self._spaces().where(self.among(spaces.c.id, [row.id for row in lost]))
        return [_space(row) for row in await self.conn.execute(query.order_by(spaces.c.id))]

    async def find_again(self, space_ids: Collection[int]) -> None:
        """Note that spaces are seen."""
        mine = (spaces.c.program_id == self.program, self.among(spaces.c.id, space_ids))
        await self.conn.execute(spaces.update().where(*mine).values(lost_at=None))

    async def get_spaces(self, space_ids: Collection[int]) -> dict[int, Space]:
        """Return spaces, closed or not, seen or not."""
        query = self._spaces().where(self.among(spaces.c.id, space_ids))
        return {row.id: _space(row) for row in await self.conn.execute(query)}

    async def change(self, pairing_id: int, **values: Any) -> None:
        """Change columns of a pairing's row; `pace` as in `Pairing`."""
        if "pace" in values:
            values["pace_seconds"] = _seconds(values.pop("pace"))
        mine = (pairings.c.program_id == self.program, pairings.c.id == pairing_id)
        await self.conn.execute(pairings.update().where(*mine).values(**values))

    def _spaces(self) -> Select[Any]:
        own = (spaces.c.id, spaces.c.platform, spaces.c.workspace, spaces.c.channel, spaces.c.lost_at)
        joined = select(*own, *_PAIRING).join_from(spaces, pairings, pairings.c.id == spaces.c.pairing_id)
        return joined.where(spaces.c.program_id == self.program)

    async def between(self, mentor_id: int, mentee_id: int) -> Pairing | None:
        """Return the pairing of two people, ended or not."""
        found = await self._find(pairings.c.mentor_id == mentor_id, pairings.c.mentee_id == mentee_id)
        return found[0] if found else None

    async def save(
        self,
        mentor_id: int,
        mentee_id: int,
        places: Sequence[Place] = (),
        coordinator_id: int | None = None,
        pace: timedelta | None = None,
    ) -> int:
        """Add a pairing with its spaces; return its id. One that is there, or was once, stays as it is."""
        found = await self.between(mentor_id, mentee_id)
        if found is not None:
            return found.id
        sides = {"program_id": self.program, "mentor_id": mentor_id, "mentee_id": mentee_id}
        agreed = {"made_at": self.now, "coordinator_id": coordinator_id, "pace_seconds": _seconds(pace)}
        new = pairings.insert().values(**sides, **agreed).returning(pairings.c.id)
        pairing_id = int((await self.conn.execute(new)).scalar_one())
        await self._save_spaces(pairing_id, places)
        return pairing_id

    async def add_all(self, new: Sequence[NewPairing]) -> list[int]:
        """Add pairings that aren't there yet, in one statement; return their ids."""
        rows = [
            {
                "program_id": self.program,
                "mentor_id": pairing.mentor_id,
                "mentee_id": pairing.mentee_id,
                "coordinator_id": pairing.coordinator_id,
                "made_at": self.now,
            }
            for pairing in new
        ]
        return [row.id for row in await add_new(self.conn, pairings, rows, pairings.c.id)]

    async def hand_over(self, coordinators: Mapping[int, int]) -> None:
        """Give pairings other coordinators, by the pairings' ids."""
        by_coordinator: dict[int, list[int]] = {}
        for pairing_id, coordinator_id in coordinators.items():
            by_coordinator.setdefault(coordinator_id, []).append(pairing_id)
        for coordinator_id, ids in by_coordinator.items():
            mine = (pairings.c.program_id == self.program, self.among(pairings.c.id, ids))
            await self.conn.execute(pairings.update().where(*mine).values(coordinator_id=coordinator_id))

    async def _save_spaces(self, pairing_id: int, places: Sequence[Place]) -> None:
        common = {"program_id": self.program, "pairing_id": pairing_id}
        rows = [{"platform": p.platform, "workspace": p.workspace, "channel": p.channel, **common} for p in places]
        await self.add_new(spaces, rows)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the pairings that a member is or was a side of, or looks after."""
        columns = (pairings.c.mentor_id, pairings.c.mentee_id, pairings.c.coordinator_id)
        return {"pairing": await self.rows(pairings, or_(*(column == member_id for column in columns)))}

    async def forget(self, member_id: int) -> None:
        """Delete a member's pairings and their spaces, and take the member out as coordinator."""
        await self.delete(spaces, spaces.c.pairing_id.in_(pairings_of(self.program, member_id)))
        await self.delete(pairings, or_(pairings.c.mentor_id == member_id, pairings.c.mentee_id == member_id))
        coordinated = (pairings.c.program_id == self.program, pairings.c.coordinator_id == member_id)
        await self.conn.execute(pairings.update().where(*coordinated).values(coordinator_id=None))

"""What members chose about their badges, and the days that they leave out; tables are in storage/badge_tables.py."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import update

from storage.badge_tables import Choice, choices, days
from storage.store import Store

__all__ = ["BadgeChoices", "Choice"]

_CHOICE = tuple(choices.c[name] for name in Choice.__dataclass_fields__)


class BadgeChoices(Store):
    """What the members of one program chose about their badges."""

    async def get(self, member_ids: Collection[int]) -> dict[int, Choice]:
        """Return what members chose; each has an entry."""
        found = dict.fromkeys(member_ids, Choice())
        for row in await self.having((choices.c.member_id, *_CHOICE), choices.c.member_id, member_ids):
            found[row.member_id] = Choice(*row[1:])
        return found

    async def choose(self, member_id: int, *, post: bool) -> None:
        """Note whether the others may hear of a member's badges."""
        await self._set(member_id, post=post)

    async def asked(self, member_id: int) -> None:
        """Note that a member is asked about that now."""
        await self._set(member_id, asked_at=self.now)

    async def not_asked(self, member_id: int) -> None:
        """Note that what was to ask a member about that never reached them."""
        await self._set(member_id, asked_at=None)

    async def _set(self, member_id: int, **values: Any) -> None:
        await self.add_new(choices, [{"program_id": self.program, "member_id": member_id}])
        mine = (choices.c.program_id == self.program, choices.c.member_id == member_id)
        await self.conn.execute(update(choices).where(*mine).values(**values))

    async def days(self, member_ids: Collection[int]) -> dict[int, list[date]]:
        """Return the days that members leave out, in order; each has an entry."""
        found: dict[int, list[date]] = {one: [] for one in member_ids}
        for row in await self.having((days.c.member_id, days.c.day), days.c.member_id, member_ids, (days.c.day,)):
            found[row.member_id].append(date.fromisoformat(row.day))
        return found

    async def leave_out(self, member_id: int, these: Collection[date]) -> None:
        """Leave days out."""
        rows = [{"program_id": self.program, "member_id": member_id, "day": day.isoformat()} for day in these]
        await self.add_new(days, rows)

    async def count_again(self, member_id: int, these: Collection[date]) -> None:
        """Let days that were left out count."""
        listed = self.among(days.c.day, [day.isoformat() for day in these])
        await self.delete(days, (days.c.member_id == member_id) & listed)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what a member chose, and which days they leave out."""
        return {
            "badge_choice": await self.rows(choices, choices.c.member_id == member_id),
            "badge_day": await self.rows(days, days.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete that."""
        await self.delete(choices, choices.c.member_id == member_id)
        await self.delete(days, days.c.member_id == member_id)

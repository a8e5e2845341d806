"""What each side says of a session that is over; tables and records are in storage/session_tables.py."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select, update

from storage.session_tables import Answer, Reason, Word, sessions, words
from storage.store import Store

__all__ = ["Answer", "Reason", "SessionWords", "Word"]

_WORD = tuple(words.c[name] for name in Word.__dataclass_fields__)


def _word(row: Sequence[Any]) -> Word:
    session_id, member_id, answer, reason, *rest = row
    return Word(session_id, member_id, answer and Answer(answer), reason and Reason(reason), *rest)


class SessionWords(Store):
    """What members of one program say of their sessions. What goes with a session is in `Sessions`."""

    async def get(self, session_ids: Collection[int]) -> dict[int, list[Word]]:
        """Return what was said of sessions."""
        query = select(*_WORD).where(words.c.program_id == self.program, self.among(words.c.session_id, session_ids))
        found: dict[int, list[Word]] = {one: [] for one in session_ids}
        for row in await self.conn.execute(query.order_by(words.c.at, words.c.member_id)):
            found[row.session_id].append(_word(row))
        return found

    async def say(self, session_id: int, member_id: int, **values: Any) -> None:
        """Note what a member says of a session now: `answer`, `reason`, `late_minutes`; what isn't named stays."""
        there = select(sessions.c.id).where(sessions.c.program_id == self.program, sessions.c.id == session_id)
        if (await self.conn.execute(there)).first() is None:
            return
        row = {"session_id": session_id, "member_id": member_id, "program_id": self.program, "at": self.now}
        await self.add_new(words, [row])
        mine = (words.c.program_id == self.program, words.c.session_id == session_id, words.c.member_id == member_id)
        await self.conn.execute(update(words).where(*mine).values(**values, at=self.now))

    async def count_late(self, pairing_id: int) -> int:
        """Return to how many sessions of a pairing somebody said that they come, or came, later."""
        of_pairing = (sessions.c.program_id == self.program, sessions.c.pairing_id == pairing_id)
        joined = select(func.count(words.c.session_id.distinct())).join(sessions, sessions.c.id == words.c.session_id)
        query = joined.where(*of_pairing, words.c.late_minutes.is_not(None))
        return int((await self.conn.execute(query)).scalar_one())

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: `Sessions.of` has it."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing: `Sessions.forget` does, in the order that the tables need."""

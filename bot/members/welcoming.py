"""The message with the three questions: how it is found again, and kept true to what was chosen since."""

import zlib

from bot.context import Context
from bot.people import Member
from storage.outbox import Effect, NewRow, State, Urgency

WELCOME = "members.welcome"


def row_key(member_id: int) -> str:
    """Return the key under which the questions to a member are unique."""
    return f"welcome:{member_id}"


async def bring_up_to_date(context: Context, member: Member) -> None:
    """Have the questions edited, if they are out: with what the member chose since, in their language."""
    rows = await context.work.outbox.by_keys([row_key(member.id)])
    sent = [row for row in rows if row.state is State.SENT and row.delivery_id is not None]
    state = f"{context.now.timestamp():.6f}:{_choices(member):08x}"
    edits = [
        NewRow(
            key=f"edit:{row.delivery_id}:{row.key}:{state}",
            kind=WELCOME,
            args=row.args,
            member_id=row.member_id,
            due_at=context.now,
            effect=Effect.EDIT,
            urgency=Urgency.AT_ONCE,
            delivery_id=row.delivery_id,
        )
        for row in sent
    ]
    await context.work.outbox.add(edits)


def _choices(member: Member) -> int:
    """Return what tells one set of choices from another at the same instant."""
    return zlib.crc32(repr((member.opens, member.closes, member.country, member.language)).encode())

"""The message with the three questions: how it is found again, and kept true to what was chosen since."""

import zlib

from bot.context import Context
from bot.people import Member

WELCOME = "members.welcome"


def row_key(member_id: int) -> str:
    """Return the key under which the questions to a member are unique."""
    return f"welcome:{member_id}"


async def bring_up_to_date(context: Context, member: Member) -> None:
    """Have the questions edited, if they are out: with what the member chose since, in their language."""
    rows = await context.work.outbox.by_keys([row_key(member.id)])
    state = f"{context.now.timestamp():.6f}:{_choices(member):08x}"
    await context.work.outbox.add([row.edit(f"{row.key}:{state}", context.now) for row in rows if row.is_out])


def _choices(member: Member) -> int:
    """Return what tells one set of choices from another at the same instant."""
    return zlib.crc32(repr((member.opens, member.closes, member.country, member.language)).encode())

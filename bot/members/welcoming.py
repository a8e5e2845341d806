"""The message with the three questions: how it is found again, and kept true to what was chosen since."""

from bot.context import Context

WELCOME = "members.welcome"


def row_key(member_id: int) -> str:
    """Return the key under which the questions to a member are unique."""
    return f"welcome:{member_id}"


async def bring_up_to_date(context: Context, member_id: int) -> None:
    """Have the questions edited, if they are out: with what the member chose since, in their language."""
    await context.work.outbox.edit([row_key(member_id)])

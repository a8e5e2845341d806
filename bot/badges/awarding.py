"""Telling members that they earned a badge."""

from collections.abc import Sequence

from bot.badges import telling, telling_wording
from bot.badges.feature import feature
from bot.badges.frozen import words_of
from bot.context import Context
from bot.feature import Part
from storage.awards import Awards
from storage.outbox import OutboxRow


@feature.composer(telling.EARNED)
async def compose_earned(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody of what they earned, as far as they still have it."""
    awards = await context.work.of(Awards).get({row.args[0] for row in rows})
    said = [row for row in rows if row.args[0] in awards and awards[row.args[0]].ended_at is None]
    blocks = [telling_wording.earned(words_of(awards[row.args[0]])) for row in said]
    return Part(tuple(blocks), frozenset(row.id for row in said))

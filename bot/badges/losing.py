"""Asking coordinators whether a badge should end, as its time to catch up is over."""

from collections.abc import Sequence

from bot.badges import telling, telling_wording
from bot.badges.feature import feature
from bot.badges.frozen import words_of
from bot.context import Context
from bot.feature import Part
from storage.awards import Award, Awards
from storage.members import Members
from storage.outbox import OutboxRow, State
from storage.schema import micros


@feature.composer(telling.PROPOSED)
async def compose_proposed(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator whether a badge should end; what is decided by now is left out, or said where it was asked."""
    awards = await context.work.of(Awards).get({row.args[0] for row in rows})
    found = [(row, awards[row.args[0]]) for row in rows if row.args[0] in awards and _asks(row, awards[row.args[0]])]
    people = await context.work.of(Members).get({award.member_id for _, award in found})
    blocks = [telling_wording.proposed(people[award.member_id].name, words_of(award)) for _, award in found]
    return Part(tuple(blocks), frozenset(row.id for row, _ in found))


def _asks(row: OutboxRow, award: Award) -> bool:
    holds = award.ended_at is None and award.proposed_at is not None and micros(award.proposed_at) == row.args[1]
    return holds or row.state is State.SENT

"""Telling members what is missing for a badge of theirs, and coordinators that its time is over."""

from collections.abc import Sequence

from bot.badges import telling, telling_wording
from bot.badges.feature import feature
from bot.badges.frozen import words_of
from bot.context import Context
from bot.feature import Part
from bot.views import Block
from storage.awards import Award, Awards
from storage.members import Members
from storage.outbox import OutboxRow, State
from storage.schema import micros


@feature.composer(telling.WARNED)
async def compose_warned(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that something is missing, while that is so."""
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    found = [(row, award) for row, award in await _awards(context, rows) if _warns(row, award)]
    blocks = [telling_wording.warned(words_of(award), award.warned_until, zone) for _, award in found]
    return _part(blocks, [row for row, _ in found])


def _warns(row: OutboxRow, award: Award) -> bool:
    """Tell whether a warning still holds, or has been said."""
    holds = award.ended_at is None and award.warned_at is not None and micros(award.warned_at) == row.args[1]
    return holds or row.state is State.SENT


@feature.composer(telling.FINE)
async def compose_fine(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that nothing is missing any more."""
    found = [(row, award) for row, award in await _awards(context, rows) if award.ended_at is None]
    return _part([telling_wording.fine(words_of(award)) for _, award in found], [row for row, _ in found])


@feature.composer(telling.PROPOSED)
async def compose_proposed(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator whether a badge should end; what is decided by now is left out, or said where it was asked."""
    found = [(row, award) for row, award in await _awards(context, rows) if _asks(row, award)]
    people = await context.work.of(Members).get({award.member_id for _, award in found})
    blocks = [telling_wording.proposed(people[award.member_id].name, words_of(award)) for _, award in found]
    return _part(blocks, [row for row, _ in found])


def _asks(row: OutboxRow, award: Award) -> bool:
    holds = award.ended_at is None and award.proposed_at is not None and micros(award.proposed_at) == row.args[1]
    return holds or row.state is State.SENT


@feature.composer(telling.ENDED)
async def compose_ended(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that a badge was withdrawn, and why."""
    found = await _awards(context, rows)
    blocks = [telling_wording.ended(words_of(award), award.ended_reason or "") for _, award in found]
    return _part(blocks, [row for row, _ in found])


async def _awards(context: Context, rows: Sequence[OutboxRow]) -> list[tuple[OutboxRow, Award]]:
    awards = await context.work.of(Awards).get({row.args[0] for row in rows})
    return [(row, awards[row.args[0]]) for row in rows if row.args[0] in awards]


def _part(blocks: Sequence[Block], rows: Sequence[OutboxRow]) -> Part:
    return Part(tuple(blocks), frozenset(row.id for row in rows))

"""What is said of awards unasked, to their members alone: earned, something is missing, all is well again, ended."""

from collections.abc import Mapping, Sequence

from bot.badges import award_wording as wording
from bot.badges.definition import Definition
from bot.badges.feature import feature
from bot.badges.frozen import fulfilled
from bot.badges.keeping import definitions
from bot.badges.looking import Mine, mine
from bot.badges.pictures import drawn
from bot.badges.telling import EARNED, ENDED, FINE, WARNED
from bot.context import Context
from bot.feature import Part
from bot.people import Member
from bot.views import Block
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices
from storage.members import Members
from storage.outbox import OutboxRow, State
from storage.schema import micros


@feature.composer(EARNED)
async def compose_earned(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell of awards; in a message that is out, say what was chosen since."""
    member, found, kept = await _about(context, member_id, rows)
    chosen = (await context.work.of(BadgeChoices).get([member_id]))[member_id]
    said: dict[int, Sequence[Block]] = {}
    for row in rows:
        award = found.get(row.args[0])
        if award is None or not (_is_out(row) or (award.ended_at is None and member.badges)):
            continue
        definition = kept[award.badge_id]
        image = await drawn(definition)
        perks = definition.promised(context.program.policy)
        told = wording.Told(award, definition, perks, fulfilled(award), member.zone, chosen.post)
        said[row.id] = wording.earned(told, image)
    return Part.of(said)


@feature.composer(WARNED)
async def compose_warned(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Say what is missing, as it is now, what would be enough, and until when."""
    member, found, kept = await _about(context, member_id, rows)
    every = {one.award.id: one for one in await mine(context, member) if one.award}
    said: dict[int, Sequence[Block]] = {}
    for row in rows:
        award = found.get(row.args[0])
        one = every.get(row.args[0])
        if one is not None and _is_missing(one, row):
            said[row.id] = wording.warned(one, context.now, member.zone)
        elif award is not None and _is_out(row):
            said[row.id] = wording.warned_before(kept[award.badge_id])
    return Part.of(said)


def _is_missing(one: Mine, row: OutboxRow) -> bool:
    """Tell whether what a row is about is still so: that warning, and something to catch up with."""
    since = None if one.award is None else one.award.warned_at
    return since is not None and micros(since) == row.args[1] and bool(one.standing and one.standing.missed)


@feature.composer(FINE)
async def compose_fine(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Say that nothing is missing any more, as long as that is so."""
    member, found, kept = await _about(context, member_id, rows)
    return Part.of(
        {
            row.id: wording.fine(kept[award.badge_id])
            for row in rows
            if (award := found.get(row.args[0])) is not None
            and (_is_out(row) or (award.warned_at is None and award.ended_at is None and member.badges))
        }
    )


@feature.composer(ENDED)
async def compose_ended(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell of a badge that a coordinator withdrew, why, and how it can be earned anew."""
    member, found, kept = await _about(context, member_id, rows)
    return Part.of(
        {
            row.id: wording.ended(kept[award.badge_id], award.ended_reason, wants=member.badges)
            for row in rows
            if (award := found.get(row.args[0])) is not None and award.ended_at is not None
        }
    )


async def _about(
    context: Context, member_id: int, rows: Sequence[OutboxRow]
) -> tuple[Member, Mapping[int, Award], Mapping[int, Definition]]:
    """Return whom rows are for, the awards that they are about, and the badges as they were then."""
    member = (await context.work.of(Members).get([member_id]))[member_id]
    found = await context.work.of(Awards).get({row.args[0] for row in rows})
    return member, found, await definitions(context, {one.badge_id for one in found.values()})


def _is_out(row: OutboxRow) -> bool:
    return row.state is State.SENT

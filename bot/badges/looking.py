"""How the badges of a member stand: those of the program that are for them, and those that they have."""

from dataclasses import dataclass
from datetime import datetime

from bot.badges.definition import Definition
from bot.badges.forecast import Forecast, forecast
from bot.badges.judging import Judged, judged
from bot.badges.keeping import badges_of, definitions
from bot.badges.rules import Standing
from bot.badges.steps import time_left
from bot.context import Context
from bot.people import Member
from storage.awards import Award, Awards


@dataclass(frozen=True, slots=True)
class Mine:
    """A badge as one member sees it.

    `id` is that of its version. They have it (`award`), can earn it (`standing`), or both; `needs`: what would
    complete it, `until`: how long they have time where something is missing of what they have.
    """

    id: int
    definition: Definition
    standing: Standing | None = None
    award: Award | None = None
    needs: Forecast | None = None
    until: datetime | None = None


async def mine(context: Context, member: Member) -> list[Mine]:
    """Return the badges that a member has or can earn, those that they can earn first."""
    badges = await badges_of(context) if member.badges and context.policy.badges.on else []
    found = [_stands(context, one) for one in await judged(context, [member], badges)]
    named = {one.definition.name for one in found}
    rest = [one for one in await awarded(context, member.id) if one[0].badge not in named]
    return [*found, *(Mine(award.badge_id, definition, award=award) for award, definition in rest)]


def _stands(context: Context, one: Judged) -> Mine:
    until = None if one.award is None else time_left(one.award, one.standing.pauses, context.policy.badges)
    needs = forecast(one.standing, context.now)
    return Mine(one.badge.id, one.badge.definition, one.standing, one.award, needs, until)


async def awarded(context: Context, member_id: int) -> list[tuple[Award, Definition]]:
    """Return the badges that a member has, each as it was when they earned it, the oldest first."""
    held = (await context.work.of(Awards).held([member_id]))[member_id]
    kept = await definitions(context, [one.badge_id for one in held])
    return [(one, kept[one.badge_id]) for one in held]

"""How the badges of a member stand: those of the program that are for them, and those that they have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.badges.counting import histories
from bot.badges.definition import Definition
from bot.badges.forecast import Forecast, forecast
from bot.badges.keeping import Used, badges_of, definitions
from bot.badges.rules import History, Standing, standing
from bot.badges.steps import time_left
from bot.context import Context
from bot.people import Member, Role
from storage.awards import Award, Awards


@dataclass(frozen=True, slots=True)
class Mine:
    """A badge as one member sees it.

    `id` is that of its version. They have it (`award`), can earn it (`standing`), or both; `needs`: what would
    complete it.
    """

    id: int
    definition: Definition
    standing: Standing | None = None
    award: Award | None = None
    needs: Forecast | None = None
    until: datetime | None = None


async def mine(context: Context, member: Member) -> list[Mine]:
    """Return the badges that a member has or can earn, those that they can earn first."""
    held = {one.badge: one for one in (await context.work.of(Awards).held([member.id]))[member.id]}
    found = await _to_earn(context, member, held) if member.badges else []
    rest = [one for name, one in held.items() if name not in {each.definition.name for each in found}]
    kept = await definitions(context, [one.badge_id for one in rest])
    return [*found, *(Mine(one.badge_id, kept[one.badge_id], award=one) for one in rest)]


async def _to_earn(context: Context, member: Member, held: Mapping[str, Award]) -> list[Mine]:
    used = [one for one in await badges_of(context) if is_for(one.definition, member)]
    if not used:
        return []
    history = (await histories(context, [member.id]))[member.id]
    return [_stands(context, one, history, held.get(one.definition.name)) for one in used]


def _stands(context: Context, used: Used, history: History, award: Award | None) -> Mine:
    one = standing(used.definition, history, context.now, context.policy.rate)
    until = None if award is None else time_left(award, one.pauses, context.policy.badges)
    return Mine(used.id, used.definition, one, award, forecast(one, context.now), until)


def is_for(definition: Definition, member: Member) -> bool:
    """Tell whether somebody can earn a badge."""
    return definition.is_for(mentor=Role.MENTOR in member.roles, mentee=Role.MENTEE in member.roles)


async def awarded(context: Context, member_id: int) -> list[tuple[Award, Definition]]:
    """Return the badges that a member has, each as it was when they earned it, the oldest first."""
    held = (await context.work.of(Awards).held([member_id]))[member_id]
    kept = await definitions(context, [one.badge_id for one in held])
    return [(one, kept[one.badge_id]) for one in held]

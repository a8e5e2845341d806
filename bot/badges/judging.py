"""Who earns a badge, who is warned, of whom coordinators are asked: worked out from what is stored, and an instant.

Judging twice does nothing twice, and what a day without the bot would have said is said afterwards.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.badges import frozen
from bot.badges.counting import histories
from bot.badges.definition import Definition
from bot.badges.keeping import Used, badges_of
from bot.badges.rules import History, Standing, ahead, standing
from bot.badges.steps import Step, next_step
from bot.badges.telling import drop_warning, tell_coordinators, tell_member
from bot.context import Context
from bot.people import Member
from bot.written.parts import For
from storage.awards import Award, Awards, NewAward


@dataclass(frozen=True, slots=True)
class Judged:
    """How a badge stands for a member who can earn it, and whether they have it."""

    member: Member
    badge: Used
    standing: Standing
    award: Award | None


async def judged(
    context: Context, members: Collection[Member], badges: Sequence[Used], at: datetime | None = None
) -> list[Judged]:
    """Return how badges stand for the members who can earn them, now or at an instant that is over."""
    at = at or context.now
    found = await _histories(context, members, [one.definition for one in badges], at)
    held = await context.work.of(Awards).held([one.id for one in members])
    return [
        Judged(
            member,
            badge,
            standing(badge.definition, found[badge.definition.whom][member.id], at, context.policy.rate),
            next((one for one in held[member.id] if one.badge == badge.definition.name), None),
        )
        for member in members
        for badge in badges
        if may_earn(badge, member)
    ]


async def _histories(
    context: Context, members: Collection[Member], definitions: Sequence[Definition], at: datetime
) -> dict[For, dict[int, History]]:
    """Return what badges look at of the members who can earn them, by whom they are for."""
    found: dict[For, dict[int, History]] = {}
    for whom in {one.whom for one in definitions}:
        theirs = [one for one in definitions if one.whom is whom]
        found[whom] = await histories(context, [one for one in members if theirs[0].roles & one.roles], theirs, at)
    return found


def may_earn(badge: Used, member: Member) -> bool:
    """Tell whether a badge is for somebody."""
    return bool(badge.definition.roles & member.roles)


async def judge(context: Context, members: Collection[Member], at: datetime | None = None) -> None:
    """Let members earn badges, and warn who misses something; at an instant that is over badges are only earned."""
    wanting = [one for one in members if one.active and one.badges]
    found = await judged(context, wanting, await badges_of(context), at)
    steps = [(next_step(one.award, one.standing, at or context.now, context.policy.badges), one) for one in found]
    await grant(context, [one for step, one in steps if step is Step.EARN], at)
    for step, one in steps if at is None else ():
        if step is not None and one.award is not None:
            await _DONE[step](context, one, one.award)


async def grant(
    context: Context, found: Sequence[Judged], at: datetime | None = None, by: Member | None = None, reason: str = ""
) -> list[Award]:
    """Give badges, on the evidence of an instant, or by hand for a reason; return the awards that are new."""
    new = [_new(context, one, at or context.now, by, reason) for one in found]
    awards = await context.work.of(Awards).add(new)
    await tell_member(context, awards, Step.EARN)
    return awards


def _new(context: Context, one: Judged, at: datetime, by: Member | None, reason: str) -> NewAward:
    language = one.member.language or context.program.language
    return NewAward(
        one.member.id,
        one.badge.definition.name,
        one.badge.id,
        frozen.evidence(one.standing, at),
        frozen.words(one.standing, one.member.name, language, context.program.name, at),
        None if by is None else by.id,
        reason or None,
    )


async def _warn(context: Context, one: Judged, award: Award) -> None:
    until = ahead(one.standing.pauses, context.now, context.policy.badges.warned_for)
    if until is not None and await context.work.of(Awards).warn(award.id, until):
        await tell_member(context, await _again(context, award), Step.WARN)


async def _fine(context: Context, one: Judged, award: Award) -> None:
    if await context.work.of(Awards).fine(award.id) and await drop_warning(context, award):
        await tell_member(context, [award], Step.FINE)


async def _propose(context: Context, one: Judged, award: Award) -> None:
    if await context.work.of(Awards).propose(award.id, frozen.evidence(one.standing, context.now)):
        for asked in await _again(context, award):
            await tell_coordinators(context, asked)


async def _again(context: Context, award: Award) -> list[Award]:
    return list((await context.work.of(Awards).get([award.id])).values())


_Do = Callable[[Context, Judged, Award], Awaitable[None]]
_DONE: Mapping[Step, _Do] = {
    Step.WARN: _warn,
    Step.FINE: _fine,
    Step.PROPOSE: _propose,
}

"""Where nobody looks at a badge any more, nothing about it stays open: no warning, no question to coordinators.

Its member keeps it. When it is looked at again they are told anew, and have all the time that there is: else it would
have run while they could do nothing.
"""

from collections.abc import Iterable

from bot.badges.daily import is_on
from bot.badges.feature import feature
from bot.badges.keeping import BADGES
from bot.badges.telling import drop_warning
from bot.context import Context
from bot.facts import BadgesUnwanted, ProgramChanged, RolesLost
from bot.people import Member
from storage.awards import Award, Awards
from storage.members import Members


@feature.on(BadgesUnwanted)
async def unwanted(context: Context, fact: BadgesUnwanted) -> None:
    """Leave whoever switched badges off in peace."""
    held = await context.work.of(Awards).held([fact.member_id])
    await _rest(context, held[fact.member_id])


@feature.on(RolesLost)
async def no_longer_theirs(context: Context, fact: RolesLost) -> None:
    """Leave whoever can no longer earn a badge in peace about it."""
    people = await context.work.of(Members).get(fact.member_ids)
    for id_, held in (await context.work.of(Awards).held(fact.member_ids)).items():
        await _rest(context, [one for one in held if not await _can_earn(context, people[id_], one.badge)])


async def _can_earn(context: Context, member: Member, badge: str) -> bool:
    if not member.active:
        return False
    one = await BADGES.known_as(context, badge)
    return one is not None and bool(one.definition.roles & member.roles)


@feature.on(ProgramChanged)
async def program_changed(context: Context, _fact: ProgramChanged) -> None:
    """Leave all in peace where badges are off, or the program rests."""
    if not is_on(context):
        await _rest(context, await context.work.of(Awards).warned())


async def switched_off(context: Context, name: str) -> None:
    """Leave whoever has a badge in peace that is switched off."""
    await _rest(context, [one for one in await context.work.of(Awards).warned() if one.badge == name])


async def _rest(context: Context, awards: Iterable[Award]) -> None:
    for one in awards:
        if await context.work.of(Awards).fine(one.id):
            await drop_warning(context, one)

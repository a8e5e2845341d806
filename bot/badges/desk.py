"""/mentor-admin badges: what waits for a decision, who has which badge, and who is close to one."""

from collections.abc import Sequence

from bot.badges import desk_wording as wording
from bot.badges.desk_counting import everybody, is_close
from bot.badges.feature import feature
from bot.badges.judging import Judged
from bot.badges.keeping import definitions, looked_at
from bot.context import Afterwards, Asked, Reading
from bot.errors import UserError
from bot.feature import number
from bot.members import wording as members_wording
from bot.people import COORDINATORS
from bot.views import Message
from storage.awards import Award, Awards
from storage.members import Members

MOST_WAITING = 50
LISTED = 10  # people at once


@feature.command("badges", "See who has badges, who is close, and what waits for you", who=COORDINATORS)
async def badges(asked: Asked) -> Message | Afterwards:
    """Show what there is to do and who has what; where badges are off, what would be with them."""
    if not asked.policy.badges.on:
        return await _would_be(asked)
    open_ = await asked.work.of(Awards).proposed(MOST_WAITING)
    waiting = await _held(asked, [one for one in open_ if one.member_id != asked.member.id])
    every = [one.definition for one in await looked_at(asked)]
    counts = await asked.work.of(Awards).count()
    return wording.overview(waiting, [(one, counts.get(one.name, 0)) for one in every])


async def _held(asked: Asked, awards: Sequence[Award]) -> list[wording.Held]:
    people = await asked.work.of(Members).get({one.member_id for one in awards})
    kept = await definitions(asked, {one.badge_id for one in awards})
    return [wording.Held(one, people[one.member_id], kept[one.badge_id]) for one in awards]


async def _would_be(asked: Asked) -> Afterwards:
    """Count who would have which badge, and who would be close to one."""
    near, used = asked.policy.badges.near, await looked_at(asked)

    async def answer(reading: Reading) -> Message:
        met, close = dict.fromkeys((one.definition.name for one in used), 0), 0
        async for page in everybody(reading, used):
            for one in page.found[0]:
                met[one.badge.definition.name] += one.standing.met
                close += is_close(one, near)
        return wording.switched_off([(one.definition, met[one.definition.name]) for one in used], close)

    return Afterwards(answer, asked)


@feature.button("badges.held", number, who=COORDINATORS)
async def held(asked: Asked, start: int) -> Message:
    """List a page of who has a badge, by name."""
    found = await asked.work.of(Awards).shown(start, LISTED + 1)
    if start and not found:
        raise UserError(members_wording.OLD_BUTTON)
    more = start + LISTED if len(found) > LISTED else None
    return wording.held(await _held(asked, found[:LISTED]), asked.member.zone, more)


@feature.button("badges.close", number, who=COORDINATORS)
async def close(asked: Asked, first: int) -> Afterwards:
    """List who is close to a badge, from a member on."""
    if first and first not in await asked.work.of(Members).get([first]):
        raise UserError(members_wording.OLD_BUTTON)
    near = asked.policy.badges.near
    used = await looked_at(asked)

    async def answer(reading: Reading) -> Message:
        found: list[Judged] = []
        async for page in everybody(reading, used, first=first):
            found += [one for one in page.found[0] if is_close(one, near)]
            people = list(dict.fromkeys(one.member.id for one in found))
            if len(people) > LISTED:
                shown = [one for one in found if one.member.id in people[:LISTED]]
                return wording.close(shown, people[LISTED])
        return wording.close(found, None)

    return Afterwards(answer, asked)

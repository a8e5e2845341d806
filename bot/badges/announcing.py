"""What the others see of awards: a post in the program's channels, a role beside a name. Only after a yes."""

from collections.abc import Sequence

from bot.badges import award_wording as wording
from bot.badges.definition import Definition
from bot.badges.feature import feature
from bot.badges.keeping import definitions
from bot.badges.pictures import drawn
from bot.badges.public import SAID, TITLE, tell_the_others, wear, wear_no_more
from bot.badges.telling import EARNED
from bot.context import Context
from bot.facts import Delivered, MembersJoined, RolesLost
from bot.language import t
from bot.people import Member
from bot.views import Message
from bot.wording import full_day
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices
from storage.members import Members
from storage.outbox import Effect, OutboxRow


@feature.announcer(SAID)
async def say(context: Context, row: OutboxRow) -> Message | None:
    """Tell the others of an award, as long as they may hear of it."""
    found = await _shown(context, row.args[0])
    if found is None:
        return None
    award, member, definition = found
    image = await drawn(definition, member.name, full_day(award.made_at, member.zone))
    return wording.said(member.name, definition, image)


async def _shown(context: Context, award_id: int) -> tuple[Award, Member, Definition] | None:
    """Return an award of which the others may hear, whose it is, and what it is of; of none where badges are off."""
    award = (await context.work.of(Awards).get([award_id])).get(award_id)
    if award is None or award.ended_at is not None:
        return None
    member = (await context.work.of(Members).get([award.member_id]))[award.member_id]
    on = member.badges and context.policy.badges.on
    if not (on and member.active and await _may_hear(context, member.id)):
        return None
    return award, member, (await definitions(context, [award.badge_id]))[award.badge_id]


async def _may_hear(context: Context, member_id: int) -> bool:
    return bool((await context.work.of(BadgeChoices).get([member_id]))[member_id].post)


@feature.wearer(TITLE)
async def title(context: Context, row: OutboxRow) -> str | None:
    """Return the role that a row puts on or takes off; it is worn as long as any badge of that title gives it."""
    award = (await context.work.of(Awards).get([row.args[0]])).get(row.args[0])
    if award is None:
        return None
    (name,) = await named(context, [award])
    worn = name in await seen(context, award.member_id)
    return name if worn is (row.effect is Effect.WEAR) else None


async def seen(context: Context, member_id: int) -> set[str]:
    """Return the titles that somebody wears, if the others may see any."""
    member = (await context.work.of(Members).get([member_id]))[member_id]
    if not (member.active and await _may_hear(context, member_id)):
        return set()
    return set(await named(context, (await context.work.of(Awards).held([member_id]))[member_id]))


async def named(context: Context, awards: Sequence[Award]) -> list[str]:
    """Return the titles of awards, in the language in use."""
    kept = await definitions(context, {one.badge_id for one in awards})
    return [t(kept[one.badge_id].title) for one in awards]


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Let the others hear of an award once its member has, if they may; note of what they heard."""
    store = context.work.of(Awards)
    ids = {row.args[0] for row in fact.rows if row.kind == EARNED and row.effect is Effect.SEND}
    for award in (await store.get(ids)).values():
        if award.ended_at is None and await _may_hear(context, award.member_id):
            await tell_the_others(context, award)
    for row in fact.rows:
        if row.kind == SAID:
            await store.post(row.args[0])


@feature.on(RolesLost)
async def left(context: Context, fact: RolesLost) -> None:
    """Take the titles off of those who are no longer in the program."""
    held = await context.work.of(Awards).held(fact.member_ids)
    await wear_no_more(context, [one for awards in held.values() for one in awards])


@feature.on(MembersJoined)
async def came_back(context: Context, fact: MembersJoined) -> None:
    """Put the titles on again that members had, if they may be seen."""
    held = await context.work.of(Awards).held(fact.member_ids)
    await wear(context, [one for awards in held.values() for one in awards])

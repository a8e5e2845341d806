"""What people decide about awards: a coordinator gives, keeps or withdraws one, or its member gives it back."""

from bot.badges.counting import histories
from bot.badges.judging import Judged, grant
from bot.badges.keeping import Used
from bot.badges.public import take_off
from bot.badges.rules import standing
from bot.badges.telling import drop_warning, tell_ended
from bot.context import Asked
from bot.people import Member
from storage.awards import Award, Awards


async def give(asked: Asked, member: Member, badge: Used, reason: str) -> Award | None:
    """Let somebody have a badge by hand, until it is withdrawn by hand; None if they have it already."""
    history = (await histories(asked, [member], [badge.definition], asked.now))[member.id]
    stands = standing(badge.definition, history, asked.now, asked.policy.rate)
    new = await grant(asked, [Judged(member, badge, stands, None)], by=asked.member, reason=reason)
    for one in new:
        await _note(asked, "badges.give", one, member)
    return new[0] if new else None


async def keep(asked: Asked, one: Award, member: Member) -> bool:
    """Let an award stay of which coordinators were asked; False if that is decided already."""
    if not await asked.work.of(Awards).keep(one.id, asked.now + asked.policy.badges.kept_for):
        return False
    await drop_warning(asked, one)
    await _note(asked, "badges.keep", one, member)
    return True


async def withdraw(asked: Asked, one: Award, member: Member, reason: str) -> bool:
    """End somebody's award for a reason, which they read; False if it has ended already."""
    if not await asked.work.of(Awards).end(one.id, asked.member.id, reason):
        return False
    await drop_warning(asked, one)
    await tell_ended(asked, (await asked.work.of(Awards).get([one.id]))[one.id])
    await take_off(asked, one)
    await _note(asked, "badges.withdraw", one, member)
    return True


async def give_back(asked: Asked, one: Award) -> bool:
    """End an award of one's own; False if it has ended already."""
    if one.member_id != asked.member.id or not await asked.work.of(Awards).end(one.id, asked.member.id, None):
        return False
    await drop_warning(asked, one)
    await take_off(asked, one)
    await _note(asked, "badges.give_back", one, asked.member)
    return True


async def _note(asked: Asked, what: str, one: Award, member: Member) -> None:
    await asked.work.audit.add(asked.member.key, what, member.key)

"""Badges of one person, for coordinators: in the list of people, on their card, and how they stand; given by hand."""

from collections.abc import Collection, Mapping

from bot.badges import deciding
from bot.badges import desk_people_wording as wording
from bot.badges.desk_reasons import LONGEST, wrong_reason
from bot.badges.feature import feature
from bot.badges.judging import may_earn
from bot.badges.keeping import Used, badges_of, definitions
from bot.badges.looking import mine
from bot.calls import Upload
from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.members import wording as members_wording
from bot.members.finding import meant
from bot.people import COORDINATORS, Member
from bot.texts import readable
from bot.views import Errors, Extra, Form, Message
from storage.awards import Awards
from storage.members import Members


@feature.of_people
async def extras(asked: Asked, members: Collection[Member]) -> Mapping[int, Extra]:
    """Say which badges people have: their place where there are no roles."""
    held = await asked.work.of(Awards).held([one.id for one in members])
    kept = await definitions(asked, {award.badge_id for awards in held.values() for award in awards})
    may_change = asked.policy.badges.on
    return {
        one.id: wording.shown(
            one, [(award, kept[award.badge_id]) for award in held[one.id]], asked.member.zone, button=may_change
        )
        for one in members
        if may_change or held[one.id]
    }


@feature.button("badges.person", number, who=COORDINATORS)
async def person(asked: Asked, member_id: int) -> Message:
    """Show how somebody's badges stand, in figures."""
    return await page(asked, await _member(asked, member_id))


async def page(asked: Asked, member: Member, opening: str = "") -> Message:
    """Show how somebody's badges stand, and what can be done; never what anybody wrote."""
    found = await mine(asked, member)
    givers = await asked.work.of(Members).get({one.award.by_id for one in found if one.award and one.award.by_id})
    await asked.work.audit.add(asked.member.key, "badges.look", member.key)
    own, to_give = member.id == asked.member.id, await _to_give(asked, member)
    names = {id_: giver.name for id_, giver in givers.items()}
    reader = wording.Reader(asked.member.zone, names, may_change=not own, may_give=bool(to_give) and not own)
    return wording.page(member, found, reader, opening)


async def _member(asked: Asked, member_id: int) -> Member:
    found = (await asked.work.of(Members).get([member_id])).get(member_id)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    return found


async def _to_give(asked: Asked, member: Member) -> list[Used]:
    """Return the badges that somebody can be given."""
    if not member.active:
        return []
    held = {one.badge for one in (await asked.work.of(Awards).held([member.id]))[member.id]}
    return [one for one in await _every(asked) if may_earn(one, member) and one.definition.name not in held]


async def _every(asked: Asked) -> list[Used]:
    """Return the badges that anybody can be given; none where they are off."""
    return await badges_of(asked) if asked.policy.badges.on else []


@feature.button("badges.give", number, who=COORDINATORS, answer=Answer.FORM)
async def give(asked: Asked, member_id: int) -> Form | Message:
    """Ask which badge somebody is to have, and why; 0: and who."""
    if member_id == 0:
        badges = await _every(asked)
        return wording.give_form(0, "", badges, LONGEST) if badges else wording.none_to_give()
    member = await _other(asked, member_id)
    badges = await _to_give(asked, member)
    return (
        wording.give_form(member.id, member.name, badges, LONGEST) if badges else wording.nothing_to_give(member.name)
    )


async def _other(asked: Asked, member_id: int) -> Member:
    if member_id == asked.member.id:
        raise UserError(wording.own())
    return await _member(asked, member_id)


def typed_person(values: Mapping[str, str], _: Mapping[str, Upload]) -> set[str]:
    """Return the handle by which the platform is asked for who is to have a badge."""
    typed = values.get("person", "").strip()
    return {typed} if typed.startswith("@") else set()


@feature.form("badges.gave", number, who=COORDINATORS, look_up=typed_person)
async def gave(asked: Asked, member_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Let somebody have a badge, by hand and for a reason."""
    member = await (_still_there(asked, member_id) if member_id else _meant(asked, values.get("person", "")))
    if not isinstance(member, Member):
        return member
    reason = readable(values.get("reason", ""))
    if wrong := wrong_reason(reason):
        return wrong
    badge = next((one for one in await _every(asked) if one.definition.name == values.get("badge")), None)
    if badge is None:
        return Errors({"badge": wording.choose()})
    if not may_earn(badge, member):
        return Errors({"badge": wording.not_for(member.name, badge.definition)})
    new = await deciding.give(asked, member, badge, reason)
    said = wording.has_it if new is None else wording.given
    return await page(asked, member, said(member.name, badge.definition))


async def _still_there(asked: Asked, member_id: int) -> Member | Message:
    """Return whom a form was opened for, unless they have left since."""
    member = await _other(asked, member_id)
    return member if member.active else wording.nothing_to_give(member.name)


async def _meant(asked: Asked, typed: str) -> Member | Errors:
    """Return who is meant by what was typed."""
    found = await meant(asked, readable(typed))
    if len(found) != 1:
        return Errors({"person": (wording.several_called if found else wording.nobody_called)(typed[:80])})
    return Errors({"person": wording.own()}) if found[0].id == asked.member.id else found[0]

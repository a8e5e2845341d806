"""What a coordinator changes about somebody: name, roles, zone, country; and whether they are in the program."""

import zlib
from collections.abc import Mapping
from typing import Any

from bot.community import wording, words
from bot.community.around import alone, member, not_the_last
from bot.community.feature import feature
from bot.community.showing import card
from bot.context import Asked
from bot.errors import UserError
from bot.facts import CalendarChanged, MembersJoined, MessagesChanged, RolesLost
from bot.feature import Answer, number
from bot.members import countries, zones
from bot.members.words import NAME_LIMIT, clean
from bot.people import COORDINATORS, Member, Role
from bot.views import Errors, Form, Message
from storage.leaving import Leavings
from storage.members import Members
from storage.nudges import JUST_AFTER, Mark, MarkRow, Nudges
from storage.pairings import Pairings

_CALENDAR = frozenset({"zone", "country"})


def version(one: Member) -> int:
    """Return what tells whether somebody was changed since a form about them was opened."""
    shown = (one.name, sorted(one.roles), one.zone, one.country)
    return zlib.crc32(repr(shown).encode("utf-8", "replace"))


def listed(text: str) -> frozenset[Role]:
    """Read a button's argument: roles with commas between them. Raises ValueError for anything else."""
    return frozenset(map(Role, text.split(",")))


@feature.button("community.change", number, who=COORDINATORS, answer=Answer.FORM)
async def change_form(asked: Asked, member_id: int) -> Form:
    """Ask in a form what is to be different."""
    one = await member(asked, member_id)
    return wording.change_form(one, version(one))


@feature.form("community.change", number, number, who=COORDINATORS)
async def change(asked: Asked, member_id: int, seen: int, values: Mapping[str, str]) -> Message | Errors:
    """Change what was typed differently; what can't be so is said beside its field."""
    await alone(asked)
    one = await member(asked, member_id)
    if version(one) != seen:
        return Errors({"": wording.changed_meanwhile(one)})
    wanted, errors = _read(values)
    changed = {name: value for name, value in wanted.items() if value != getattr(one, name)}
    if "roles" in changed and "roles" not in errors:
        errors |= await _losing(asked, one, changed["roles"])
    if errors:
        return Errors(errors)
    await _keep(asked, one, changed)
    return await card(asked, await member(asked, one.id), wording.changed(bool(changed)))


def _read(values: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    name, errors = clean(values.get("name", "")), {}
    if not 0 < len(name) <= NAME_LIMIT:
        errors["name"] = wording.name_length(len(name), NAME_LIMIT)
    roles, others = words.roles(values.get("roles", ""))
    if others or not roles:
        errors["roles"] = wording.which_role()
    typed_zone, typed_country = clean(values.get("zone", "")), clean(values.get("country", ""))
    zone = zones.named(typed_zone)
    if zone is None:
        errors["zone"] = wording.no_zone(typed_zone, zones.near(typed_zone))
    country = countries.listed(typed_country) if typed_country else None
    if typed_country and country is None:
        errors["country"] = wording.no_country(typed_country, countries.near(typed_country))
    return {"name": name, "roles": roles, "zone": zone, "country": country}, errors


async def _losing(asked: Asked, one: Member, roles: frozenset[Role]) -> dict[str, str]:
    """Say why somebody must keep a role: nobody else coordinates, they have a pairing, or something to hand over."""
    if Role.COORDINATOR not in roles:
        try:
            await not_the_last(asked, one)
        except UserError as error:
            return {"roles": str(error)}
    pairings = await asked.work.of(Pairings).going_on(one.id)
    needed = {Role.MENTOR if pairing.mentor_id == one.id else Role.MENTEE for pairing in pairings}
    if missing := [role for role in Role if role in needed - roles]:
        return {"roles": wording.still_paired(one, missing[0], len(pairings))}
    held = await asked.house.held(asked, one, roles if one.active else ())
    return {} if held is None else {"roles": held}


async def _keep(asked: Asked, one: Member, changed: Mapping[str, Any]) -> None:
    if not changed:
        return
    await asked.work.of(Members).change(one.id, **changed)
    await asked.work.audit.add(asked.member.key, "community.change", one.key)
    if one.roles - changed.get("roles", one.roles):
        await asked.tell(RolesLost([one.id]))
    if _CALENDAR & changed.keys():
        await asked.work.outbox.wake([one.id])
        await asked.tell(CalendarChanged([one.id]))


@feature.button("community.deactivate", number, who=COORDINATORS)
async def deactivate(asked: Asked, member_id: int) -> Message:
    """Say what follows if somebody is deactivated, and ask."""
    one = await member(asked, member_id)
    if not one.active:
        return await card(asked, one, wording.has_left_already(one))
    await not_the_last(asked, one)
    pairings = await asked.work.of(Pairings).going_on(one.id)
    return wording.really_deactivate(one, len(pairings), myself=one.id == asked.member.id)


@feature.button("community.deactivate_now", number, who=COORDINATORS)
async def deactivate_now(asked: Asked, member_id: int) -> Message:
    """Deactivate somebody: what waits with them reminds nobody any more."""
    await alone(asked)
    one = await member(asked, member_id)
    if not one.active:
        return await card(asked, one, wording.has_left_already(one))
    await not_the_last(asked, one)
    if (held := await asked.house.held(asked, one, ())) is not None:
        return await card(asked, one, held)
    store = asked.work.of(Members)
    await store.change(one.id, active=False)
    await store.leave(one.id)
    await asked.work.audit.add(asked.member.key, "community.deactivate", one.key)
    await _nobody_need_answer(asked, one)
    await asked.tell(RolesLost([one.id]))
    await asked.tell(CalendarChanged([one.id]))
    return await card(asked, await member(asked, one.id), wording.deactivated(one))


async def _nobody_need_answer(asked: Asked, one: Member) -> None:
    """Let nobody be reminded of what somebody waits for who has left."""
    nudges = asked.work.of(Nudges)
    since: dict[int, Any] = {}
    for turn in await nudges.open_turns(asker_id=one.id):
        facts = turn.facts
        await nudges.add_mark(MarkRow(facts.pairing_id, facts.space_id, facts.opener, one.id, Mark.NO_HURRY, asked.now))
        since[facts.pairing_id] = min(facts.opened_at + JUST_AFTER, since.get(facts.pairing_id, asked.now))
    if since:
        await asked.tell(MessagesChanged(since))


@feature.button("community.bring_back", number, who=COORDINATORS)
async def bring_back(asked: Asked, member_id: int) -> Message:
    """Let somebody be a member again, with all that they were."""
    return await _bring_back(asked, member_id, None)


@feature.button("community.bring_back_as", number, listed, who=COORDINATORS)
async def bring_back_as(asked: Asked, member_id: int, roles: frozenset[Role]) -> Message:
    """Let somebody be a member again, in other roles."""
    return await _bring_back(asked, member_id, roles)


async def _bring_back(asked: Asked, member_id: int, roles: frozenset[Role] | None) -> Message:
    await alone(asked)
    store = asked.work.of(Members)
    await store.lock(member_id)  # whoever begins to forget them is done with it, or begins when this is done
    one = await member(asked, member_id)
    if one.active:
        return await card(asked, one, wording.is_back_already(one))
    if await asked.work.of(Leavings).among_members([one.id]):
        raise UserError(wording.being_forgotten(one))
    paired = await asked.work.of(Pairings).going_on(one.id)
    needed = {Role.MENTOR if pairing.mentor_id == one.id else Role.MENTEE for pairing in paired}
    await store.change(one.id, active=True, roles=one.roles if roles is None else roles | needed)
    await store.come_back(one.id)
    await asked.work.outbox.wake([one.id])
    await asked.work.audit.add(asked.member.key, "community.bring_back", one.key)
    await asked.tell(CalendarChanged([one.id]))
    await asked.tell(MembersJoined((one.id,)))
    return await card(asked, await member(asked, one.id), wording.back(one))

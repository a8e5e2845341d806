"""The buttons of a pairing's card: it rests, goes on, has another pace or coordinator, and ends."""

from collections.abc import Mapping
from datetime import datetime

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.members import away as days
from bot.members import wording as members_wording
from bot.pairings import card_wording, wording
from bot.pairings.doing import (
    PACE,
    end,
    go_on,
    look_after,
    make,
    paired_already,
    ready,
    rest,
    say,
    set_pace,
    take_up_again,
    want_spaces,
)
from bot.pairings.feature import feature
from bot.pairings.handlers import coordinator_of, done
from bot.pairings.looking import accounts_of, choices, coordinators, locked, pair_of, person
from bot.pairings.rules import from_days
from bot.people import COORDINATORS, Member, Pairing, Role
from bot.views import Errors, Form, Message
from storage.members import Members
from storage.wishes import Wishes


@feature.button("pairings.rest", number, who=COORDINATORS)
async def rest_choices(asked: Asked, pairing_id: int) -> Message:
    """Ask how long a pairing rests."""
    await locked(asked, pairing_id)
    return card_wording.rest_choices(pairing_id)


@feature.button("pairings.rest_for", number, number, who=COORDINATORS)
async def rest_for(asked: Asked, pairing_id: int, length: int) -> Message:
    """Let a pairing rest for one of the lengths that were offered; 0 is until somebody says so."""
    if length not in card_wording.LENGTHS:
        raise UserError(members_wording.OLD_BUTTON)
    until = days.until(f"{length} days", asked.now, asked.member.zone) if length else None
    return await _rest(asked, pairing_id, until)


@feature.button("pairings.rest_form", number, who=COORDINATORS, answer=Answer.FORM)
async def rest_form(asked: Asked, pairing_id: int) -> Form:
    """Ask for the day on which a pairing goes on."""
    await locked(asked, pairing_id)
    return card_wording.rest_form(pairing_id)


@feature.form("pairings.rest_until", number, who=COORDINATORS)
async def rest_until(asked: Asked, pairing_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Let a pairing rest until the day that was typed."""
    await locked(asked, pairing_id)
    try:
        until = days.until(values.get("until", ""), asked.now, asked.member.zone)
    except UserError as error:
        return Errors({"until": str(error)})
    return await _rest(asked, pairing_id, until)


async def _rest(asked: Asked, pairing_id: int, until: datetime | None) -> Message:
    await rest(asked, pairing_id, until)
    return card_wording.rests(await pair_of(asked, pairing_id, asked.member), until, asked.member.zone)


@feature.button("pairings.go_on", number, who=COORDINATORS)
async def goes_on(asked: Asked, pairing_id: int) -> Message:
    """End the rest of a pairing."""
    await go_on(asked, pairing_id)
    return card_wording.goes_on(await pair_of(asked, pairing_id, asked.member))


@feature.button("pairings.pace_card", number, who=COORDINATORS)
async def pace_choices(asked: Asked, pairing_id: int) -> Message:
    """Ask which pace the two agreed on."""
    await locked(asked, pairing_id)
    pair = await pair_of(asked, pairing_id, asked.member)
    return card_wording.pace_choices(pair, asked.policy.nudges.answer_within)


@feature.button("pairings.set_pace", number, number, who=COORDINATORS)
async def pace_set(asked: Asked, pairing_id: int, length: int) -> Message:
    """Set the pace that the two agreed on elsewhere; 0 is the program's."""
    if length not in card_wording.PACE_BUTTONS:
        raise UserError(members_wording.OLD_BUTTON)
    pairing = await locked(asked, pairing_id)
    if await set_pace(asked, pairing, from_days(length)):
        await say(asked, pairing, PACE)
    pair = await pair_of(asked, pairing_id, asked.member)
    return card_wording.pace_set(pair, asked.policy.nudges.answer_within)


@feature.button("pairings.coordinator", number, who=COORDINATORS, answer=Answer.FORM)
async def coordinator_form(asked: Asked, pairing_id: int) -> Form:
    """Ask who looks after a pairing."""
    await locked(asked, pairing_id)
    return card_wording.coordinator_form(pairing_id, choices(await coordinators(asked)))


@feature.form("pairings.coordinate", number, who=COORDINATORS)
async def coordinate(asked: Asked, pairing_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Let a coordinator look after a pairing; whoever asks if nobody was named."""
    await locked(asked, pairing_id)
    try:
        coordinator = await coordinator_of(asked, values.get("coordinator", ""))
    except UserError as error:
        return Errors({"coordinator": str(error)})
    await look_after(asked, pairing_id, coordinator)
    return card_wording.coordinator_set(await pair_of(asked, pairing_id, asked.member), coordinator.name)


@feature.button("pairings.other", number, who=COORDINATORS, answer=Answer.FORM)
async def other_form(asked: Asked, pairing_id: int) -> Form:
    """Ask for a mentee's new mentor."""
    pairing = await locked(asked, pairing_id)
    mentors = await asked.work.of(Members).with_role(Role.MENTOR)
    able = [one for one in mentors if pairing.other(one.id) is None]
    return card_wording.other_form(await pair_of(asked, pairing_id, asked.member), choices(able))


@feature.form("pairings.other_mentor", number, who=COORDINATORS)
async def other_mentor(asked: Asked, pairing_id: int, values: Mapping[str, str]) -> Message | Errors:
    """End a pairing and pair its mentee with another mentor: both, or neither."""
    pairing = await locked(asked, pairing_id)
    members = await asked.work.of(Members).every()
    mentee = next(one for one in members if one.id == pairing.mentee_id)
    try:
        new = await _pair_anew(asked, await person(asked, values.get("mentor", ""), members), mentee)
    except UserError as error:
        return Errors({"mentor": str(error)})
    ended = await pair_of(asked, pairing_id, asked.member)
    await end(asked, pairing_id)
    return card_wording.changed_mentor(ended.mentor.name, await done(asked, new))


async def _pair_anew(asked: Asked, mentor: Member, mentee: Member) -> Pairing:
    """Pair a mentee with a mentor, maybe with one from before. Raises UserError before anything is changed."""
    if (await ready(asked, mentor, mentee))[1].id != mentee.id:
        raise UserError(wording.roles_do_not_fit(mentor, mentee))
    before = await paired_already(asked, mentor, mentee)
    if before is None:
        return await make(asked, mentor, mentee, asked.member)
    return await take_up_again(asked, before, asked.member)


@feature.button("pairings.end", number, who=COORDINATORS)
async def end_question(asked: Asked, pairing_id: int) -> Message:
    """Ask once more before a pairing ends."""
    await locked(asked, pairing_id)
    return card_wording.end_question(await pair_of(asked, pairing_id, asked.member))


@feature.button("pairings.end_now", number, who=COORDINATORS)
async def end_now(asked: Asked, pairing_id: int) -> Message:
    """End a pairing."""
    await end(asked, pairing_id)
    return card_wording.ended(await pair_of(asked, pairing_id, asked.member))


@feature.button("pairings.space", number, who=COORDINATORS)
async def space(asked: Asked, pairing_id: int) -> Message:
    """Have a space made for a pairing that has none."""
    pairing = await locked(asked, pairing_id)
    pair = await pair_of(asked, pairing_id, asked.member)
    shared = await accounts_of(asked, pair) is not None
    if shared:
        await want_spaces(asked, [pairing])
    return card_wording.space_under_way(pair, shared=shared)


@feature.button("pairings.settled", number, who=COORDINATORS)
async def settled(asked: Asked, pairing_id: int) -> Message:
    """Note that the wishes about a pairing are settled: those that whoever asks may see."""
    await locked(asked, pairing_id)
    pair = await pair_of(asked, pairing_id, asked.member)
    for wish in pair.wishes:
        await asked.work.of(Wishes).settle(pairing_id, wish.member_id)
    if pair.wishes:
        await asked.work.audit.add(asked.member.key, "pairings.settled", pair.mentee.key)
    return card_wording.wish_settled(pair)

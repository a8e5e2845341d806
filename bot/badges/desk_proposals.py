"""Coordinators are asked whether a badge ends, on the evidence of that time; nothing follows before one decides.

Whoever it is about doesn't decide about themselves, not even as the only coordinator: then it waits.
"""

from collections.abc import Mapping, Sequence

from bot.badges import deciding
from bot.badges import desk_proposals_wording as wording
from bot.badges.desk_reasons import LONGEST, wrong_reason
from bot.badges.feature import feature
from bot.badges.keeping import definitions
from bot.badges.telling import PROPOSED, warning_key
from bot.context import Asked, Context
from bot.errors import UserError
from bot.feature import Answer, Part, number
from bot.members import wording as members_wording
from bot.people import COORDINATORS, Member
from bot.texts import readable
from bot.views import Block, Errors, Form, Message
from storage.awards import Award, Awards
from storage.members import Members
from storage.outbox import OutboxRow, State
from storage.schema import micros


@feature.composer(PROPOSED)
async def compose_proposed(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator whether badges end; what is settled by now is left out, or said in a message that is out."""
    awards = await context.work.of(Awards).get({row.args[0] for row in rows})
    cards = await cards_of(context, list(awards.values()), member_id)
    said: dict[int, Sequence[Block]] = {}
    for row in rows:
        award = awards.get(row.args[0])
        if award is None:
            continue
        if is_open(award, row.args[1]):
            said[row.id] = wording.asks(cards[award.id])
        elif row.state is State.SENT:
            said[row.id] = wording.settled(cards[award.id])
    return Part.of(said)


async def cards_of(context: Context, awards: Sequence[Award], reader_id: int) -> dict[int, wording.Card]:
    """Return what a coordinator is told of awards, by id."""
    people = await context.work.of(Members).get({one.member_id for one in awards} | {reader_id})
    kept = await definitions(context, {one.badge_id for one in awards})
    zone, unheard = people[reader_id].zone, await _unheard(context, awards)
    return {
        one.id: wording.Card(
            one, people[one.member_id].name, kept[one.badge_id].title, zone, heard=warning_key(one) not in unheard
        )
        for one in awards
    }


async def _unheard(context: Context, awards: Sequence[Award]) -> set[str]:
    """Return the keys of the warnings that haven't reached their member."""
    found = await context.work.outbox.by_keys([warning_key(one) for one in awards])
    return {row.key for row in found if row.state is not State.SENT}


def is_open(award: Award, at: int) -> bool:
    """Tell whether an award still waits for what was asked at an instant."""
    return award.ended_at is None and award.proposed_at is not None and micros(award.proposed_at) == at


@feature.button("badges.proposal", number, who=COORDINATORS)
async def proposal(asked: Asked, award_id: int) -> Message:
    """Show a badge of which somebody is to decide."""
    award, _ = await award_of(asked, award_id)
    card = (await cards_of(asked, [award], asked.member.id))[award.id]
    return Message(wording.asks(card))


@feature.button("badges.keep", number, number, who=COORDINATORS)
async def keep(asked: Asked, award_id: int, at: int) -> Message:
    """Let somebody keep a badge."""
    award, member = await award_of(asked, award_id)
    if not is_open(award, at) or not await deciding.keep(asked, award, member):
        return await _as_it_stands(asked, award, at)
    return wording.kept(member.name, asked.now + asked.policy.badges.kept_for, asked.member.zone)


@feature.button("badges.withdraw", number, number, who=COORDINATORS, answer=Answer.FORM)
async def withdraw(asked: Asked, award_id: int, at: int) -> Form | Message:
    """Ask why a badge is to end; 0: nobody was asked, a coordinator withdraws it by hand."""
    award, member = await award_of(asked, award_id)
    if not _may_end(award, at):
        return await _as_it_stands(asked, award, at)
    title = (await definitions(asked, [award.badge_id]))[award.badge_id].title
    return wording.withdraw_form(award_id, at, member.name, title, LONGEST)


@feature.form("badges.withdrawn", number, number, who=COORDINATORS)
async def withdrawn(asked: Asked, award_id: int, at: int, values: Mapping[str, str]) -> Message | Errors:
    """End somebody's badge, for a reason that they read."""
    reason = readable(values.get("reason", ""))
    award, member = await award_of(asked, award_id)
    if not _may_end(award, at):
        return await _as_it_stands(asked, award, at)
    if wrong := wrong_reason(reason):
        return wrong
    await deciding.withdraw(asked, award, member, reason)
    return wording.withdrawn(member.name)


def _may_end(award: Award, at: int) -> bool:
    """Tell whether an award may be withdrawn: at any time by hand (0), or as it was asked about."""
    return award.ended_at is None if at == 0 else is_open(award, at)


async def award_of(asked: Asked, award_id: int) -> tuple[Award, Member]:
    """Return an award that nobody else changes meanwhile, and whose it is. A forged id is an old button."""
    award = await asked.work.of(Awards).lock(award_id)
    if award is None:
        raise UserError(members_wording.OLD_BUTTON)
    if award.member_id == asked.member.id:
        raise UserError(wording.own())
    return award, (await asked.work.of(Members).get([award.member_id]))[award.member_id]


async def _as_it_stands(asked: Asked, award: Award, at: int) -> Message:
    """Tell whoever comes second how it stands. Raises UserError for what was never asked."""
    by_hand = at == 0 and award.ended_at is not None
    if not by_hand and not micros(award.made_at) <= at <= micros(asked.now):
        raise UserError(members_wording.OLD_BUTTON)
    return wording.decided_already((await cards_of(asked, [award], asked.member.id))[award.id])

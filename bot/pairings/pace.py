"""/mentor pace: two people agree on how long they have to answer each other."""

from datetime import timedelta

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Option, number
from bot.members import wording as members_wording
from bot.pairings import own_wording
from bot.pairings.composing import ANSWERED, PROPOSED
from bot.pairings.doing import set_pace
from bot.pairings.feature import feature
from bot.pairings.looking import person
from bot.pairings.rules import days, from_days, read_pace
from bot.people import PAIRED, Pairing
from bot.views import Message
from storage.members import Members
from storage.outbox import NewRow, Urgency
from storage.pairings import Pairings
from storage.programs import State
from storage.wishes import Proposal, Wishes


async def my_pairings(asked: Asked) -> list[tuple[Pairing, str]]:
    """Return the pairings of whoever asks, each with the other side's name. Raises UserError if there are none."""
    pairings = await asked.work.of(Pairings).going_on(asked.member.id)
    others = {pairing.id: pairing.other(asked.member.id) or 0 for pairing in pairings}
    people = await asked.work.of(Members).get(set(others.values()))
    if not pairings:
        raise UserError(own_wording.NO_PAIRING)
    return sorted(((pairing, people[others[pairing.id]].name) for pairing in pairings), key=lambda one: one[1])


async def chosen(asked: Asked, mine: list[tuple[Pairing, str]], partner: str) -> tuple[Pairing, str] | None:
    """Return the pairing with a partner, or the only one; None if it has to be asked. Raises UserError."""
    partner = partner.strip()
    if not partner:
        return mine[0] if len(mine) == 1 else None
    others = {pairing.other(asked.member.id): (pairing, name) for pairing, name in mine}
    everybody = await asked.work.of(Members).every()
    mine_alone = [one for one in everybody if one.id in others]
    found = await person(asked, partner, everybody if partner.startswith("@") else mine_alone)
    if found.id not in others:
        raise UserError(own_wording.NOT_YOURS)
    return others[found.id]


async def my_pairing(asked: Asked, pairing_id: int) -> tuple[Pairing, str]:
    """Return one's own pairing, which nobody else changes now; a forged id gets the answer of an old button."""
    pairing = (await asked.work.of(Pairings).lock([pairing_id])).get(pairing_id)
    other = pairing.other(asked.member.id) if pairing is not None and pairing.ended_at is None else None
    if pairing is None or other is None:
        raise UserError(members_wording.OLD_BUTTON)
    return pairing, (await asked.work.of(Members).get([other]))[other].name


@feature.command(
    "pace",
    "See or change how long you two have for an answer",
    who=PAIRED,
    options=(
        Option("pace", "2 days, 4 days, 7 days, or program", known=("2 days", "4 days", "7 days", "program")),
        Option("partner", "with whom, if you have several", also=("with",)),
    ),
)
async def pace(asked: Asked, pace: str = "", partner: str = "") -> Message:
    """Show the pace, or propose another one to the other side."""
    mine = await my_pairings(asked)
    one = await chosen(asked, mine, partner)
    within = asked.policy.nudges.answer_within
    if not pace:
        return own_wording.paces(mine, within) if one is None else own_wording.pace_of(*one, within)
    wanted = read_pace(pace)
    if one is None:
        return own_wording.pace_with_whom(mine, days(wanted))
    return await _propose(asked, one[0].id, wanted)


@feature.button("pairings.pace_of", number, who=PAIRED)
async def pace_of(asked: Asked, pairing_id: int) -> Message:
    """Show the pace of one pairing, and offer others."""
    return own_wording.pace_of(*await my_pairing(asked, pairing_id), asked.policy.nudges.answer_within)


@feature.button("pairings.propose", number, number, who=PAIRED)
async def propose(asked: Asked, pairing_id: int, length: int) -> Message:
    """Ask the other side whether a pace suits them; 0 is the program's."""
    if length not in own_wording.PACES:
        raise UserError(members_wording.OLD_BUTTON)
    return await _propose(asked, pairing_id, from_days(length))


async def _propose(asked: Asked, pairing_id: int, wanted: timedelta | None) -> Message:
    pairing, name = await my_pairing(asked, pairing_id)
    within = asked.policy.nudges.answer_within
    if pairing.pace == wanted:
        return own_wording.same_pace(name, wanted or within)
    id_ = await asked.work.of(Wishes).propose(pairing.id, asked.member.id, wanted)
    other = pairing.other(asked.member.id)
    await asked.work.outbox.add([NewRow(f"proposed:{id_}", PROPOSED, (id_,), other, asked.now)])
    return own_wording.asked_for_pace(name, wanted, within, running=asked.program.state is State.RUNNING)


async def _proposal(asked: Asked, proposal_id: int) -> tuple[Proposal, Pairing, str]:
    """Return what was proposed to whoever asks; what was settled already and what is somebody else's look alike."""
    proposal = (await asked.work.of(Wishes).proposals([proposal_id])).get(proposal_id)
    if proposal is None:
        raise UserError(own_wording.ANSWERED_ALREADY)
    pairing = (await asked.work.of(Pairings).lock([proposal.pairing_id]))[proposal.pairing_id]
    still = await asked.work.of(Wishes).proposals([proposal_id])
    if not still or pairing.ended_at is not None or pairing.other(proposal.member_id) != asked.member.id:
        raise UserError(own_wording.ANSWERED_ALREADY)
    who = (await asked.work.of(Members).get([proposal.member_id]))[proposal.member_id].name
    return proposal, pairing, who


@feature.button("pairings.agree", number, who=PAIRED)
async def agree(asked: Asked, proposal_id: int) -> Message:
    """Take a proposed pace: both are told, and the clocks move."""
    proposal, pairing, who = await _proposal(asked, proposal_id)
    await set_pace(asked, pairing, proposal.pace)
    await _tell(asked, proposal, agreed=True)
    return own_wording.agreed(who, proposal.pace, asked.policy.nudges.answer_within)


@feature.button("pairings.disagree", number, who=PAIRED)
async def disagree(asked: Asked, proposal_id: int) -> Message:
    """Leave the pace as it is."""
    proposal, pairing, who = await _proposal(asked, proposal_id)
    await asked.work.of(Wishes).withdraw(pairing.id)
    await _tell(asked, proposal, agreed=False)
    return own_wording.not_agreed(who)


async def _tell(asked: Asked, proposal: Proposal, *, agreed: bool) -> None:
    args = (proposal.pairing_id, days(proposal.pace), int(agreed))
    row = (f"answered:{proposal.id}", ANSWERED, args, proposal.member_id, asked.now)
    await asked.work.outbox.add([NewRow(*row, urgency=Urgency.ASKED)])

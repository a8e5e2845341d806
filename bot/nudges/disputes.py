"""What members say shouldn't count as late: a coordinator looks at it, and decides once."""

from collections.abc import Sequence

from bot.context import Asked, Context
from bot.errors import UserError
from bot.facts import CountsChanged
from bot.feature import Part, number
from bot.members import wording as members_wording
from bot.members.coordinators import is_last, nearest_of
from bot.nudges import disputes_wording, wording
from bot.nudges.disputes_wording import About
from bot.nudges.feature import feature
from bot.nudges.judging import Judged, judged, turn_of
from bot.people import COORDINATORS, EVERYONE, Role
from bot.views import Block, Message
from storage.asks import Asks
from storage.disputes import Dispute, Disputes, Subject
from storage.members import Members
from storage.nudges import Nudges, Turn
from storage.outbox import NewRow, OutboxRow, State, Urgency
from storage.pairings import Pairings
from storage.sheets import Sheets

DISPUTE = "nudges.dispute"
DECIDED = "nudges.decided"


@feature.button("nudges.dispute", number, who=EVERYONE)
async def dispute_turn(asked: Asked, turn_id: int) -> Message:
    """Ask a coordinator to look at a message that counts as late."""
    turn = (await asked.work.of(Nudges).get([turn_id])).get(turn_id)
    return await _dispute(asked, turn, Subject(turn_id=turn_id))


@feature.button("nudges.dispute_ask", number, who=EVERYONE)
async def dispute_ask(asked: Asked, recipient_id: int) -> Message:
    """Ask a coordinator to look at a request of the team's that counts as late."""
    recipient = (await asked.work.of(Asks).recipients([recipient_id])).get(recipient_id)
    return await _dispute(asked, None if recipient is None else turn_of(recipient), Subject(recipient_id=recipient_id))


async def _dispute(asked: Asked, turn: Turn | None, subject: Subject) -> Message:
    if turn is None or turn.facts.answerer_id != asked.member.id:
        raise UserError(wording.NOT_FOR_YOU)
    found = {one.subject: one for one in await judged(asked, asked.member.id)}.get(subject)
    return await pass_on(asked, found, turn.facts.pairing_id, turn.facts.asker_id)


async def pass_on(asked: Asked, found: Judged | None, pairing_id: int, by_id: int | None = None) -> Message:
    """Ask a coordinator, once, to look at what somebody says shouldn't count as late.

    It came up in a pairing, or else (0) because somebody of the team asked for it.
    """
    if found is not None and found.dispute is not None:
        return _again(found.dispute)
    if found is None or not found.may_be_disputed:
        return disputes_wording.not_late()
    dispute_id = await asked.work.of(Disputes).add(asked.member.id, found.subject)
    if dispute_id is None:
        return disputes_wording.passed_on_already()
    await asked.work.audit.add(asked.member.key, "nudges.dispute")
    told = await _coordinators(asked, pairing_id, by_id, asked.member.id)
    rows = [NewRow(f"dispute:{dispute_id}:{id_}", DISPUTE, (dispute_id,), id_, asked.now) for id_ in told]
    await asked.work.outbox.add(rows)
    return disputes_wording.passed_on()


def _again(dispute: Dispute) -> Message:
    if dispute.taken_out is None:
        return disputes_wording.passed_on_already()
    return disputes_wording.decided_already(taken_out=dispute.taken_out)


async def _coordinators(context: Context, pairing_id: int, by_id: int | None, member_id: int) -> list[int]:
    """Return who decides: the pairing's coordinator, or whoever asked; or else all, but whom it is about."""
    every = [one.id for one in await context.work.of(Members).with_role(Role.COORDINATOR)]
    pairing = (await context.work.of(Pairings).get([pairing_id])).get(pairing_id)
    nearest = by_id if pairing is None else pairing.coordinator_id
    others = [id_ for id_ in every if id_ != member_id]
    return nearest_of(others, nearest) or every


@feature.button("nudges.take_out", number, who=COORDINATORS)
async def take_out(asked: Asked, dispute_id: int) -> Message:
    """Let a message no longer count in somebody's rate."""
    return await _decide(asked, dispute_id, taken_out=True)


@feature.button("nudges.leave", number, who=COORDINATORS)
async def leave(asked: Asked, dispute_id: int) -> Message:
    """Let a message count as it did."""
    return await _decide(asked, dispute_id, taken_out=False)


async def _decide(asked: Asked, dispute_id: int, *, taken_out: bool) -> Message:
    store = asked.work.of(Disputes)
    dispute = (await store.get([dispute_id])).get(dispute_id)
    if dispute is None:
        raise UserError(members_wording.OLD_BUTTON)
    if dispute.member_id == asked.member.id and not await is_last(asked.work, asked.member.id):
        raise UserError(disputes_wording.own())
    if not await store.decide(dispute_id, taken_out=taken_out):
        stands = (await store.get([dispute_id]))[dispute_id]
        return disputes_wording.decided_by_another(taken_out=bool(stands.taken_out))
    member = (await asked.work.of(Members).get([dispute.member_id]))[dispute.member_id]
    await asked.work.audit.add(asked.member.key, "nudges.take_out" if taken_out else "nudges.leave", member.key)
    tells = NewRow(f"decided:{dispute_id}", DECIDED, (dispute_id,), dispute.member_id, asked.now, urgency=Urgency.ASKED)
    await asked.work.outbox.add([tells])
    await asked.tell(CountsChanged([member.id]))
    await _bring_up_to_date(asked, dispute_id)
    return disputes_wording.decided(member.name, taken_out=taken_out)


async def _bring_up_to_date(asked: Asked, dispute_id: int) -> None:
    """Have the messages edited in which coordinators were asked."""
    every = await asked.work.of(Members).every()
    await asked.work.outbox.edit([f"dispute:{dispute_id}:{one.id}" for one in every])


@feature.composer(DISPUTE)
async def compose_dispute(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator about disputes; what is decided by now is left out, or said in a message that is out."""
    disputes, about = await _disputed(context, rows)
    people = await context.work.of(Members).get({*(one.member_id for one in disputes.values()), member_id})
    zone = people[member_id].zone
    blocks: list[Block] = []
    needed: set[int] = set()
    for row in rows:
        dispute = disputes.get(row.args[0])
        if dispute is None or dispute.id not in about or (dispute.decided_at and row.state is not State.SENT):
            continue
        name, one = people[dispute.member_id].name, about[dispute.id]
        needed.add(row.id)
        if dispute.taken_out is not None:
            blocks.append(disputes_wording.settled(name, one, zone, taken_out=dispute.taken_out))
        else:
            blocks += disputes_wording.says(dispute.id, name, one, zone)
    asks = any(disputes[row.args[0]].decided_at is None for row in rows if row.id in needed)
    return Part((*blocks, *((disputes_wording.says_note(),) if asks else ())), frozenset(needed))


@feature.composer(DECIDED)
async def compose_decided(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a member what was decided."""
    disputes, about = await _disputed(context, rows)
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    needed = [row for row in rows if row.args[0] in about]
    blocks = [
        disputes_wording.outcome(about[row.args[0]], zone, taken_out=bool(disputes[row.args[0]].taken_out))
        for row in needed
    ]
    return Part(tuple(blocks), frozenset(row.id for row in needed))


async def _disputed(context: Context, rows: Sequence[OutboxRow]) -> tuple[dict[int, Dispute], dict[int, About]]:
    """Return the disputes that rows are about, and what each of them is about, by dispute id."""
    disputes = await context.work.of(Disputes).get({row.args[0] for row in rows})
    turns = await context.work.of(Nudges).get({one.turn_id for one in disputes.values() if one.turn_id is not None})
    ids = {one.recipient_id for one in disputes.values() if one.recipient_id is not None}
    recipients = await context.work.of(Asks).recipients(ids)
    sheets = await context.work.of(Sheets).get({one.sheet_id for one in disputes.values() if one.sheet_id is not None})
    known: dict[Subject, About] = {Subject(turn_id=id_): About(one.facts.opened_at) for id_, one in turns.items()}
    for id_, recipient in recipients.items():
        known[Subject(recipient_id=id_)] = About(turn_of(recipient).facts.opened_at)
    for id_, sheet in sheets.items():
        known[Subject(sheet_id=id_)] = About(sheet.delivered_at or sheet.made_at, is_form=True)
    return disputes, {id_: known[one.subject] for id_, one in disputes.items() if one.subject in known}

"""Whoever stops answering reports: no key of theirs is left, and no report that nobody could read.

The bot can't open a report to hand it on. So whoever is the last to whom one opens does it before: they unlock, and let
somebody in, or step aside; then it goes to the outside contact.
"""

import hmac
from collections.abc import Collection, Sequence

from bot.context import Asked, Context
from bot.facts import RolesLost
from bot.feature import Part
from bot.people import Member, Role
from bot.reports.contents import Kind
from bot.responding import leaving_wording as wording
from bot.responding.feature import feature
from bot.responding.note_wording import private_note
from bot.responding.opening import add_locked
from bot.responding.readership import opens_to_nobody_but
from storage.cases import Cases, reader
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.responders import Responders

HAND_OVER = "responding.hand_over"


@feature.hold
async def hold(asked: Asked, member: Member, left: Collection[Role]) -> str | None:
    """Say that reports open to a responder alone; anybody else learns no more than that there is something."""
    if Role.RESPONDER not in member.roles - frozenset(left):
        return None
    alone = await opens_to_nobody_but(asked, member.id, held=True)
    if not alone:
        return None
    if member.id == asked.member.id:
        return wording.yours([case.name for case in alone])
    await asked.work.outbox.add([_row(asked, member.id)])
    return wording.theirs(member.name)


def _row(context: Context, member_id: int) -> NewRow:
    about = f"hand over {context.now.date()} {member_id}"
    key = hmac.new(context.house.secret, about.encode(), "sha256").hexdigest()[:32]
    return NewRow(f"{HAND_OVER}:{key}", HAND_OVER, (), member_id, context.now, urgency=Urgency.ASKED)


@feature.composer(HAND_OVER, private=True)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Say that there is a private note, as long as something is to be handed over."""
    if not await opens_to_nobody_but(context, member_id):
        return Part((), frozenset())
    return Part(private_note("responding.open"), frozenset(row.id for row in rows))


@feature.on(RolesLost)
async def stopped(context: Context, fact: RolesLost) -> None:
    """Take their keys and all that opens with them from those who are no responders any more."""
    responders = {one.id for one in await context.work.of(Members).with_role(Role.RESPONDER)}
    people = await context.work.of(Members).get(set(fact.member_ids) - responders)
    for member in people.values():
        await _let_go(context, member)


async def _let_go(context: Context, member: Member) -> None:
    """Leave nothing of a member's that opens a report; whoever looks into one sees that they no longer read it."""
    cases, responders = context.work.of(Cases), context.work.of(Responders)
    if await responders.key(member.id) is None:
        return
    for case in await cases.read_by(reader(member.id)):
        await add_locked(context, case, Kind.LEFT, member.id)
    await cases.forget(member.id)
    await responders.drop_key(member.id)
    await context.work.audit.add(member.key, "responding.key_deleted")

"""A responder whom a notice couldn't reach: whoever else may read what they may is told in their place."""

import hmac

from bot.context import Context
from bot.facts import Undelivered
from bot.people import Role
from bot.responding.feature import feature
from bot.responding.hour import NOTICE
from storage.cases import Cases, State, reader, reading_member
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Tell the others at once, each once a day: no report waits because somebody takes no direct messages."""
    notices = [row for row in fact.rows if row.kind == NOTICE] if fact.dead else []
    rows = [one for row in notices for one in await _instead(context, row)]
    await context.work.outbox.add(rows)


async def _instead(context: Context, row: OutboxRow) -> list[NewRow]:
    """Return the notices for those who may read an open report that the one in question may read."""
    cases = context.work.of(Cases)
    mine = [case.id for case in await cases.read_by(reader(row.member_id or 0)) if case.state is not State.CLOSED]
    names = {name for found in (await cases.readers(mine)).values() for name in found}
    active = {one.id for one in await context.work.of(Members).with_role(Role.RESPONDER)}
    others = sorted(active & {reading_member(name) for name in names} - {row.member_id})
    return [_notice(context, id_, row.urgency) for id_ in others]


def _notice(context: Context, member_id: int, urgency: Urgency) -> NewRow:
    about = f"instead {context.now.date()} {member_id}"
    key = hmac.new(context.house.secret, about.encode(), "sha256").hexdigest()[:32]
    return NewRow(f"{NOTICE}:{key}", NOTICE, (), member_id, context.now, urgency=urgency)

"""A responder whom a notice couldn't reach: whoever else may read what they may is told in their place."""

import hmac
from collections.abc import Sequence

from bot.context import Context
from bot.facts import Undelivered
from bot.people import Role
from bot.responding.feature import feature
from bot.responding.hour import LATE, NOTICE, coordinators
from storage.cases import Case, Cases, State, reader, reading_member
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Tell the others at once, each once a day: no report waits because somebody takes no direct messages.

    If none of them can be reached either, coordinators learn that one waits.
    """
    for row in fact.rows if fact.dead else ():
        if row.kind == NOTICE:
            mine = await context.work.of(Cases).read_by(reader(row.member_id or 0))
            open_ = [case for case in mine if case.state is not State.CLOSED]
            told = await context.work.outbox.add(await _instead(context, row, open_))
            await context.work.outbox.add([] if told else await _to_coordinators(context, row, open_))


async def _instead(context: Context, row: OutboxRow, cases: Sequence[Case]) -> list[NewRow]:
    """Return the notices for those who may read an open report that the one in question may read."""
    readers = await context.work.of(Cases).readers([case.id for case in cases])
    active = {one.id for one in await context.work.of(Members).with_role(Role.RESPONDER)}
    names = {name for found in readers.values() for name in found}
    others = sorted(active & {reading_member(name) for name in names} - {row.member_id})
    return [_row(context, NOTICE, id_, row.urgency) for id_ in others]


async def _to_coordinators(context: Context, row: OutboxRow, cases: Sequence[Case]) -> list[NewRow]:
    mine = {id_ for case in cases for id_ in await coordinators(context, case)}
    return [_row(context, LATE, id_, row.urgency) for id_ in sorted(mine)]


def _row(context: Context, kind: str, member_id: int, urgency: Urgency) -> NewRow:
    about = f"instead {context.now.date()} {member_id}"
    key = hmac.new(context.house.secret, about.encode(), "sha256").hexdigest()[:32]
    return NewRow(f"{kind}:{key}", kind, (), member_id, context.now, urgency=urgency)

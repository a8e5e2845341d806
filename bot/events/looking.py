"""Looking events up for whoever reads about them."""

from collections.abc import Collection, Sequence

from bot.context import Asked, Context
from bot.errors import UserError
from bot.events import wording
from bot.events.wording import Shown
from bot.people import COORDINATORS, Member
from storage.events import Event, Events, State
from storage.members import Members
from storage.outbox import OutboxRow


async def shown(context: Context, events: Sequence[Event], member: Member) -> list[Shown]:
    """Return events as a member sees them."""
    mine = await context.work.of(Events).mine(member.id, [one.id for one in events])
    desk = bool(COORDINATORS & member.roles)
    return [Shown(one, mine.get(one.id), member.zone, context.now, desk) for one in events]


async def of_rows(context: Context, rows: Collection[OutboxRow], member_id: int) -> dict[int, Shown]:
    """Return the events that rows tell a member of, by id: the first argument of each row."""
    found = await context.work.of(Events).get({row.args[0] for row in rows})
    member = (await context.work.of(Members).get([member_id]))[member_id]
    return {one.event.id: one for one in await shown(context, list(found.values()), member)}


async def known(asked: Asked, event_id: int) -> Shown:
    """Return an event that was announced. A forged id and a draft get the answer of one that is gone."""
    found = (await asked.work.of(Events).get([event_id])).get(event_id)
    if found is None or found.state is State.DRAFT:
        raise UserError(wording.GONE)
    return (await shown(asked, [found], asked.member))[0]


async def locked(asked: Asked, event_id: int) -> Shown:
    """Return the same, while nobody else changes anything about it."""
    await asked.work.of(Events).lock(event_id)
    return await known(asked, event_id)

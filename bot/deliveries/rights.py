"""The bot may not give roles: coordinators are told once what to do, and no more until it was tried again."""

from collections.abc import Sequence

from bot.context import Context
from bot.deliveries import wording
from bot.deliveries.handlers import feature
from bot.deliveries.reasons import Reason
from bot.facts import Undelivered
from bot.feature import Part
from bot.people import Role
from storage.members import Members
from storage.outbox import NewRow, OutboxRow
from storage.undelivered import DeadRows

TOLD = "deliveries.no_roles"


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Tell coordinators of the first row that failed so."""
    if not fact.rows or fact.reason != Reason.NO_ROLES:
        return
    if await context.work.of(DeadRows).failed_for(Reason.NO_ROLES) > len(fact.rows):
        return
    everyone = await context.work.of(Members).with_role(Role.COORDINATOR)
    row = fact.rows[0].id
    await context.work.outbox.add([NewRow(f"{TOLD}:{row}:{o.id}", TOLD, (), o.id, context.now) for o in everyone])


@feature.composer(TOLD)
async def tell(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator once, unless it has been done by now."""
    if not await context.work.of(DeadRows).failed_for(Reason.NO_ROLES):
        return Part((), frozenset())
    return Part((wording.no_roles(),), frozenset(row.id for row in rows))

"""Somebody takes no direct messages: they are asked in their conversation, and coordinators learn of it."""

from collections.abc import Sequence

from bot.calendar import local_day
from bot.context import Context
from bot.deliveries import wording
from bot.deliveries.handlers import feature
from bot.deliveries.reasons import Reason
from bot.facts import Delivered, Undelivered
from bot.feature import Part
from bot.members.calendars import calendars
from bot.people import Role
from bot.views import Message
from storage.members import Members
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.pairings import Pairings
from storage.unreachable import Unreachable

ASK = "deliveries.closed"
TOLD = "deliveries.unreachable"


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Ask whoever took no direct message in their conversation, once a day; tell coordinators once."""
    if not fact.dead or fact.reason != Reason.CLOSED:
        return
    for member_id in sorted({row.member_id for row in fact.rows if row.member_id is not None}):
        time = await context.work.of(Unreachable).note(member_id)
        rows = await _tell_coordinators(context, time, member_id)
        if context.policy.delivery.direct_closed == "space":
            rows += await _ask(context, time, member_id)
        await context.work.outbox.add(rows)


async def _ask(context: Context, time: int, member_id: int) -> list[NewRow]:
    """Return what is said in a conversation of theirs."""
    pairings = context.work.of(Pairings)
    spaces = await pairings.open_spaces([pairing.id for pairing in await pairings.going_on(member_id)])
    if not spaces:
        return []
    day = local_day((await calendars(context, [member_id]))[member_id], context.now).isoformat()
    key, pairing_id = f"closed:{member_id}:{day}", spaces[0].pairing.id
    return [NewRow(key, ASK, (time,), None, context.now, Effect.POST, Urgency.AT_ONCE, pairing_id=pairing_id)]


async def _tell_coordinators(context: Context, time: int, member_id: int) -> list[NewRow]:
    """Return the line for coordinators: as its key has it, it is said once until a direct message went through."""
    everyone = await context.work.of(Members).with_role(Role.COORDINATOR)
    told = [coordinator.id for coordinator in everyone if coordinator.id != member_id]
    return [NewRow(f"unreachable:{time}:{id_}", TOLD, (time,), id_, context.now) for id_ in told]


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note whom a direct message has reached."""
    reached = {row.member_id for row in fact.rows if row.effect is Effect.SEND and row.member_id is not None}
    if reached:
        await context.work.of(Unreachable).reached(reached)


@feature.poster(ASK)
async def ask(context: Context, row: OutboxRow) -> Message | None:
    """Ask somebody to allow direct messages, unless they do by now."""
    whom = (await context.work.of(Unreachable).get(row.args)).values()
    members = (await context.work.of(Members).get(whom)).values()
    return next((wording.closed(member.name) for member in members if member.active), None)


@feature.composer(TOLD)
async def tell(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator whom direct messages don't reach."""
    times = await context.work.of(Unreachable).get({row.args[0] for row in rows})
    people = await context.work.of(Members).get(times.values())
    needed = [row for row in rows if row.args[0] in times]
    blocks = tuple(wording.unreachable(people[times[row.args[0]]].name) for row in needed)
    return Part(blocks, frozenset(row.id for row in needed))

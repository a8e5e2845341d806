"""Somebody takes no direct messages, or has no account any more: coordinators learn of it, and they are asked."""

from collections.abc import Callable, Sequence

from bot.calendar import local_day
from bot.context import Context
from bot.deliveries import wording
from bot.deliveries.handlers import feature
from bot.deliveries.reasons import Reason
from bot.facts import Delivered, Undelivered
from bot.feature import Part
from bot.members.calendars import calendars
from bot.people import Role
from bot.views import Block, Message
from storage.members import Members
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.pairings import Pairings
from storage.undelivered import DeadRows
from storage.unreachable import Unreachable

ASK = "deliveries.closed"
TOLD = "deliveries.unreachable"
TOLD_GONE = "deliveries.gone"
KINDS = {Reason.CLOSED.value: TOLD, Reason.GONE.value: TOLD_GONE}  # what coordinators are told, by the reason


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Ask whoever took no direct message in their conversation, once a day; tell coordinators once.

    What is private is passed over: that somebody got such a note is nobody else's to know.
    """
    kind = KINDS.get(fact.reason or "")
    if not fact.dead or kind is None:
        return
    rows = [row for row in fact.rows if row.kind not in context.house.private]
    for member_id in sorted({row.member_id for row in rows if row.member_id is not None}):
        time = await context.work.of(Unreachable).note(member_id)
        told = await _tell_coordinators(context, kind, time, member_id)
        if kind == TOLD and context.policy.delivery.direct_closed == "space":
            told += await _ask(context, time, member_id)
        await context.work.outbox.add(told)


async def _ask(context: Context, time: int, member_id: int) -> list[NewRow]:
    """Return what is said in a conversation of theirs."""
    pairings = context.work.of(Pairings)
    spaces = await pairings.open_spaces([pairing.id for pairing in await pairings.going_on(member_id)])
    if not spaces:
        return []
    day = local_day((await calendars(context, [member_id]))[member_id], context.now).isoformat()
    key, pairing_id = f"closed:{member_id}:{day}", spaces[0].pairing.id
    return [NewRow(key, ASK, (time,), None, context.now, Effect.POST, Urgency.AT_ONCE, pairing_id=pairing_id)]


async def _tell_coordinators(context: Context, kind: str, time: int, member_id: int) -> list[NewRow]:
    """Return the line for coordinators: as its key has it, it is said once until a direct message went through."""
    everyone = await context.work.of(Members).with_role(Role.COORDINATOR)
    told = [coordinator.id for coordinator in everyone if coordinator.id != member_id]
    return [NewRow(f"{kind}:{time}:{id_}", kind, (time,), id_, context.now) for id_ in told]


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note whom a direct message has reached; what is private and couldn't be delivered to them follows it."""
    reached = {row.member_id for row in fact.rows if row.effect is Effect.SEND and row.member_id is not None}
    if reached:
        await context.work.of(Unreachable).reached(reached)
        await context.work.of(DeadRows).try_theirs(reached, context.house.private)


@feature.poster(ASK)
async def ask(context: Context, row: OutboxRow) -> Message | None:
    """Ask somebody to allow direct messages, unless they do by now."""
    whom = (await context.work.of(Unreachable).get(row.args)).values()
    members = (await context.work.of(Members).get(whom)).values()
    return next((wording.closed(member.name) for member in members if member.active), None)


@feature.composer(TOLD)
async def tell(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator whom direct messages don't reach."""
    return await _told(context, rows, wording.unreachable)


@feature.composer(TOLD_GONE)
async def tell_gone(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator whose account is gone."""
    return await _told(context, rows, wording.gone)


async def _told(context: Context, rows: Sequence[OutboxRow], say: Callable[[str], Block]) -> Part:
    times = await context.work.of(Unreachable).get({row.args[0] for row in rows})
    people = await context.work.of(Members).get(times.values())
    needed = [row for row in rows if row.args[0] in times]
    blocks = tuple(say(people[times[row.args[0]]].name) for row in needed)
    return Part(blocks, frozenset(row.id for row in needed))

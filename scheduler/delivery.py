"""Delivery: the only sender of messages that nobody asked for.

Claim → ask the platform what happened meanwhile → is it still needed? → compose → send → mark. Each step is a
transaction of its own, so a crash anywhere loses nothing; after one between send and mark the platform is asked for
the message before it is sent again.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.context import Context
from bot.core import Core
from bot.deliveries.reasons import Reason, reason_of
from bot.errors import Busy, Gone, Refused
from bot.facts import Delivered, Undelivered
from bot.feature import Part
from bot.outgoing import whose
from bot.people import Place
from bot.ports import Platform, Sent
from bot.views import Message
from scheduler import accounts
from scheduler.places import Places
from scheduler.reading import Reader
from scheduler.setbacks import FIRST_WAIT, Setbacks
from scheduler.titles import Titles
from storage.engine import is_trouble
from storage.members import Members
from storage.outbox import AT_PLACES, BUDGETED, OF_TITLES, Delivery, Effect, Holder, OutboxRow, Urgency
from storage.programs import Program, State
from storage.settings import Settings

log = structlog.get_logger(__name__)

AT_ONCE = 16  # rows under way in one process: no more are claimed than are carried at once
ASK_AGAIN = timedelta(days=1)
ALONE = OF_TITLES | {Effect.ANNOUNCE}


class Courier:
    """Carries what waits in the outbox to the platforms."""

    def __init__(self, core: Core, platforms: Mapping[str, Platform], me: Holder | None = None) -> None:
        """Deliver for `core` over `platforms`, by name; what is claimed is `me`'s for the time of a lease."""
        self._core = core
        self._platforms = platforms
        self._setbacks = Setbacks(core)
        self._reader = Reader(core, platforms)
        self._places = Places(core, platforms)
        self._titles = Titles(core, platforms)
        self._me = me or Holder(secrets.token_hex(8))
        self._ending = False

    async def deliver(self) -> int:
        """Carry everything that is due; return how many rows were taken up."""
        taken = 0
        for program in await self._core.programs():
            if self._ending:
                break
            async with self._core.at_work(program) as context:
                rows = await context.work.outbox.claim(self._me, AT_ONCE, self._core.outgoing.may_go(program))
            taken += len(rows)
            await asyncio.gather(*(self._guarded(program, group) for group in self._groups(program, rows)))
        return taken

    def _groups(self, program: Program, rows: Sequence[OutboxRow]) -> list[list[OutboxRow]]:
        """Put together what can travel together: one member's rows, or one message's edits; the rest goes alone."""
        groups: dict[tuple[object, ...], list[OutboxRow]] = {}
        for row in rows:
            travels = row.urgency in BUDGETED or row.urgency
            shown = self._core.outgoing.is_shown(program, [row])
            alone = row.id if row.effect in ALONE else None
            key = (row.member_id, row.pairing_id, row.effect, row.delivery_id, travels, shown, alone)
            groups.setdefault(key, []).append(row)
        return list(groups.values())

    def take_nothing_more(self) -> None:
        """Let what is under way be the last."""
        self._ending = True

    async def give_back(self) -> None:
        """Let others have at once what this process holds."""
        for program in await self._core.programs():
            async with self._core.at_work(program) as context:
                await context.work.outbox.free(self._me)

    async def _guarded(self, program: Program, rows: list[OutboxRow]) -> None:
        """Carry one group; its failure holds no other up. `rows` is what is in hand: it grows and shrinks."""
        try:
            await self._tried(program, rows)
        except Exception:
            log.exception("what failed could not be given back: its lease will end", program=program.id)

    async def _tried(self, program: Program, rows: list[OutboxRow]) -> None:
        try:
            # A platform that hangs holds nobody up, and nobody else has the rows before that.
            async with asyncio.timeout(self._me.lease.total_seconds() * 0.75):
                await self._carry(program, rows)
        except Busy as busy:
            await self._setbacks.release(program, rows, busy.retry_after)
        except (Gone, Refused) as error:
            await self._setbacks.kill(program, rows, reason_of(error, rows))
        except Exception as error:
            if is_trouble(error):
                await self._setbacks.release(program, rows, timedelta(0))
                return
            log.exception("a delivery failed", program=program.id, rows=[row.id for row in rows])
            await self._setbacks.after_fault(program, rows, error)

    async def _carry(self, program: Program, rows: list[OutboxRow]) -> None:
        if rows[0].effect in AT_PLACES:
            await self._places.carry(program, rows)
        elif rows[0].effect in OF_TITLES:
            await self._titles.carry(program, rows)
        elif rows[0].effect is Effect.EDIT:
            await self._edit(program, rows)
        elif rows[0].delivery_id is not None:
            await self._resume(program, rows)
        elif await self._may_go(program, rows):
            await self._reconcile(program, rows)
            await self._begin(program, rows)

    async def _may_go(self, program: Program, rows: list[OutboxRow], *, again: bool = False) -> bool:
        """Look at the member's hours and budget: what must wait is given back, what may go takes others along."""
        if rows[0].urgency is Urgency.AT_ONCE:
            return True
        async with self._holding(program, rows) as context:
            if not rows:
                return False
            outbox = context.work.outbox
            slot = await self._core.outgoing.slot(context, rows, again=again)
            if slot is None or slot > context.now:
                await outbox.release(rows, slot or context.now + ASK_AGAIN)
                return False
            if not again and rows[0].urgency in BUDGETED:
                rows += await self._companions(context, program, rows)
            return True

    async def _companions(self, context: Context, program: Program, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
        """Take along what may go out with rows, and really goes out as they do, or is only noted as they are."""
        found = await context.work.outbox.claim_companions(self._me, whose(rows))
        shown = self._core.outgoing.is_shown(program, rows)
        others = [row for row in found if self._core.outgoing.is_shown(program, [row]) is not shown]
        await context.work.outbox.release(others)
        return [row for row in found if row not in others]

    @asynccontextmanager
    async def _holding(self, program: Program, rows: list[OutboxRow]) -> AsyncIterator[Context]:
        """Begin a transaction in which no other process sends to the member; keep in hand what is still held.

        A process that hung for longer than its lease finds here that others have taken over.
        """
        async with self._core.at_work(program) as context:
            if program.state is State.SHADOW:  # what is noted for nothing must be there when it is taken back
                await context.work.of(Settings).lock()
            await context.work.of(Members).lock(whose(rows))
            rows[:] = await context.work.outbox.hold(self._me, rows)
            yield context

    async def _reconcile(self, program: Program, rows: list[OutboxRow]) -> None:
        """Read what happened in the places that the rows are about; rows whose place is gone end here."""
        async with self._core.at_work(program) as context:
            about = await self._core.outgoing.places(context, rows)
        gone = await self._reader.read(program, about)
        lost = [row for row in rows if row.id in gone]
        if lost:
            await self._setbacks.kill(program, lost, Reason.PLACE_GONE)
        rows[:] = [row for row in rows if row not in lost]

    async def _begin(self, program: Program, rows: list[OutboxRow]) -> None:
        """Compose what is still needed and send it; the rest is given back or ends."""
        if not rows:
            return
        async with self._holding(program, rows) as context:
            if not rows:
                return
            part = await self._core.outgoing.compose(context, whose(rows), rows)
            delivery = await self._open(context, rows, part)
        if delivery is not None:
            await self._send(program, delivery, rows, part)

    async def _open(self, context: Context, rows: list[OutboxRow], part: Part) -> Delivery | None:
        outbox = context.work.outbox
        await self._sift(context, rows, part)
        if not rows or not await self._still_fits(context, rows):
            return None
        day, key = await self._core.outgoing.key(context, whose(rows), rows)
        delivery = await outbox.open_delivery(whose(rows), key, day, rows)
        if delivery is None:  # another process has just used up the budget
            await outbox.release(rows, context.now + FIRST_WAIT)
        return delivery

    async def _sift(self, context: Context, rows: list[OutboxRow], part: Part) -> None:
        """Keep in hand what is needed now: what comes later is given back, what is needless ends."""
        for row in rows:
            if row.id in part.later:
                await context.work.outbox.release([row], part.later[row.id])
        needless = [row for row in rows if row.id not in part.needed and row.id not in part.later]
        await context.work.outbox.drop(needless)
        await context.tell(Undelivered(tuple(needless), dead=False))
        rows[:] = [row for row in rows if row.id in part.needed]

    async def _still_fits(self, context: Context, rows: list[OutboxRow]) -> bool:
        """Look at the budget once more, now that no other process can use it up; what doesn't fit is given back."""
        if rows[0].urgency is Urgency.AT_ONCE:
            return True
        slot = await self._core.outgoing.slot(context, rows)
        if slot is None or slot > context.now:
            await context.work.outbox.release(rows, slot or context.now + ASK_AGAIN)
            return False
        return True

    async def _resume(self, program: Program, rows: list[OutboxRow]) -> None:
        """Go on with a delivery that was cut off: it may be out already."""
        async with self._core.at_work(program) as context:
            delivery = await context.work.outbox.delivery(rows[0])
            rows += await context.work.outbox.claim_rest(self._me, delivery.id)
            if len(rows) < len(await context.work.outbox.carried(delivery.id)):
                await context.work.outbox.release(rows, context.now + FIRST_WAIT)
                return  # another process holds a part of it
            part = await self._core.outgoing.compose(context, whose(rows), rows)
            found = await accounts.reachable(self._platforms, context.work.of(Members), whose(rows))
        sent = await accounts.find(self._platforms, found, delivery.key)
        if sent is not None:
            await self._mark(program, _at(delivery, sent), rows)
        elif set(part.needed) == {row.id for row in rows}:
            if await self._may_go(program, rows, again=True):
                await self._send(program, delivery, rows, part)
        else:
            async with self._core.at_work(program) as context:  # begin anew with what is left of it
                await context.work.outbox.cancel_delivery(delivery.id)
                await self._sift(context, rows, part)
                await context.work.outbox.release(rows)

    async def _send(self, program: Program, delivery: Delivery, rows: list[OutboxRow], part: Part) -> None:
        async with self._holding(program, rows) as context:
            if {row.id for row in rows} != part.needed:  # this process hung, and another one has taken over
                await context.work.outbox.release(rows)
                return
            if not await _goes_on(context, program):  # it was started or stopped meanwhile
                await context.work.outbox.cancel_delivery(delivery.id)
                await context.work.outbox.release(rows)
                return
            found = await accounts.reachable(self._platforms, context.work.of(Members), delivery.member_id)
            if not self._core.outgoing.is_shown(program, rows):
                await _close(context, delivery, rows)  # it is noted as what would have gone out, and goes nowhere
                return
        sent = await accounts.send(self._core, self._platforms, found, Message(part.blocks), delivery.key)
        await self._mark(program, _at(delivery, sent), rows)

    async def _mark(self, program: Program, delivery: Delivery, rows: Sequence[OutboxRow]) -> None:
        async def mark() -> None:
            async with self._core.at_work(program) as context:
                await _close(context, delivery, rows)

        await self._core.database.unhindered(mark)

    async def _edit(self, program: Program, rows: Sequence[OutboxRow]) -> None:
        """Bring a message up to date that was sent; several reasons to do so are one edit."""
        async with self._core.at_work(program) as context:
            outbox = context.work.outbox
            delivery = await outbox.delivery(rows[0])
            carried = await outbox.carried(delivery.id)
            part = await self._core.outgoing.compose(context, delivery.member_id, carried)
        shown = bool(part.blocks) and self._core.outgoing.is_shown(program, carried)
        if shown and delivery.platform in self._platforms:
            place = Place(delivery.platform, delivery.workspace, delivery.channel)
            with self._core.telemetry.delivering(delivery.platform, "edited"):
                said = self._core.leading(Message(part.blocks), delivery.platform)
                await self._platforms[delivery.platform].edit(Sent(place, delivery.message), said)
        async with self._core.at_work(program) as context:
            await context.work.outbox.close(rows)


async def _goes_on(context: Context, program: Program) -> bool:
    """Tell whether a program is still in the state in which it was when its rows were taken."""
    now = await context.work.of(Settings).get()
    return (now.state, now.since) == (program.state, program.since)


async def _close(context: Context, delivery: Delivery, rows: Sequence[OutboxRow]) -> None:
    closed = await context.work.outbox.close_delivery(delivery, rows)
    if closed:  # another process may have noted it, while this one hung
        await context.tell(Delivered(tuple(closed)))


def _at(delivery: Delivery, sent: Sent) -> Delivery:
    place = sent.place
    return replace(
        delivery,
        platform=place.platform,
        workspace=place.workspace,
        channel=place.channel,
        message=sent.message,
    )

"""What can be done with pairings, whoever asks for it: made, ended, rested; and what follows from each."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.context import Asked, Context
from bot.errors import UserError
from bot.facts import PaceChanged, PairingEnded
from bot.pairings import wording
from bot.pairings.looking import locked
from bot.pairings.rules import sides, space_name
from bot.people import Member, Pairing
from storage.members import Members
from storage.outbox import Effect, NewRow, OutboxRow, State, Urgency
from storage.pairings import Pairings
from storage.programs import State as ProgramState
from storage.rests import Rests
from storage.settings import Settings
from storage.wishes import Wishes

SPACE = "pairings.space"
WELCOME = "pairings.welcome"
RESTS = "pairings.rests"
GOES_ON = "pairings.goes_on"
PACE = "pairings.pace"
GOODBYE = "pairings.goodbye"
CLOSE = "pairings.close"


async def ready(asked: Asked, first: Member, second: Member) -> tuple[Member, Member]:
    """Return mentor and mentee of two who can be paired; others who want to pair them wait. Raises UserError."""
    members = asked.work.of(Members)
    await asked.work.of(Settings).lock()  # before the two, as deliveries do
    for id_ in sorted({first.id, second.id}):
        await members.lock(id_)
    now = await members.get([first.id, second.id])
    for one in (first, second):
        if one.id not in now:
            raise UserError(wording.gone(one.name))
    mentor, mentee = sides(now[first.id], now[second.id])
    for member in (mentor, mentee):
        if not member.active:
            raise UserError(wording.left(member.name))
    missing = [(member.name, await asked.house.missing(asked, member)) for member in (mentor, mentee)]
    if any(texts for _, texts in missing):
        raise UserError(wording.not_ready([(name, texts) for name, texts in missing if texts]))
    return mentor, mentee


async def paired_already(asked: Asked, mentor: Member, mentee: Member) -> Pairing | None:
    """Return how two people were paired before. Raises UserError if they are now, whichever way round."""
    store = asked.work.of(Pairings)
    before = await store.between(mentor.id, mentee.id)
    for known in (before, await store.between(mentee.id, mentor.id)):
        if known is not None and known.ended_at is None:
            zone = asked.member.zone
            raise UserError(wording.already_paired(mentor.name, mentee.name, known.made_at, zone))
    return before


async def make(asked: Asked, mentor: Member, mentee: Member, coordinator: Member) -> Pairing:
    """Pair two people, and have a space made for them."""
    store = asked.work.of(Pairings)
    pairing_id = await store.save(mentor.id, mentee.id, coordinator_id=coordinator.id)
    await asked.work.audit.add(asked.member.key, "pairings.pair", mentee.key)
    pairing = (await store.get([pairing_id]))[pairing_id]
    await want_spaces(asked, [pairing])
    return pairing


async def take_up_again(asked: Asked, pairing: Pairing, coordinator: Member) -> Pairing:
    """Let a pairing that had ended go on: in its space if that is still open, or in a new one."""
    store = asked.work.of(Pairings)
    await store.lock([pairing.id])  # whoever has said goodbye closes the space only after that
    closing = await asked.work.outbox.of_pairings(CLOSE, [pairing.id])
    if any(row.state is State.WAITING for row in closing):
        raise UserError(wording.CLOSING)
    await store.change(pairing.id, ended_at=None, made_at=asked.now, coordinator_id=coordinator.id)
    mentee = (await asked.work.of(Members).get([pairing.mentee_id]))[pairing.mentee_id]
    await asked.work.audit.add(asked.member.key, "pairings.again", mentee.key)
    again = (await store.get([pairing.id]))[pairing.id]
    await say(asked, again, WELCOME)
    await want_spaces(asked, [again])
    await asked.tell(PaceChanged(pairing.id))  # it goes on: what stood still in it runs again
    return again


async def want_spaces(context: Context, pairings: Collection[Pairing]) -> None:
    """Have spaces made for those of these pairings that have none, once the program runs."""
    if not await _runs(context):
        return
    ids = [pairing.id for pairing in pairings]
    has = {space.pairing.id for space in await context.work.of(Pairings).open_spaces(ids)}
    has |= await _under_way(context, SPACE, ids)
    lacking = [pairing for pairing in pairings if pairing.id not in has]
    if not lacking:
        return
    alike = await _names_that_are_many(context)
    rows = [_space(context, pairing.id, numbered=pairing.id in alike) for pairing in lacking]
    await context.work.outbox.add(rows)


async def _runs(context: Context) -> bool:
    """Tell whether the program runs: now, and until this transaction ends; a call may have begun before it did."""
    return (await context.work.of(Settings).lock()).state is ProgramState.RUNNING


def _space(context: Context, pairing_id: int, *, numbered: bool) -> NewRow:
    return _row(context, pairing_id, SPACE, Effect.OPEN, (int(numbered),))


async def _under_way(context: Context, kind: str, ids: Collection[int]) -> set[int]:
    rows = await context.work.outbox.of_pairings(kind, ids)
    return {row.pairing_id for row in rows if row.state is State.WAITING and row.pairing_id is not None}


async def _names_that_are_many(context: Context) -> set[int]:
    """Return the pairings whose spaces would be called like another's, now or once."""
    people = {member.id: member.name for member in await context.work.of(Members).every()}
    called = {p.id: space_name(people[p.mentor_id], people[p.mentee_id]) for p in await _all(context)}
    times = Counter(called.values())
    return {id_ for id_, name in called.items() if times[name] > 1}


async def _all(context: Context) -> list[Pairing]:
    return await context.work.of(Pairings).every()


def _row(context: Context, pairing_id: int, kind: str, effect: Effect, args: tuple[int, ...] = ()) -> NewRow:
    at = context.now
    key = f"{kind.partition('.')[2]}:{pairing_id}:{at.timestamp():.6f}"
    return NewRow(key, kind, args, None, at, effect, Urgency.AT_ONCE, pairing_id=pairing_id)


async def say(context: Context, pairing: Pairing, kind: str) -> None:
    """Say something in a pairing's space, if it has one and the program runs."""
    if not await _runs(context):
        return
    if await context.work.of(Pairings).open_spaces([pairing.id]):
        await context.work.outbox.add([_row(context, pairing.id, kind, Effect.POST)])


async def close(context: Context, pairing_id: int) -> None:
    """Have the spaces of a pairing closed that has ended: those of now, whenever it is tried again."""
    now = [space.id for space in await context.work.of(Pairings).open_spaces([pairing_id])]
    await context.work.outbox.add([_row(context, pairing_id, CLOSE, Effect.CLOSE, (pairing_id, *now))])


async def close_what_ended(context: Context, pairings: Collection[Pairing]) -> None:
    """Take leave in the spaces of pairings that ended while the program wasn't running."""
    ids = [pairing.id for pairing in pairings]
    has = {space.pairing.id for space in await context.work.of(Pairings).open_spaces(ids)}
    has -= await _under_way(context, GOODBYE, ids) | await _under_way(context, CLOSE, ids)
    await context.work.outbox.add([_row(context, id_, GOODBYE, Effect.POST) for id_ in sorted(has)])


async def end(asked: Asked, pairing_id: int) -> Pairing:
    """End a pairing: nothing waits in it any more, both are told, and their space is closed. Raises UserError."""
    pairing = await locked(asked, pairing_id)
    await asked.work.of(Pairings).change(pairing_id, ended_at=asked.now)
    await asked.work.of(Wishes).settle(pairing_id)
    await asked.work.of(Wishes).withdraw(pairing_id)
    await asked.work.of(Rests).end(pairing_id)
    await _note(asked, pairing, "pairings.end")
    await asked.tell(PairingEnded(pairing_id))
    await say(asked, pairing, GOODBYE)
    return pairing


async def rest(asked: Asked, pairing_id: int, until: datetime | None) -> None:
    """Let a pairing rest from now on. Raises UserError."""
    pairing = await locked(asked, pairing_id)
    await asked.work.of(Rests).end(pairing_id)
    await asked.work.of(Rests).begin(pairing_id, until)
    await _note(asked, pairing, "pairings.rest")
    await asked.tell(PaceChanged(pairing_id))
    await say(asked, pairing, RESTS)


async def go_on(asked: Asked, pairing_id: int) -> None:
    """End the rest of a pairing. Raises UserError."""
    pairing = await locked(asked, pairing_id)
    if await asked.work.of(Rests).end(pairing_id):
        await _note(asked, pairing, "pairings.go_on")
        await asked.tell(PaceChanged(pairing_id))
        await say(asked, pairing, GOES_ON)


async def set_pace(asked: Asked, pairing: Pairing, pace: timedelta | None) -> bool:
    """Let a pairing have another pace; tell whether it is another one."""
    await asked.work.of(Wishes).withdraw(pairing.id)
    if pairing.pace == pace:
        return False
    await asked.work.of(Pairings).change(pairing.id, pace=pace)
    await _note(asked, pairing, "pairings.pace")
    await asked.tell(PaceChanged(pairing.id))
    return True


async def look_after(asked: Asked, pairing_id: int, coordinator: Member) -> None:
    """Let a coordinator look after a pairing. Raises UserError."""
    pairing = await locked(asked, pairing_id)
    await asked.work.of(Pairings).change(pairing_id, coordinator_id=coordinator.id)
    await _note(asked, pairing, "pairings.coordinator")


async def _note(asked: Asked, pairing: Pairing, what: str) -> None:
    mentee = (await asked.work.of(Members).get([pairing.mentee_id]))[pairing.mentee_id]
    await asked.work.audit.add(asked.member.key, what, mentee.key)


def is_done(rows: Collection[OutboxRow], kind: str) -> list[int]:
    """Return the pairings for which rows of a kind are done."""
    return [row.pairing_id for row in rows if row.kind == kind and row.pairing_id is not None]

"""What happens by itself around spaces: the program starts, a space is there, a goodbye is said."""

from bot.context import Context
from bot.facts import Delivered, ProgramChanged, SpaceOpened, Undelivered
from bot.pairings.composing import NO_SPACE, WISHED
from bot.pairings.doing import CLOSE, GOODBYE, SPACE, WELCOME, close, close_what_ended, is_done, say, want_spaces
from bot.pairings.feature import feature
from bot.pairings.looking import coordinators, responders, responsible
from storage.outbox import NewRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.programs import State
from storage.settings import Settings
from storage.wishes import Kind, Wishes


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Catch up with what waited for the program to run: spaces to be made, and to be closed."""
    if context.program.state is not State.RUNNING or changed.before.state is State.RUNNING:
        return
    await context.work.outbox.wake()  # also what was put back while all was only tried out
    pairings = await context.work.of(Pairings).every()
    await want_spaces(context, [pairing for pairing in pairings if pairing.ended_at is None])
    await close_what_ended(context, [pairing for pairing in pairings if pairing.ended_at is not None])


@feature.on(SpaceOpened)
async def space_opened(context: Context, opened: SpaceOpened) -> None:
    """Remember a space and welcome both; if their pairing ended meanwhile, close it again."""
    store = context.work.of(Pairings)
    await context.work.of(Settings).lock()
    pairing = (await store.lock([opened.pairing_id])).get(opened.pairing_id)
    if pairing is None:
        return
    known = {space.place for space in await store.spaces_of([pairing.id])}
    await store.add_space(pairing.id, opened.place)
    if pairing.ended_at is not None:
        await close(context, pairing.id)
    elif opened.place not in known:
        await say(context, pairing, WELCOME)


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Close a space after its goodbye, and note that it is closed."""
    await _close(context, is_done(fact.rows, GOODBYE))
    for pairing_id in is_done(fact.rows, CLOSE):
        await context.work.of(Pairings).close_spaces(pairing_id)


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Close a space even if no goodbye could be said in it; where none can be made, tell a coordinator."""
    if not fact.dead:
        return
    await _close(context, is_done(fact.rows, GOODBYE))
    for pairing_id in is_done(fact.rows, CLOSE):  # it is gone, or not ours: nobody is to be reminded of it
        await context.work.of(Pairings).close_spaces(pairing_id)
    rows = await _tell_others(context, fact)
    for pairing in (await context.work.of(Pairings).get(is_done(fact.rows, SPACE))).values():
        told = await responsible(context, pairing) or await coordinators(context)
        key = f"no_space:{pairing.id}:{context.now.timestamp():.6f}"
        args, urgency = (pairing.id,), Urgency.ASKED
        rows += [NewRow(f"{key}:{one.id}", NO_SPACE, args, one.id, context.now, urgency=urgency) for one in told]
    await context.work.outbox.add(rows)


async def _tell_others(context: Context, fact: Undelivered) -> list[NewRow]:
    """Return notes for responders where a note because of safety has reached no coordinator at all."""
    wished = {row.args[0] for row in fact.rows if row.kind == WISHED}
    notes = [one for one in (await context.work.of(Wishes).get(wished)).values() if one.kind is Kind.SAFETY]
    rows: list[NewRow] = []
    for wish in notes:
        key = f"wished:{wish.id}:{wish.kind}"
        sent = await context.work.outbox.by_keys([f"{key}:{one.id}" for one in await coordinators(context)])
        pairing = (await context.work.of(Pairings).get([wish.pairing_id or 0])).get(wish.pairing_id or 0)
        if pairing is not None and all(row.state is RowState.DEAD for row in sent):
            others = await responders(context, pairing)
            at = context.now
            rows += [
                NewRow(f"{key}:{one.id}", WISHED, (wish.id,), one.id, at, urgency=Urgency.AT_ONCE) for one in others
            ]
    return rows


async def _close(context: Context, pairing_ids: list[int]) -> None:
    for pairing in (await context.work.of(Pairings).lock(pairing_ids)).values():
        if pairing.ended_at is not None:
            await close(context, pairing.id)

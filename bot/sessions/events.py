"""What happens by itself around proposals: one reaches somebody, one lapses, calendars change, a pairing ends."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import CalendarChanged, Delivered, PaceChanged, PairingEnded, ProgramChanged
from bot.people import Pairing
from bot.sessions import approval
from bot.sessions.feature import feature
from bot.sessions.keeping import PROPOSED, News, end, settle, tell
from bot.sessions.rules import is_coming
from storage.due import Alarm
from storage.members import Members
from storage.outbox import Effect, Urgency
from storage.pairings import Pairings
from storage.sessions import ANSWER_ALARM, OPEN, Session, Sessions, State

DRAFTS = timedelta(days=1)  # so long what was typed is kept


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note what has reached people: from then on they have their time to answer."""
    rows = [row for row in fact.rows if row.kind == PROPOSED and row.effect is Effect.SEND]
    store = context.work.of(Sessions)
    found = await store.get({row.args[0] for row in rows})
    for row in rows:
        one = found.get(row.args[0])
        if one is not None and one.state is State.PROPOSED and one.round == row.args[1] and one.asked_at is None:
            await store.change(one.id, asked_at=context.now)
    await settle(context, list((await store.get(found)).values()))


@feature.alarm(ANSWER_ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Let proposals lapse that nobody has answered in time, and tell both, once."""
    store = context.work.of(Sessions)
    known = await store.get([alarm.subject for alarm in alarms])
    pairings = await context.work.of(Pairings).lock({one.pairing_id for one in known.values()})
    for session_id in sorted(known):
        await _lapse(context, await store.lock(session_id), pairings)


async def _lapse(context: Context, one: Session | None, pairings: Mapping[int, Pairing]) -> None:
    if one is None or one.state not in OPEN or one.answer_by is None or one.answer_by > context.now:
        return
    ended, pairing = await end(context, one, State.EXPIRED), pairings[one.pairing_id]
    if one.state is State.APPROVAL:
        await approval.bring_up_to_date(context, ended, pairing)
    elif one.asked_at is not None:  # who was never asked has nothing to be told
        await tell(context, ended, News.EXPIRED, [pairing.other(one.by_id) or 0], urgency=Urgency.SOON)
    await tell(context, ended, News.EXPIRED, [one.by_id], urgency=Urgency.ASKED)


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of proposals that wait for these members; nothing stays booked with whoever has left."""
    ids = set(changed.member_ids)
    pairings = {pairing.id: pairing for pairing in await context.work.of(Pairings).going_on_of(ids)}
    people = await context.work.of(Members).get(ids)
    gone = {id_ for id_ in ids if id_ not in people or not people[id_].active}
    for pairing in pairings.values():
        if gone & {pairing.mentor_id, pairing.mentee_id}:
            await _let_go(context, pairing.id, pairing, News.SOMEBODY_LEFT)
    waiting = await context.work.of(Sessions).in_state(list(pairings), OPEN)
    await settle(context, [one for one in waiting if pairings[one.pairing_id].other(one.by_id) in ids])


@feature.on(PaceChanged)
async def pace_changed(context: Context, changed: PaceChanged) -> None:
    """Move the clocks of a pairing that rests or goes on."""
    await settle(context, await context.work.of(Sessions).in_state([changed.pairing_id], OPEN))


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Let what waits go by the figures of now."""
    await settle(context, await context.work.of(Sessions).every_open())


@feature.on(PairingEnded)
async def pairing_ended(context: Context, ended: PairingEnded) -> None:
    """Let nothing wait any more, and take what was booked out of calendars."""
    pairing = (await context.work.of(Pairings).get([ended.pairing_id])).get(ended.pairing_id)
    await _let_go(context, ended.pairing_id, pairing, News.PAIRING_ENDED)


async def _let_go(context: Context, pairing_id: int, pairing: Pairing | None, news: News) -> None:
    store = context.work.of(Sessions)
    for one in await store.in_state([pairing_id], OPEN):
        gone = await end(context, one, State.CANCELLED)
        if pairing is not None and one.state is State.APPROVAL:
            await approval.bring_up_to_date(context, gone, pairing)
    for one in await store.in_state([pairing_id], {State.BOOKED}):
        if pairing is not None and is_coming(one, context.now):
            await _call_off(context, one, pairing, news)


async def _call_off(context: Context, session: Session, pairing: Pairing, news: News) -> None:
    sides: Collection[int] = pairing.sides
    ended = await end(context, session, State.CANCELLED)
    # At once, beside that the other has left: of somebody who is being forgotten nothing can be told later on.
    await tell(context, ended, news, sides, now=sides)


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what was typed and never sent."""
    await context.work.of(Sessions).purge_drafts(context.now - DRAFTS)

"""Forgetting somebody: first the others are told and the conversations closed, then nothing of them is left.

Both need a name and a place that are to be deleted. So all else goes at once, these when it is done. What can't be told
in a day no longer keeps them; a conversation that can't be closed does, until coordinators had time to close it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.deliveries.reasons import Reason
from bot.facts import Delivered, PairingEnded, RolesLost, Undelivered
from bot.feature import Part
from bot.mydata import wording
from bot.mydata.feature import feature
from bot.mydata.titles import TITLE, worn
from bot.people import Member, Role
from storage.awards import Awards
from storage.contacts import Contacts
from storage.due import Alarm, Setting
from storage.leaving import ALARM, Leaving, Leavings
from storage.members import Members
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.programs import State
from storage.sessions import Sessions
from storage.store import Store
from storage.undelivered import DeadRows
from storage.work import STORES

LEFT = "mydata.left"
TOLD = "mydata.told"
CLOSE = "mydata.close"
STILL_OPEN = "mydata.still_open"
NO_CONTACT = "mydata.no_contact"
GOODBYES = (LEFT, TOLD, CLOSE, TITLE)
feature.closes.add(CLOSE)

LOOK_AGAIN = timedelta(days=1)  # also how long somebody who can't be told keeps the rest
ASK_FOR_HELP = timedelta(days=3)  # that a conversation can't be closed
AT_THE_LATEST = timedelta(days=4)
OPENED_BY_THEN = timedelta(minutes=5)  # longer than a lease: what was being made is there, and can be closed
# To tell the others, to close what is theirs, and to take off what they wear.
NEEDED: tuple[type[Store], ...] = (Pairings, Leavings, Awards, Members)


async def leave(context: Context, member: Member, by: Member) -> None:
    """Begin to forget a member, because `by` wants it; a second time changes nothing."""
    leaving = await context.work.of(Leavings).begin(member.id)
    if leaving is None:
        return
    await context.work.audit.add(by.key, "mydata.forget", member.key)
    await context.work.of(Members).change(member.id, active=False)
    await context.tell(RolesLost([member.id]))
    ended = await context.work.of(Leavings).end_pairings(member.id)
    for pairing_id in ended:
        await context.tell(PairingEnded(pairing_id))
    opening = await context.work.of(Leavings).opening(member.id)
    contact = await context.work.of(Contacts).get()
    titles = await worn(context, leaving)
    await _delete_at_once(context, member.id)
    if contact is not None and contact.member_id == member.id:
        await context.work.outbox.add(await _to_coordinators(context, NO_CONTACT, leaving))
    rows = [*await _goodbyes(context, leaving, member, ended), *titles, *_once_opened(context, leaving, opening)]
    await context.work.outbox.add(rows)
    await context.work.due.set(ALARM, [Setting(leaving.id, None, context.now + LOOK_AGAIN)])
    if not rows:
        await _forget(context, leaving)


async def _delete_at_once(context: Context, member_id: int) -> None:
    """Delete what isn't needed any more to tell the others, and to take sessions out of their calendars."""
    for store in STORES:
        if store is Sessions:
            await context.work.of(Sessions).forget_but_called_off(member_id)
        elif store not in NEEDED:
            await context.work.of(store).forget(member_id)


async def _forget(context: Context, leaving: Leaving) -> None:
    if leaving.member_id is not None:
        for store in STORES:
            await context.work.of(store).forget(leaving.member_id)


async def _goodbyes(context: Context, leaving: Leaving, member: Member, ended: Collection[int]) -> list[NewRow]:
    """Return what is to be said and closed before somebody is deleted.

    While the program doesn't run, partners are told only of conversations that there are, and before it was ever
    started nobody is told.
    """
    in_spaces = await _open(context, member.id)
    if context.program.state is State.SET_UP and not in_spaces:
        return []
    of = in_spaces.union(ended if context.program.state is State.RUNNING else ())
    pairings = (await context.work.of(Pairings).get(of)).values()
    others = {pairing.id: pairing.other(member.id) or 0 for pairing in pairings}
    there = await context.work.of(Members).get(others.values())
    active = {id_: other for id_, other in others.items() if other in there and there[other].active}
    return [
        *(_row(context, LEFT, (leaving.id, id_), member_id=other) for id_, other in active.items()),
        *await _to_coordinators(context, TOLD, leaving),
        *(_row(context, CLOSE, (leaving.id, id_), pairing_id=id_) for id_ in sorted(in_spaces)),
    ]


async def _to_coordinators(context: Context, kind: str, leaving: Leaving) -> list[NewRow]:
    everyone = await context.work.of(Members).with_role(Role.COORDINATOR)
    return [_row(context, kind, (leaving.id, one.id), member_id=one.id) for one in everyone]


async def _open(context: Context, member_id: int) -> set[int]:
    """Return the pairings of a member, ended or not, whose spaces were not closed."""
    ids = await context.work.of(Leavings).pairings(member_id)
    return {space.pairing.id for space in await context.work.of(Pairings).open_spaces(ids)}


def _once_opened(context: Context, leaving: Leaving, opening: Collection[int]) -> list[NewRow]:
    """Return what closes the spaces that are being made at this moment: so long, their pairings stay."""
    rows = [_row(context, CLOSE, (leaving.id, id_), pairing_id=id_) for id_ in sorted(opening)]
    return [replace(row, due_at=context.now + OPENED_BY_THEN) for row in rows]


def _row(
    context: Context, kind: str, args: tuple[int, int], *, member_id: int | None = None, pairing_id: int | None = None
) -> NewRow:
    effect = Effect.SEND if pairing_id is None else Effect.CLOSE
    key = f"{kind}:{args[0]}:{args[1]}"
    return NewRow(key, kind, args[:1], member_id, context.now, effect, Urgency.AT_ONCE, pairing_id=pairing_id)


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Forget those of whom all is said and closed by now."""
    await _closed(context, fact.rows)
    await _forget_if_done(context, fact.rows)


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Forget those of whom nothing more can be said; a conversation that is gone is closed as well."""
    if fact.reason == Reason.PLACE_GONE:
        await _closed(context, fact.rows)
    await _forget_if_done(context, fact.rows)


async def _closed(context: Context, rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        if row.kind == CLOSE and row.pairing_id is not None:
            await context.work.of(Pairings).close_spaces(row.pairing_id)


async def _forget_if_done(context: Context, rows: Sequence[OutboxRow]) -> None:
    ids = {row.args[0] for row in rows if row.kind in GOODBYES}
    if not ids:
        return
    leavings = await context.work.of(Leavings).lock(ids)  # of two that end the last rows, one sees that all are done
    unsaid = await context.work.of(Leavings).unsaid(GOODBYES)
    for leaving in leavings:
        if leaving.id not in unsaid and not await _open(context, leaving.member_id or 0):
            await _forget(context, leaving)


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Forget those who could not be forgotten so far, or try again to close their conversations."""
    for leaving in await context.work.of(Leavings).lock([alarm.subject for alarm in alarms]):
        await _look_again(context, leaving)


@feature.daily
async def every_day(context: Context) -> None:
    """Do so as well where no alarm rings: in a program that was stopped."""
    if context.program.state is State.SET_UP:
        leavings = context.work.of(Leavings)
        for leaving in await leavings.lock(await leavings.going_on()):
            await _look_again(context, leaving)


async def _look_again(context: Context, leaving: Leaving) -> None:
    """Forget somebody who was not told of in time; as long as a conversation is open, first try to have it closed."""
    age = context.now - leaving.at
    still_open = await _open(context, leaving.member_id or 0)
    if age >= AT_THE_LATEST or (age >= LOOK_AGAIN and not still_open):
        await _forget(context, leaving)
        return
    await _close_again(context, still_open)
    if age >= ASK_FOR_HELP:
        everyone = await context.work.of(Members).with_role(Role.COORDINATOR)
        await context.work.outbox.add([_row(context, STILL_OPEN, (leaving.id, o.id), member_id=o.id) for o in everyone])
    await context.work.due.set(ALARM, [Setting(leaving.id, None, context.now + LOOK_AGAIN)])


async def _close_again(context: Context, pairing_ids: Collection[int]) -> None:
    """Have closed what could not be closed."""
    rows = await context.work.outbox.of_pairings(CLOSE, pairing_ids)
    failed = [row.id for row in rows if row.state is RowState.DEAD]
    if failed:
        await context.work.of(DeadRows).try_again(failed)


@feature.composer(LEFT, always=True)
async def compose_left(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that the other side of their pairing has left."""
    leavings = await context.work.of(Leavings).get({row.args[0] for row in rows})
    people = await context.work.of(Members).get({one.member_id or 0 for one in leavings.values()})
    names = {id_: people[one.member_id].name for id_, one in leavings.items() if one.member_id in people}
    needed = {row.id: names[row.args[0]] for row in rows if row.args[0] in names}
    return Part(tuple(map(wording.left, dict.fromkeys(needed.values()))), frozenset(needed))


@feature.composer(TOLD, always=True)
async def compose_told(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator who has left, and who was paired with them until then."""
    leavings = await context.work.of(Leavings).get({row.args[0] for row in rows})
    told = {row.id: leavings[row.args[0]] for row in rows if row.args[0] in leavings}
    blocks = [wording.told(*await _story(context, leaving)) for leaving in told.values() if leaving.member_id]
    needed = frozenset(id_ for id_, leaving in told.items() if leaving.member_id)
    return Part(tuple(blocks), needed)


@feature.composer(NO_CONTACT)
async def compose_no_contact(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator that the program needs another contact."""
    return Part((wording.no_contact(),), frozenset(row.id for row in rows))


async def _story(context: Context, leaving: Leaving) -> tuple[str, list[str]]:
    """Return the name of whoever left, and of those with whom they were paired."""
    member_id = leaving.member_id or 0
    rows = (await context.work.of(Pairings).of(member_id))["pairing"]
    sides = [(row["mentor_id"], row["mentee_id"]) for row in rows if row["ended_at"] == leaving.at]
    partners = {id_ for two in sides if member_id in two for id_ in two} - {member_id}
    people = await context.work.of(Members).get({member_id, *partners})
    return people[member_id].name, sorted(people[id_].name for id_ in partners)


@feature.composer(STILL_OPEN, always=True)
async def compose_still_open(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator to close conversations that can't be closed."""
    leavings = await context.work.of(Leavings).get({row.args[0] for row in rows})
    found = {row.id: await _still_open(context, leavings.get(row.args[0])) for row in rows}
    needed = {id_: pairs for id_, pairs in found.items() if pairs}
    return Part(tuple(wording.still_open(pairs) for pairs in needed.values()), frozenset(needed))


async def _still_open(context: Context, leaving: Leaving | None) -> list[tuple[str, str]]:
    """Return the names of the two in each conversation that is still open."""
    ids = await _open(context, leaving.member_id) if leaving and leaving.member_id else set()
    pairings = (await context.work.of(Pairings).get(ids)).values()
    people = await context.work.of(Members).get({id_ for p in pairings for id_ in p.sides})
    return sorted((people[p.mentor_id].name, people[p.mentee_id].name) for p in pairings)

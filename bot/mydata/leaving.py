"""Forgetting somebody: first the others are told and the conversations closed, then nothing of them is left.

Both need a name and a place that are to be deleted. So all else goes at once, these when it is done, and after a day
in any case.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import Delivered, PairingEnded, Undelivered
from bot.feature import Part
from bot.mydata import wording
from bot.mydata.feature import feature
from bot.people import Member, Role
from bot.views import Block
from storage.contacts import Contacts
from storage.due import Alarm, Setting
from storage.leaving import ALARM, Leaving, Leavings
from storage.members import Members
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.pairings import Pairings
from storage.programs import State
from storage.store import Store
from storage.work import STORES

LEFT = "mydata.left"
TOLD = "mydata.told"
CLOSE = "mydata.close"
GOODBYES = (LEFT, TOLD, CLOSE)

AT_THE_LATEST = timedelta(days=1)
NEEDED: tuple[type[Store], ...] = (Pairings, Leavings, Members)  # to tell the others, and to close what is theirs


async def leave(context: Context, member: Member, by: Member) -> None:
    """Begin to forget a member, because `by` wants it; a second time changes nothing."""
    leaving = await context.work.of(Leavings).begin(member.id)
    if leaving is None:
        return
    await context.work.audit.add(by.key, "mydata.forget", member.key)
    await context.work.of(Members).change(member.id, active=False)
    ended = await context.work.of(Leavings).end_pairings(member.id)
    for pairing_id in ended:
        await context.tell(PairingEnded(pairing_id))
    contact = await context.work.of(Contacts).get()
    was_contact = contact is not None and contact.member_id == member.id
    await _delete(context, member.id, [store for store in STORES if store not in NEEDED])
    set_up = context.program.state is State.SET_UP
    rows = [] if set_up else await _goodbyes(context, leaving, member, ended, was_contact=was_contact)
    await context.work.outbox.add(rows)
    await context.work.due.set(ALARM, [Setting(leaving.id, None, context.now + AT_THE_LATEST)])
    if not rows:
        await _forget(context, leaving)


async def _delete(context: Context, member_id: int, stores: Collection[type[Store]]) -> None:
    for store in stores:
        await context.work.of(store).forget(member_id)


async def _forget(context: Context, leaving: Leaving) -> None:
    if leaving.member_id is not None:
        await _delete(context, leaving.member_id, STORES)


async def _goodbyes(
    context: Context, leaving: Leaving, member: Member, ended: Collection[int], *, was_contact: bool
) -> list[NewRow]:
    """Return what is to be said and closed before somebody is deleted."""
    return [
        *await _to_the_others(context, leaving, member, ended),
        *await _to_coordinators(context, leaving, was_contact=was_contact),
        *await _to_close(context, leaving, member),
    ]


async def _to_the_others(
    context: Context, leaving: Leaving, member: Member, ended: Collection[int]
) -> Iterator[NewRow]:
    pairings = (await context.work.of(Pairings).get(ended)).values()
    others = {pairing.other(member.id): pairing.id for pairing in pairings}
    there = await context.work.of(Members).get([id_ for id_ in others if id_ is not None])
    active = (other for other in there.values() if other.active)
    return (_row(context, LEFT, (leaving.id,), others[one.id], member_id=one.id) for one in active)


async def _to_coordinators(context: Context, leaving: Leaving, *, was_contact: bool) -> Iterator[NewRow]:
    everyone = await context.work.of(Members).with_role(Role.COORDINATOR)
    return (_row(context, TOLD, (leaving.id, int(was_contact)), one.id, member_id=one.id) for one in everyone)


async def _to_close(context: Context, leaving: Leaving, member: Member) -> Iterator[NewRow]:
    """Close all of their spaces, also of a pairing that ended before: what waited to close those is deleted."""
    rows = (await context.work.of(Pairings).of(member.id))["pairing"]
    theirs = [row["id"] for row in rows if member.id in (row["mentor_id"], row["mentee_id"])]
    open_ = {space.pairing.id for space in await context.work.of(Pairings).open_spaces(theirs)}
    return (_row(context, CLOSE, (leaving.id,), id_, pairing_id=id_) for id_ in sorted(open_))


def _row(
    context: Context,
    kind: str,
    args: tuple[int, ...],
    of: int,
    *,
    member_id: int | None = None,
    pairing_id: int | None = None,
) -> NewRow:
    effect = Effect.SEND if pairing_id is None else Effect.CLOSE
    key = f"{kind}:{args[0]}:{of}"
    return NewRow(key, kind, args, member_id, context.now, effect, Urgency.AT_ONCE, pairing_id=pairing_id)


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Forget those of whom all is said and closed by now."""
    await _forget_if_done(context, fact.rows)


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Forget those of whom nothing more can be said or closed."""
    await _forget_if_done(context, fact.rows)


async def _forget_if_done(context: Context, rows: Sequence[OutboxRow]) -> None:
    ids = {row.args[0] for row in rows if row.kind in GOODBYES}
    if not ids:
        return
    leavings = await context.work.of(Leavings).lock(ids)  # of two that end the last rows, one sees that all are done
    unsaid = await context.work.of(Leavings).unsaid(GOODBYES)
    for leaving in leavings:
        if leaving.id not in unsaid:
            await _forget(context, leaving)


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Forget somebody although something could not be said or closed in all that time."""
    for leaving in await context.work.of(Leavings).lock([alarm.subject for alarm in alarms]):
        await _forget(context, leaving)


@feature.composer(LEFT)
async def compose_left(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that the other side of their pairing has left."""
    leavings = await context.work.of(Leavings).get({row.args[0] for row in rows})
    people = await context.work.of(Members).get({one.member_id or 0 for one in leavings.values()})
    names = {id_: people[one.member_id].name for id_, one in leavings.items() if one.member_id in people}
    needed = {row.id: names[row.args[0]] for row in rows if row.args[0] in names}
    return Part(tuple(map(wording.left, dict.fromkeys(needed.values()))), frozenset(needed))


@feature.composer(TOLD)
async def compose_told(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator who has left, and who was paired with them until then."""
    leavings = await context.work.of(Leavings).get({row.args[0] for row in rows})
    needed = [row for row in rows if row.args[0] in leavings and leavings[row.args[0]].member_id is not None]
    blocks: list[Block] = []
    for row in needed:
        blocks.append(wording.told(*await _story(context, leavings[row.args[0]])))
        blocks += [wording.no_contact()] if row.args[1] else []
    return Part(tuple(blocks), frozenset(row.id for row in needed))


async def _story(context: Context, leaving: Leaving) -> tuple[str, list[str]]:
    """Return the name of whoever left, and of those with whom they were paired."""
    member_id = leaving.member_id or 0
    rows = (await context.work.of(Pairings).of(member_id))["pairing"]
    sides = [(row["mentor_id"], row["mentee_id"]) for row in rows if row["ended_at"] == leaving.at]
    partners = {id_ for two in sides if member_id in two for id_ in two} - {member_id}
    people = await context.work.of(Members).get({member_id, *partners})
    return people[member_id].name, sorted(people[id_].name for id_ in partners)

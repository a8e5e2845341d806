"""/mentor-admin undelivered, and what can be done about it."""

from collections.abc import Collection, Mapping, Sequence

from bot.context import Asked
from bot.deliveries import wording
from bot.deliveries.reasons import read
from bot.errors import UserError
from bot.facts import TriedAgain
from bot.feature import Feature, number
from bot.people import COORDINATORS
from bot.views import Message
from storage.members import Members
from storage.pairings import Pairings
from storage.undelivered import DeadRow, DeadRows

feature = Feature("deliveries")

SHOWN = 10


@feature.command("undelivered", "See what I couldn't deliver, and why", who=COORDINATORS)
async def undelivered(asked: Asked) -> Message:
    """List the newest of what couldn't be delivered, and count the rest."""
    store = asked.work.of(DeadRows)
    private = asked.house.private
    rows = await store.newest(SHOWN, private)
    whom = await _whom(asked, rows)
    return wording.undelivered(
        [(row, read(row.reason), whom[row.id]) for row in rows], await store.count(private), asked.member.zone
    )


async def _whom(asked: Asked, rows: Sequence[DeadRow]) -> Mapping[int, str]:
    """Name whom each row was for: a member, the two of a pairing, or all who read the program's channels."""
    pairings = await asked.work.of(Pairings).get({row.pairing_id for row in rows if row.pairing_id is not None})
    sides = {id_: pairing.sides for id_, pairing in pairings.items()}
    ids = {row.member_id for row in rows if row.member_id is not None}.union(*sides.values())
    people = {id_: member.name for id_, member in (await asked.work.of(Members).get(ids)).items()}
    both = {id_: wording.both(people[mentor], people[mentee]) for id_, (mentor, mentee) in sides.items()}
    return {row.id: both.get(row.pairing_id or 0) or people.get(row.member_id or 0) or wording.all_() for row in rows}


@feature.button("deliveries.again", number, who=COORDINATORS)
async def again(asked: Asked, row_id: int) -> Message:
    """Try one again."""
    if not await _try_again(asked, [row_id]):
        raise UserError(wording.NO_LONGER)
    return wording.again(1)


@feature.button("deliveries.all_again", who=COORDINATORS)
async def all_again(asked: Asked) -> Message:
    """Try all again."""
    tried = await _try_again(asked, None)
    return wording.again(tried) if tried else wording.nothing_to_try()


async def _try_again(asked: Asked, ids: Collection[int] | None) -> int:
    keys = await asked.work.of(DeadRows).try_again(ids, asked.house.private)
    if keys:
        await asked.work.audit.add(asked.member.key, "deliveries.again")
        await asked.tell(TriedAgain(tuple(await asked.work.outbox.by_keys(keys))))
    return len(keys)


@feature.button("deliveries.drop", number, who=COORDINATORS)
async def drop(asked: Asked, row_id: int) -> Message:
    """Give one up for good."""
    if not await asked.work.of(DeadRows).drop(row_id, asked.house.private):
        raise UserError(wording.NO_LONGER)
    await asked.work.audit.add(asked.member.key, "deliveries.drop")
    return wording.dropped()

"""Writing what an import's dry run has said: set by set, however long the list is."""

from collections.abc import Collection, Mapping, Sequence

from bot.community import import_wording as wording
from bot.community.planning import Key, Pair, Plan, There
from bot.context import Asked
from bot.errors import UserError
from bot.facts import CalendarChanged, MembersJoined
from bot.people import Member
from storage.members import Members
from storage.outbox import Effect, NewRow, Urgency
from storage.pairings import NewPairing, Pairings
from storage.programs import State

SPACE = "pairings.space"  # the room of the pairings says how one is made
NUMBERED = 1  # its name holds a number: a list brings several people of one first name
_CALENDAR = frozenset({"zone", "country"})


async def apply(asked: Asked, plan: Plan, known: There) -> None:
    """Add, change and pair people as planned. Raises UserError if somebody can't be paired yet."""
    store = asked.work.of(Members)
    added = await store.add_all(list(plan.new.values()))
    await store.change_all({change.member: change.values for change in plan.changes})
    new: dict[Key, Member] = dict(zip(plan.new, added, strict=True))
    there: dict[Key, Member] = {id_: one for id_, one in known.members.items()}  # noqa: C416 - keys of two types
    people = new | there
    await _refuse_gated(asked, {people[key] for pair in plan.new_pairs for key in (pair.mentor, pair.mentee)})
    await _pair(asked, plan.new_pairs, people)
    await asked.work.of(Pairings).hand_over(
        {pair.known: people[pair.coordinator].id for pair in plan.handed_over if pair.known and pair.coordinator}
    )
    await _note(asked, plan, added)
    await asked.tell(MembersJoined(tuple(one.id for one in added)))
    moved = [change.member.id for change in plan.changes if _CALENDAR & change.values.keys()]
    if moved:
        await asked.work.outbox.wake(moved)
        await asked.tell(CalendarChanged(moved))


async def _refuse_gated(asked: Asked, people: Collection[Member]) -> None:
    missing = {one: await asked.house.missing(asked, one) for one in sorted(people, key=lambda one: one.id)}
    lines = [wording.gate(one.name, texts) for one, texts in missing.items() if texts]
    if lines:
        raise UserError(wording.gated(lines))


async def _pair(asked: Asked, pairs: Sequence[Pair], people: Mapping[Key, Member]) -> None:
    """Make pairings; a program that runs opens a space for each."""
    new = [
        NewPairing(
            people[pair.mentor].id,
            people[pair.mentee].id,
            None if pair.coordinator is None else people[pair.coordinator].id,
        )
        for pair in pairs
    ]
    made = await asked.work.of(Pairings).add_all(new)
    if asked.program.state is State.RUNNING:
        await asked.work.outbox.add([_space(asked, pairing_id) for pairing_id in made])


def _space(asked: Asked, pairing_id: int) -> NewRow:
    return NewRow(
        key=f"space:{pairing_id}",
        kind=SPACE,
        args=(NUMBERED,),
        member_id=None,
        due_at=asked.now,
        effect=Effect.OPEN,
        urgency=Urgency.AT_ONCE,
        pairing_id=pairing_id,
    )


async def _note(asked: Asked, plan: Plan, added: Sequence[Member]) -> None:
    audit, actor = asked.work.audit, asked.member.key
    await audit.add(actor, "community.import")
    await audit.add_all(actor, "community.add", [one.key for one in added])
    await audit.add_all(actor, "community.change", [change.member.key for change in plan.changes])

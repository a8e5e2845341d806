"""The two people of pairings, by name: for lists."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.context import Context
from bot.people import Member, Pairing
from storage.members import Members
from storage.pairings import Pairings


@dataclass(frozen=True, slots=True)
class Sides:
    """Some pairings and their people, by id."""

    pairings: Mapping[int, Pairing]
    people: Mapping[int, Member]

    def names(self, pairing_id: int) -> tuple[str, str]:
        """Return the names of mentor and mentee."""
        pairing = self.pairings[pairing_id]
        return self.people[pairing.mentor_id].name, self.people[pairing.mentee_id].name


async def sides(context: Context, pairing_ids: Collection[int]) -> Sides:
    """Look pairings and their people up."""
    pairings = await context.work.of(Pairings).get(pairing_ids)
    ids = {id_ for one in pairings.values() for id_ in one.sides}
    return Sides(pairings, await context.work.of(Members).get(ids))

"""How badges stand for everybody, many at a time, each time in a transaction of its own: nobody waits for all."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.badges.daily import MEMBERS
from bot.badges.judging import Judged, judged
from bot.badges.keeping import Used
from bot.badges.rules import Verdict
from bot.context import Reading
from storage.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Page:
    """How badges stand for some: as many lists as there were kinds of badges to look at."""

    found: tuple[list[Judged], ...]


async def everybody(reading: Reading, *kinds: Sequence[Used], first: int = 0) -> AsyncIterator[Page]:
    """Yield how badges stand for all who want any, from a member on, in the order of ids."""
    more = True
    while more:
        async with reading() as asked:
            people = await asked.work.of(Evidence).people(first, MEMBERS + 1)
            found = [await judged(asked, people[:MEMBERS], badges) for badges in kinds]
        yield Page(tuple(found))
        more = len(people) > MEMBERS
        first = people[-1].id if more else 0


def is_close(one: Judged, near: int) -> bool:
    """Tell whether somebody is on the way to a badge, and little is missing."""
    missed = one.standing.missed
    begun = any(each.verdict is Verdict.MET or each.value for each in one.standing.measured)
    return one.award is None and begun and 0 < len(missed) <= near

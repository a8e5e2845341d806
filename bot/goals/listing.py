"""How many goals pairings have, as a list for a spreadsheet: what they are isn't even read here."""

from collections.abc import AsyncIterator, Sequence

from bot.context import Asked
from bot.goals.feature import feature
from bot.language import later, t
from bot.pairings.sides import sides
from bot.tables import PAGE, Row
from storage.goals import Counts, Goals
from storage.pairings import Pairings


@feature.export("goals", later("Goals: how many each pair has, and since when there was no word of them; never which"))
async def goals(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield every pairing's counts."""
    yield [(t("Mentor"), t("Mentee"), t("Ended"), t("Goals now"), t("Done"), t("Dropped"), t("Last word"))]
    last = 0
    while page := await asked.work.of(Pairings).after(last, PAGE):
        last = page[-1].id
        ids = [one.id for one in page]
        who, counts = await sides(asked, ids), await asked.work.of(Goals).counts(ids)
        yield [(*who.names(one.id), one.ended_at, *_cells(counts.get(one.id))) for one in page]


def _cells(of: Counts | None) -> Row:
    return (of.active, of.done, of.dropped, of.moved_at) if of else (0, 0, 0, None)

"""All pairings as a list for a spreadsheet."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from bot.context import Asked
from bot.language import later, t
from bot.pairings.feature import feature
from bot.pairings.looking import look_at
from bot.pairings.pair import Pair
from bot.tables import PAGE, Row
from storage.pairings import Pairings
from storage.tails import Tail, Tails

DAY = timedelta(days=1)


@feature.export("pairs", later("Pairs: who with whom, since when, and when they last wrote"))
async def pairs(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield all pairings, ended ones too, with when they last wrote; of their words nothing is known."""
    yield [_heads()]
    last = 0
    while page := await asked.work.of(Pairings).after(last, PAGE):
        last = page[-1].id
        wrote = await asked.work.of(Tails).get([pairing.id for pairing in page])
        found = await look_at(asked, page, asked.member)
        yield [_row(pair, wrote.get(pair.pairing.id), asked.policy.nudges.answer_within) for pair in found]


def _heads() -> Row:
    return (
        t("Mentor"),
        t("Mentee"),
        t("Coordinator"),
        t("Since"),
        t("Ended"),
        t("Resting"),
        t("Days to answer"),
        t("Space"),
        t("Last message"),
    )


def _row(pair: Pair, wrote: Tail | None, within: timedelta) -> Row:
    return (
        pair.mentor.name,
        pair.mentee.name,
        pair.coordinator.name if pair.coordinator else t("all coordinators"),
        pair.pairing.made_at,
        pair.pairing.ended_at,
        t("yes") if pair.rest else t("no"),
        (pair.pairing.pace or within) / DAY,
        t("yes") if pair.space else t("no"),
        wrote.at if wrote else None,
    )

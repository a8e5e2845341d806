"""Who has which badge, as a list for a spreadsheet."""

from collections.abc import AsyncIterator, Sequence

from bot.badges.feature import feature
from bot.badges.keeping import definitions
from bot.context import Asked
from bot.language import later, t
from bot.tables import PAGE, Row
from storage.awards import Award, Awards
from storage.members import Members


@feature.export("badges", later("Badges: who has which, since when, and who gave it by hand"))
async def badges(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield every badge that somebody has; what ended is theirs alone."""
    yield [(t("Name"), t("Badge"), t("Since"), t("Given by hand"), t("By"))]
    last = 0
    while page := await asked.work.of(Awards).listed(last, PAGE):
        last = page[-1].id
        yield await _rows(asked, [one for one in page if one.ended_at is None])


async def _rows(asked: Asked, page: Sequence[Award]) -> Sequence[Row]:
    people = await asked.work.of(Members).get({id_ for one in page for id_ in (one.member_id, one.by_id) if id_})
    kept = await definitions(asked, {one.badge_id for one in page})
    names = {id_: one.name for id_, one in people.items()}
    return [
        (
            names[one.member_id],
            t(kept[one.badge_id].title),
            one.made_at,
            t("yes") if one.by_hand else t("no"),
            names.get(one.by_id or 0, ""),
        )
        for one in page
    ]

"""Taking the titles off that somebody wears who is being forgotten: the last that is known of them."""

from bot.badges.keeping import definitions
from bot.context import Context
from bot.language import t
from bot.mydata.feature import feature
from storage.awards import Awards
from storage.badge_choices import BadgeChoices
from storage.leaving import Leaving
from storage.outbox import Effect, NewRow, OutboxRow, Urgency

TITLE = "mydata.title"


async def worn(context: Context, leaving: Leaving) -> list[NewRow]:
    """Return what takes a member's titles off, if they let others see any."""
    member_id = leaving.member_id or 0
    if not (await context.work.of(BadgeChoices).get([member_id]))[member_id].post:
        return []
    return [
        NewRow(
            f"{TITLE}:{leaving.id}:{one.id}",
            TITLE,
            (leaving.id, one.id),
            member_id,
            context.now,
            Effect.TAKE_OFF,
            Urgency.AT_ONCE,
        )
        for one in (await context.work.of(Awards).held([member_id]))[member_id]
    ]


@feature.wearer(TITLE)
async def title(context: Context, row: OutboxRow) -> str | None:
    """Return the title of an award."""
    award = (await context.work.of(Awards).get([row.args[1]])).get(row.args[1])
    return None if award is None else t((await definitions(context, [award.badge_id]))[award.badge_id].title)

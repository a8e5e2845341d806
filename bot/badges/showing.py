"""/mentor badge: what somebody has earned and how far they are, with what counted."""

import asyncio
from collections.abc import Sequence

from bot.badges import progress_wording as wording
from bot.badges import why_wording
from bot.badges.feature import feature
from bot.badges.looking import Mine, mine
from bot.badges.progress_picture import Row
from bot.badges.progress_picture import progress as draw
from bot.context import Afterwards, Asked, Reading
from bot.errors import UserError
from bot.feature import Option, number
from bot.language import spoken, t
from bot.members import wording as members_wording
from bot.people import EVERYONE
from bot.views import Message


@feature.command(
    "badge",
    "See your badges: what you've earned, how far you are, and why",
    who=EVERYONE,
    options=(Option("why", "with what counted", flag=True),),
)
async def badge(asked: Asked, why: str | None = None) -> Message | Afterwards:
    """Show the badges of whoever asks, or what counted for them."""
    if why:
        raise UserError(why_wording.BADGE_OR_WHY)
    return await (show if why is None else show_why_of_all)(asked)


@feature.button("badges.mine", who=EVERYONE)
async def show(asked: Asked) -> Message | Afterwards:
    """Show the badges of whoever asks; the pictures are drawn once it is known what is in them."""
    found = await mine(asked, asked.member)
    if not (asked.policy.badges.on or found):
        return wording.none_here()
    zone = asked.member.zone
    who = wording.Reader(asked.now, zone, asked.program.policy, asked.member.badges)
    bars = [(t(one.definition.title), wording.rows(one.standing, zone) if one.standing else []) for one in found]

    async def answer(_reading: Reading) -> Message:
        return wording.page(found, await asyncio.to_thread(_drawn, bars, spoken()), who)

    return Afterwards(answer, asked)


def _drawn(bars: Sequence[tuple[str, Sequence[Row]]], language: str) -> list[bytes | None]:
    return [draw(title, rows, language) if rows else None for title, rows in bars]


async def show_why_of_all(asked: Asked) -> Message:
    """Show what counted for each badge that whoever asks can earn."""
    if not asked.policy.badges.on:
        return wording.none_here()
    found = [one for one in await mine(asked, asked.member) if one.standing is not None]
    if len(found) == 1:
        return why_wording.why(found[0], asked.member.zone)
    return why_wording.which(found)


@feature.button("badges.why", number, who=EVERYONE)
async def show_why(asked: Asked, badge_id: int) -> Message:
    """Show what counted for one badge."""
    return why_wording.why(await one_of_mine(asked, badge_id), asked.member.zone)


async def one_of_mine(asked: Asked, badge_id: int) -> Mine:
    """Return a badge that whoever asks can earn; a forged id, and one that has changed since, get the same answer."""
    one = next(
        (one for one in await mine(asked, asked.member) if one.id == badge_id and one.standing is not None), None
    )
    if one is None:
        raise UserError(members_wording.OLD_BUTTON)
    return one

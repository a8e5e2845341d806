"""How a test lets somebody earn a badge, and reads what is said of it, as people do."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.badges import deciding
from bot.badges.judging import judged
from bot.badges.keeping import badges_of
from bot.context import Asked, Context
from bot.people import Member
from storage.awards import Award, Awards
from storage.badges import Badges
from storage.channels import Channels
from storage.members import Members
from tests.drivers.driver import Seen
from tests.goals.wanting import moves, wants
from tests.world import NOOR, World, world

HALL = NOOR  # a place in which others are
TITLE = "Steady Steps"
EARNED = f"Good news: you've earned the badge “{TITLE}”!"
MISSING = f"A word about your badge “{TITLE}”: something is missing just now."
STEADY = """
name = "mentee-accountability"
title = "Steady Steps"
for = "mentee"
shape = "star"
about = "For mentees who keep at it."
perks = ["Known as somebody who keeps at it"]
certificate = true

[[criterion]]
measure = "goals_active"
at_least = 1

[[criterion]]
measure = "goal_updates"
at_least = 1
within = "7d"

[[criterion]]
measure = "availability_current"
"""


@asynccontextmanager
async def with_badges(
    url: str, folder: Path, changes: Mapping[str, str] | None = None, *, hall: bool = True
) -> AsyncIterator[World]:
    """Open a program that gives mentees a badge that is soon earned, with a channel for all."""
    async with world(url, folder, {"badges.on": "true", **(changes or {})}) as opened:
        async with opened.database.work(1) as work:
            await work.of(Badges).put("mentee-accountability", STEADY, None)
            if hall:
                await work.of(Channels).put(opened.place(HALL))
        await opened.core.daily()
        yield opened


async def earns(riverside: World, user: str = "lena") -> Seen:
    """Let somebody have the first goal, which is all that the badge asks for; return the message that tells of it."""
    await wants(riverside, user=user)
    await moves(riverside, 10, user=user)
    inbox = await riverside.inbox(user)
    return inbox[-1] if inbox else Seen()


async def awards(riverside: World, user: str = "lena") -> list[Award]:
    """Return the badges that somebody has or had."""
    async with riverside.database.work(1) as work:
        return await work.of(Awards).of_member(await riverside.member(work, user))


@asynccontextmanager
async def coordinating(riverside: World) -> AsyncIterator[Asked]:
    """Begin a transaction in which Rosa asks for something."""
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        rosa = await person(riverside, context, "rosa")
        whole = (context.work, context.program, context.policy, context.house)
        yield Asked(*whole, rosa, riverside.account("rosa"))


async def person(riverside: World, context: Context, user: str) -> Member:
    """Return somebody as a member."""
    id_ = await riverside.member(context.work, user)
    return (await context.work.of(Members).get([id_]))[id_]


async def gives(riverside: World, user: str, reason: str = "Always there") -> Award:
    """Let Rosa give somebody a badge by hand."""
    async with coordinating(riverside) as asked:
        member = await person(riverside, asked, user)
        (one,) = await judged(asked, [member], await badges_of(asked))
        given = await deciding.give(asked, member, one.badge, reason)
    assert given is not None
    return given


async def withdraws(riverside: World, user: str, reason: str) -> None:
    """Let Rosa withdraw somebody's badge."""
    async with coordinating(riverside) as asked:
        member = await person(riverside, asked, user)
        (award,) = (await asked.work.of(Awards).held([member.id]))[member.id]
        assert await deciding.withdraw(asked, award, member, reason)

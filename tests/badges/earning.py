"""How a test lets somebody earn a badge, and reads what is said of it, as people do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.badges.frozen import evidence, words
from bot.badges.keeping import badges_of
from bot.badges.looking import is_for, mine
from bot.badges.telling import tell_earned, tell_ended, tell_warned
from bot.context import Context
from bot.people import Member
from storage.awards import Award, Awards, NewAward
from storage.channels import Channels
from storage.members import Members
from tests.drivers.driver import Seen
from tests.world import World, world

HALL = "hall"
FIRST = "Good news: you've earned the badge “Accountability Badge”!"


@asynccontextmanager
async def with_badges(url: str, folder: Path, **changes: str) -> AsyncIterator[World]:
    """Open a program that gives badges, with a channel for all."""
    async with world(url, folder, {"badges.on": "true", **changes}) as opened:
        async with opened.database.work(1) as work:
            await work.of(Channels).put(opened.place(HALL))
        yield opened


@asynccontextmanager
async def at_work(riverside: World) -> AsyncIterator[Context]:
    """Begin a transaction, as the bot does."""
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        yield context


async def person(riverside: World, context: Context, user: str) -> Member:
    """Return somebody as a member."""
    id_ = await riverside.member(context.work, user)
    return (await context.work.of(Members).get([id_]))[id_]


async def earns(riverside: World, user: str, *, by: str | None = None) -> Award:
    """Let somebody earn the first badge that is for them, or be given it by a coordinator."""
    async with at_work(riverside) as context:
        member = await person(riverside, context, user)
        badge = next(one for one in await badges_of(context) if is_for(one.definition, member))
        (one, *_) = await mine(context, member)
        assert one.standing is not None
        new = NewAward(
            member.id,
            badge.definition.name,
            badge.id,
            evidence(one.standing, context.now),
            words(one.standing, member.name, member.language),
            None if by is None else await riverside.member(context.work, by),
            None if by is None else "Always there",
        )
        (award,) = await context.work.of(Awards).add([new])
        await tell_earned(context, [award])
    return award

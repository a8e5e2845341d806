"""/mentor goals: what the two of a pairing want to reach, as either of them sees it."""

from collections.abc import Sequence

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Option, number
from bot.goals import wording
from bot.goals.feature import feature
from bot.goals.wording import Reader
from bot.members import wording as members_wording
from bot.pairings.pace import chosen, my_pairing, my_pairings
from bot.people import PAIRED, Pairing
from bot.views import Message
from storage.goals import Goal, Goals, State

LINES = 3  # updates that are shown of one goal


@feature.command(
    "goals",
    "See your goals, say how far they are, add one",
    who=PAIRED,
    options=(Option("partner", "with whom, if you have several", also=("with",)),),
)
async def goals(asked: Asked, partner: str = "") -> Message:
    """List the goals with somebody, or ask with whom."""
    mine = await my_pairings(asked)
    one = await chosen(asked, mine, partner)
    if one is None:
        return wording.which(mine, await asked.work.of(Goals).counts([pairing.id for pairing, _ in mine]))
    return await _listed(asked, reader(asked, *one))


@feature.button("goals.every", who=PAIRED)
async def goals_of_every(asked: Asked) -> Message:
    """Ask whose goals somebody would like to see."""
    return await goals(asked)


@feature.button("goals.of", number, who=PAIRED)
async def goals_of(asked: Asked, pairing_id: int) -> Message:
    """List the goals of one pairing."""
    return await _listed(asked, reader(asked, *await my_pairing(asked, pairing_id)))


async def _listed(asked: Asked, who: Reader) -> Message:
    store = asked.work.of(Goals)
    every = await store.of_pairing(who.pairing.id, active=False)
    active = [one for one in every if one.state is State.ACTIVE]
    lines = await store.updates([one.id for one in active], 1)
    return wording.goals(who, active, lines, len(every) - len(active))


@feature.button("goals.show", number, who=PAIRED)
async def show(asked: Asked, goal_id: int) -> Message:
    """Show one goal with all that can be done."""
    who, one = await my_goal(asked, goal_id)
    return wording.goal(who, one, (await asked.work.of(Goals).updates([one.id], LINES))[one.id])


@feature.button("goals.over", number, who=PAIRED)
async def over(asked: Asked, pairing_id: int) -> Message:
    """List the goals of a pairing that are done or dropped, the newest first."""
    who = reader(asked, *await my_pairing(asked, pairing_id))
    every = await asked.work.of(Goals).of_pairing(pairing_id, active=False)
    past = [one for one in every if one.state is not State.ACTIVE]
    return wording.past(who, sorted(past, key=lambda one: one.closed_at or one.moved_at, reverse=True))


def reader(asked: Asked, pairing: Pairing, other: str) -> Reader:
    """Return who reads about a pairing's goals."""
    member = asked.member
    return Reader(member.id, member.zone, asked.now, pairing, other, asked.policy.goals.smart_needed)


async def my_goal(asked: Asked, goal_id: int) -> tuple[Reader, Goal]:
    """Return a goal of one's own pairing, which nobody else changes now; a forged id gets an old button's answer."""
    store = asked.work.of(Goals)
    found = (await store.get([goal_id])).get(goal_id)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    who = reader(asked, *await my_pairing(asked, found.pairing_id))
    return who, (await store.get([goal_id]))[goal_id]


@feature.standing
async def how_many(asked: Asked, pairing: Pairing) -> Sequence[str]:
    """Tell coordinators how many goals there are."""
    counts = (await asked.work.of(Goals).counts([pairing.id])).get(pairing.id)
    return [wording.counts(counts, asked.member.zone)] if counts else []

"""The end of goals: done, dropped, celebrated if somebody likes; and that there is nothing new just now."""

from bot.context import Asked
from bot.errors import UserError
from bot.feature import number
from bot.goals import wording
from bot.goals.feature import feature
from bot.goals.handlers import my_goal
from bot.goals.keeping import DONE, PARTY, heard, party_key
from bot.goals.rules import MOST
from bot.goals.wording import Reader
from bot.members import wording as members_wording
from bot.people import PAIRED
from bot.views import Message
from storage.goals import Goal, Goals, State
from storage.outbox import Effect, NewRow, Urgency
from storage.pairings import Pairings


@feature.button("goals.done", number, who=PAIRED)
async def done(asked: Asked, goal_id: int) -> Message:
    """Take a goal as reached, and let the other side know."""
    who, one = await my_goal(asked, goal_id)
    if not await _close(asked, one, State.DONE):
        return wording.over(who, one, celebrate=await _may_celebrate(asked, who, one))
    key = f"goal-done:{goal_id}:{asked.now.timestamp():.6f}"
    row = (key, DONE, (goal_id,), who.pairing.other(asked.member.id), asked.now)
    await asked.work.outbox.add([NewRow(*row, urgency=Urgency.PATIENT)])
    one = (await asked.work.of(Goals).get([goal_id]))[goal_id]
    return wording.over(who, one, celebrate=await _may_celebrate(asked, who, one), again=False)


@feature.button("goals.drop", number, who=PAIRED)
async def drop(asked: Asked, goal_id: int) -> Message:
    """Let a goal go; nobody is told."""
    who, one = await my_goal(asked, goal_id)
    again = not await _close(asked, one, State.DROPPED)
    return wording.over(who, (await asked.work.of(Goals).get([goal_id]))[goal_id], again=again)


async def _close(asked: Asked, goal: Goal, state: State) -> bool:
    store = asked.work.of(Goals)
    before = (await store.reminding([goal.id]))[goal.id]
    if not await store.close(goal.id, state, asked.member.id):
        return False
    await asked.work.audit.add(asked.member.key, f"goals.{state}")
    await heard(asked, before)
    return True


@feature.button("goals.reopen", number, who=PAIRED)
async def reopen(asked: Asked, goal_id: int) -> Message:
    """Let a goal go on that was done or dropped."""
    who, one = await my_goal(asked, goal_id)
    store = asked.work.of(Goals)
    if one.state is State.ACTIVE:
        return wording.goes_on_already(who)
    if len(await store.of_pairing(one.pairing_id)) >= MOST:
        raise UserError(wording.too_many())
    before = (await store.reminding([goal_id]))[goal_id]
    await store.reopen(goal_id)
    await asked.work.audit.add(asked.member.key, "goals.reopen")
    await heard(asked, before)
    return wording.goes_on(who)


@feature.button("goals.celebrate", number, who=PAIRED)
async def celebrate(asked: Asked, goal_id: int) -> Message:
    """Say in the pairing's space that a goal was reached."""
    who, one = await my_goal(asked, goal_id)
    if await asked.work.outbox.by_keys([party_key(goal_id)]):
        return wording.celebrated_already()
    if not await _may_celebrate(asked, who, one):
        raise UserError(members_wording.OLD_BUTTON)
    row = (party_key(goal_id), PARTY, (goal_id,), None, asked.now, Effect.POST, Urgency.AT_ONCE)
    await asked.work.outbox.add([NewRow(*row, pairing_id=one.pairing_id)])
    await asked.work.audit.add(asked.member.key, "goals.celebrate")
    return wording.celebrated()


async def _may_celebrate(asked: Asked, who: Reader, one: Goal) -> bool:
    """Tell whether somebody likes that, and there is a place for it where it wasn't said yet."""
    if one.state is not State.DONE or not asked.member.celebrations:
        return False
    said = await asked.work.outbox.by_keys([party_key(one.id)])
    return not said and bool(await asked.work.of(Pairings).open_spaces([who.pairing.id]))


@feature.button("goals.later", number, who=PAIRED)
async def later(asked: Asked, goal_id: int) -> Message:
    """Take it that there is nothing new of a goal just now."""
    who, one = await my_goal(asked, goal_id)
    if one.state is not State.ACTIVE:
        return wording.over(who, one)
    store = asked.work.of(Goals)
    before = (await store.reminding([goal_id]))[goal_id]
    await store.put_off(goal_id)
    await heard(asked, before)
    return wording.put_off(asked.policy.goals.update_every)

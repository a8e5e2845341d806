"""Working turns out when messages change: going on where the fold ended, or anew from a fresh beginning."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.context import Context
from bot.facts import CountsChanged, MessagesChanged
from bot.grouping import by_pairing
from bot.nudges.keeping import bring_up_to_date, settle
from bot.nudges.turns import Folded, fold, go_on
from bot.people import Pairing
from storage.messages import MessageRow, Messages
from storage.nudges import Nudges, Outcome, Turn, TurnFacts
from storage.pairings import Pairings
from storage.reactions import Reactions
from storage.tails import Tail, Tails

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

_Key = tuple[int, str]  # the space, and the message that opened a turn in it


async def work_out(context: Context, changed: MessagesChanged) -> None:
    """Bring the turns of pairings up to date whose messages changed, and all that follows from it."""
    pairings = await context.work.of(Pairings).lock(changed.since.keys())
    tails = await context.work.of(Tails).get(changed.said.keys())
    later = {id_: said for id_, said in changed.said.items() if id_ in tails and _comes_after(said, tails[id_])}
    anew = {id_: at for id_, at in changed.since.items() if id_ not in later}
    before = [tail.waits for id_, tail in tails.items() if id_ in later and tail.waits is not None]
    figures, eras = context.policy.nudges, await context.house.eras(context.work, context.program)
    folded = {id_: go_on(pairings[id_], figures, tails[id_], said, earlier=eras) for id_, said in later.items()}
    facts = [turn for one in folded.values() for turn in one.turns]
    if anew:
        known, worked_out = await _anew(context, pairings, anew)
        before += [turn.facts for turn in known]
        folded |= worked_out
        facts += _differences(known, (turn for one in worked_out.values() for turn in one.turns), context.now)
    await context.work.of(Tails).save({id_: one.tail for id_, one in folded.items()})
    await _keep(context, pairings, {_key(turn): turn for turn in before}, facts)


def _comes_after(said: Sequence[MessageRow], tail: Tail) -> bool:
    return min(message.at for message in said) > tail.until


async def _keep(
    context: Context, pairings: Mapping[int, Pairing], before: Mapping[_Key, TurnFacts], facts: Collection[TurnFacts]
) -> None:
    turns = await context.work.of(Nudges).save(facts)
    nudges = await settle(context, turns, pairings)
    reminded = [turn for turn in turns if nudges[turn.id] and _key(turn.facts) in before]
    otherwise = [turn for turn in reminded if _said(before[_key(turn.facts)]) != _said(turn.facts)]
    await bring_up_to_date(context, otherwise)
    if settled := {turn.facts.answerer_id for turn in turns if turn.facts.closed_at is not None}:
        await context.tell(CountsChanged(settled))


def _said(facts: TurnFacts) -> tuple[Outcome, int]:
    """Return what a reminder says of a turn."""
    return facts.outcome, facts.reopened


def _key(facts: TurnFacts) -> _Key:
    return facts.space_id, facts.opener


async def _anew(
    context: Context, pairings: Mapping[int, Pairing], since: Mapping[int, datetime]
) -> tuple[list[Turn], dict[int, Folded]]:
    """Fold the tails of pairings from before a change; return the turns that were known there, and what there are."""
    store = context.work.of(Nudges)
    begins = await store.begin_of(await store.marked_from(since))
    starts = {id_: begins[id_].facts.opened_at if id_ in begins else BEGINNING for id_ in since}
    messages = by_pairing(await context.work.of(Messages).since(starts))
    reactions = by_pairing(await context.work.of(Reactions).since(starts))
    marks = by_pairing(await store.marks_since(starts))
    eras = await context.house.eras(context.work, context.program)
    folded: dict[int, Folded] = {}
    for id_ in since.keys() & pairings.keys():
        begun = begins[id_].facts if id_ in begins else None
        events = (messages.get(id_, ()), reactions.get(id_, ()), marks.get(id_, ()))
        folded[id_] = fold(pairings[id_], context.policy.nudges, *events, begun=begun, earlier=eras)
    return await store.since(starts), folded


def _differences(known: Collection[Turn], there: Iterable[TurnFacts], now: datetime) -> list[TurnFacts]:
    """Return the turns that are new or different, and as withdrawn those that are no more."""
    before = {_key(turn.facts): turn.facts for turn in known}
    now_there = {_key(facts): facts for facts in there}
    gone = [
        replace(facts, outcome=Outcome.WITHDRAWN, closed_at=facts.closed_at or now)
        for key, facts in before.items()
        if key not in now_there
    ]
    return [*(facts for key, facts in now_there.items() if before.get(key) != facts), *gone]

"""However a conversation reaches the bot, its turns are those of the whole conversation."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import policy
from bot.calls import Deleted, Observation, Posted, Reacted
from bot.core import Core
from bot.facts import MessagesChanged
from bot.features import FEATURES
from bot.members import roster
from bot.nudges.turns import fold
from bot.people import Place
from storage.messages import Messages
from storage.nudges import Mark, MarkRow, Nudges, Outcome, TurnFacts
from storage.opening import open_database
from storage.pairings import Pairings
from tests.world import COMMUNITY

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SPACE = Place("playground", "riverside", "amara-lena")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def conversation(dice: random.Random) -> list[Observation]:
    """Make a conversation of some weeks with reactions that come and go, and deletions."""
    at = START
    seen: list[Observation] = []
    for number in range(dice.randint(5, 25)):
        at += timedelta(minutes=dice.choice([1, 5, 30, 100, 400, 1000, 4000]))
        users = dice.choice(["amara", "lena"]), dice.choice(["amara", "lena"])
        addresses = frozenset({users[1]} if dice.random() < 0.2 else ())
        seen.append(Posted(SPACE, f"m{number}", users[0], at, addresses))
        soon = at + timedelta(minutes=dice.randint(1, 3000), seconds=number)
        if dice.random() < 0.3:
            seen.append(Reacted(SPACE, f"m{number}", users[1], dice.choice(["eyes", "tada"]), soon))
        if dice.random() < 0.15:
            seen.append(Deleted(SPACE, f"m{number}", soon))
    return seen


def batches(seen: Sequence[Observation], dice: random.Random) -> list[list[Observation]]:
    """Deliver it in disorder, in pieces, and some of it twice."""
    order = sorted(seen, key=lambda one: one.at + timedelta(minutes=dice.choice([0, 0, 0, 600, 5000])))
    order += dice.sample(order, len(order) // 4)
    pieces = []
    while order:
        size = dice.randint(1, 5)
        pieces.append(order[:size])
        order = order[size:]
    return pieces


async def kept(core: Core) -> list[TurnFacts]:
    """Return the turns in the database, but for those whose opener is gone."""
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        turns = await context.work.of(Nudges).every_turn()
    return [turn.facts for turn in turns if turn.facts.outcome is not Outcome.WITHDRAWN]


def by_opener(turns: Sequence[TurnFacts]) -> list[TurnFacts]:
    """Put turns in order."""
    return sorted(turns, key=lambda turn: (turn.opened_at, turn.opener))


async def folded(core: Core) -> list[TurnFacts]:
    """Work out all turns from all messages at once."""
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        (pairing, _) = await context.work.of(Pairings).going_on()
        starts = {pairing.id: LONG_AGO}
        messages = await context.work.of(Messages).since(starts)
        reactions = await context.work.of(Messages).reactions_since(starts)
        marks = await context.work.of(Nudges).marks_since(starts)
    return fold(pairing, policy.load().nudges, messages, reactions, marks)


async def somebody_says(core: Core, dice: random.Random) -> None:
    """Let one of the two say something about a message, as the buttons and the menu do."""
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        (pairing, _) = await context.work.of(Pairings).going_on()
        messages = await context.work.of(Messages).since({pairing.id: LONG_AGO})
        if not messages:
            return
        of = dice.choice(messages)
        at = max(messages[-1].at, of.at) + timedelta(minutes=dice.choice([1, 50, 700]))
        kind = dice.choice([Mark.WANTED, Mark.WANTED, Mark.NO_HURRY, Mark.NOT_NEEDED, Mark.ELSEWHERE])
        who = dice.choice([pairing.mentor_id, pairing.mentee_id])
        mark = MarkRow(pairing.id, of.space_id, of.external, who, kind, at)
        await context.work.of(Nudges).add_mark(mark)
        await context.tell(MessagesChanged({pairing.id: of.at + timedelta(microseconds=1)}))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("said", [0.0, 0.4], ids=["messages alone", "with buttons"])
async def test_in_pieces_in_disorder_and_twice_is_the_same(
    database_url: str, tmp_path: Path, seed: int, said: float
) -> None:
    """Random conversations, delivered badly, end in the turns of the whole."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    database = await open_database(database_url, lambda: START)
    core = Core(database, FEATURES)
    await roster.enrol(core, roster.read(COMMUNITY))
    for piece in batches(conversation(dice), dice):
        await core.ingest(piece)
        if dice.random() < said:
            await somebody_says(core, dice)
        assert by_opener(await folded(core)) == by_opener(await kept(core))
    await database.close()

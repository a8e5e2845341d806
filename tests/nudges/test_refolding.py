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
from storage.reactions import Reactions
from tests.world import COMMUNITY, LENA, MONDAY, NOOR, world

pytestmark = pytest.mark.only_on("playground")  # it is about what stands behind every platform

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
        reactions = await context.work.of(Reactions).since(starts)
        marks = await context.work.of(Nudges).marks_since(starts)
    return fold(pairing, policy.load().nudges, messages, reactions, marks).turns


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


async def test_what_was_reopened_reaches_over_a_later_beginning(database_url: str, tmp_path: Path) -> None:
    """A message that waits again after a newer one was settled takes in what its writer adds, then and later."""
    async with world(database_url, tmp_path) as riverside:
        first = await riverside.says("lena")
        await riverside.says("amara")
        await riverside.passes(hours=10)
        await riverside.says("lena")
        await riverside.says("amara")
        await riverside.driver.shortcut("lena", "nudges.wanted", LENA, first)
        await riverside.passes(hours=10)
        await riverside.says("lena")
        await riverside.says("amara")
        await riverside.passes(hours=1)
        await riverside.says("amara")
        turns = [turn for turn in await kept(riverside.core) if turn.space_id == 1]
        assert [(1, Outcome.ANSWERED), (0, Outcome.ANSWERED)] == [(turn.reopened, turn.outcome) for turn in turns]


async def test_half_a_year_later(database_url: str, tmp_path: Path) -> None:
    """Old messages are deleted every night, and what still waits goes on waiting as the one turn that it is."""
    async with world(database_url, tmp_path) as riverside:
        for _ in range(40):
            await riverside.says("lena")
            await riverside.says("noor", NOOR)
            await riverside.says("amara", NOOR)
            await riverside.passes(days=7)
            await riverside.core.daily()
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            messages = await context.work.of(Messages).since({1: LONG_AGO, 2: LONG_AGO})
            waiting = await context.work.of(Nudges).open_turns()
        oldest = riverside.clock.now() - timedelta(weeks=27)
        assert [] == [row for row in messages if row.at < oldest]
        assert [MONDAY] == [turn.facts.opened_at for turn in waiting]
        assert 3 == len([seen for seen in await riverside.inbox("amara") if "Lena Vogt" in seen.text])
        (turn,) = waiting
        answer = await riverside.presses("amara", f"nudges.put_off:{turn.id}:0:1")
        assert "I'll remind you of Lena Vogt's message" in answer
        await riverside.passes(days=4)
        assert 4 == len([seen for seen in await riverside.inbox("amara") if "Lena Vogt" in seen.text])
        await riverside.says("amara")
        assert (await riverside.asks("amara", "/mentor waiting")).startswith("Nothing waits for you")


async def test_when_everything_sleeps(database_url: str, tmp_path: Path) -> None:
    """A program in which nobody wrote for half a year has no message left, and wakes up as new."""
    async with world(database_url, tmp_path) as riverside:
        await riverside.says("lena")
        await riverside.passes(days=200)
        await riverside.core.daily()
        assert [] == await kept(riverside.core)
        await riverside.says("lena")
        assert 1 == len(await kept(riverside.core))

"""Whether a made-up town is as the bot itself would have written it; whatever is tried is undone."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from bench.town import BEYOND, Town, micros
from bot.calls import Posted
from bot.context import Context
from bot.core import Core
from bot.observing import observe
from storage.due import Due
from storage.nudges import Nudges, Outcome, Turn
from storage.programs import Program

SAMPLE = 20
LATER = datetime.resolution


class _UndoneError(Exception):
    """The transaction is to leave no trace."""


async def prove(core: Core, program: Program, town: Town) -> None:
    """Raise AssertionError if the bot would change anything in a sample of a town, or couldn't go on from there."""
    with suppress(_UndoneError):
        async with core.at_work(program) as context:
            sample = range(0, town.size, max(1, town.size // SAMPLE))
            before = [await _known(context, town, turn) for turn in sample]
            await observe(context, [town.opener(turn) for turn in sample])
            _check([await _known(context, town, turn) for turn in sample] == before, "it is folded differently")
            _check(all(at == micros(town.alarm(turn)) for turn, (_, at) in zip(sample, before, strict=True)), "alarms")
            await observe(context, [_answer(town, turn) for turn in sample])
            after = [await _known(context, town, turn) for turn in sample]
            _check(all(turn.facts.outcome is Outcome.ANSWERED and at is None for turn, at in after), "answers")
            raise _UndoneError


async def _known(context: Context, town: Town, turn: int) -> tuple[Turn, Any]:
    """Return a turn as it is stored, and its alarm."""
    stored = (await context.work.of(Nudges).get([BEYOND + turn]))[BEYOND + turn]
    rows = (await context.work.of(Due).of(BEYOND + town.mentor(town.pairing(turn))))["due"]
    return stored, next((row["at"] and micros(row["at"]) for row in rows if row["subject"] == stored.id), None)


def _answer(town: Town, turn: int) -> Posted:
    opener, mentor = town.opener(turn), town.account(town.mentor(town.pairing(turn)))
    return Posted(opener.place, "answer", mentor.user, opener.at + LATER)


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(f"the made-up town is not what the bot would have written: {what}")

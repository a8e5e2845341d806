"""A bot's process in which people make reports and look back at them, one after the other, until somebody kills it."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random

from sqlalchemy import Engine, event

from bot import logs
from bot.clock import SetClock
from bot.views import Message
from tests.reports.calling import Caller, button, code_in, replies, reviews, sends
from tests.reports.twins import BEFORE, Bot, bot_on
from tests.world import MONDAY

MARK = "zqx77wv"
USERS = ("lena", "amara", "noor", "rosa", "ravi")
REPORTS = 20  # of one process: nobody may send more than five a day
BEGINS_WITHIN = 60.0  # seconds
LONGEST = 0.5  # seconds until it is killed
TRANSACTIONS = range(1, 60)  # in some of which it kills itself: those of four reports

_context = get_context("forkserver")


@dataclass(frozen=True)
class Life:
    """What a process is told: its file, where it logs, where it says what people know, and which life it is.

    `ends_at`: it kills itself when it is about to begin that transaction, just after another one was committed.
    """

    file: Path
    log: Path
    known: Path
    number: int
    ends_at: int | None = None


@dataclass(frozen=True)
class Known:
    """What somebody knows of a report of theirs: the code and the token of the draft, and what was said to be sent."""

    code: str
    token: str
    is_sent: bool
    replied: int


def main(life: Life) -> None:
    """Live."""
    with life.log.open("a", buffering=1) as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
        logs.configure("debug", "text", stream)
        asyncio.run(_live(life))


async def _live(life: Life) -> None:
    clock = SetClock(MONDAY + BEFORE + timedelta(days=life.number))
    with life.known.open("a", buffering=1) as known:
        async with bot_on(life.file, clock) as bot:
            if life.ends_at is not None:
                _end_at(life.ends_at)
            for number in range(REPORTS):
                await _report(bot, Caller(bot.core, USERS[number % len(USERS)], f"-{life.number}-{number}"), known)
                await bot.passes(timedelta(minutes=25))


def _end_at(number: int) -> None:
    begun = count(1)

    def begins(_connection: object) -> None:
        if next(begun) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "begin", begins)


async def _report(bot: Bot, me: Caller, known: object) -> None:
    def note(*words: str) -> None:
        print(*words, file=known)  # type: ignore[call-overload]

    said = {"kind": "money", "what": f"He {MARK} me. " * 40, "concerned": f"A {MARK}", "when": MARK, "wish": MARK}
    who = {"must_not": "nobody", "others": MARK, "named": "no", "danger": "no", "reach": MARK}
    review = await reviews(me, who, said)
    code, token = code_in(review), button(review, "reports.send").partition(":")[2]
    note("written", code, token)
    assert "It is sent" in (await sends(me, review)).plain
    note("sent", code)
    for _ in range(2):
        added = await replies(me, code, f"And {MARK} again")
        assert isinstance(added, Message)
        note("replied", code)


def killed(life: Life, random: Random) -> None:
    """Let a life begin, and end it at any moment once something was written, unless it ends itself."""
    _context.set_forkserver_preload(["tests.torture.bot", "tests.reports.killing"])
    life.known.touch()
    before = life.known.stat().st_size
    process = _context.Process(target=main, args=(life,), daemon=True)
    process.start()
    end = time.monotonic() + BEGINS_WITHIN
    while life.known.stat().st_size == before and process.is_alive() and time.monotonic() < end:
        time.sleep(0.005)
    if life.ends_at is None and process.pid is not None:
        time.sleep(random.uniform(0, LONGEST))
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert -signal.SIGKILL == process.exitcode, life.log.read_text()


def known(file: Path) -> Iterator[Known]:
    """Yield what people know; the last line may have been cut off."""
    lines = [line.split() for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")]
    for line in lines:
        if line[0] == "written":
            sent, replied = (sum(one[:2] == [word, line[1]] for one in lines) for word in ("sent", "replied"))
            yield Known(line[1], line[2], bool(sent), replied)

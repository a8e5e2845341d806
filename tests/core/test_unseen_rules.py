"""Which calls leave no trace, and how quiet it is around them."""

import asyncio
import io
import logging
from pathlib import Path

import pytest
import structlog

from bot.access import Access
from bot.calls import Call, Command, PersonShortcut, Press, Remark, Shortcut, Submit
from bot.context import Asked
from bot.core import Core
from bot.feature import Feature, Option, quoted
from bot.features import FEATURES
from bot.hush import MOST
from bot.logs import OURS
from bot.people import EVERYONE, Account, Place
from bot.unseen import Unseen
from bot.views import Message
from tests.core.unseen import whisper
from tests.platforms import account, on_each_platform
from tests.world import World, world


async def test_a_call_that_comes_twice_is_answered_twice(riverside: World) -> None:
    """Nothing tells that it was there before; what it did, its handler has to know."""
    core = Core(riverside.database, (*FEATURES, whisper()))
    press = Press("once", account("playground", "lena"), "whisper.open")
    assert await core.handle(press) == await core.handle(press)


async def test_no_file_goes_where_it_could_be_found(riverside: World, log: io.StringIO) -> None:
    """Where private answers can't hold files they would go into the direct conversation."""
    core = Core(riverside.database, (*FEATURES, whisper()))
    reply = await core.handle(Press("1", account("playground", "lena"), "whisper.file"))
    assert isinstance(reply, Message)
    assert "Something went wrong on my side, and nothing was sent or kept" in reply.plain
    assert "" == log.getvalue()


@on_each_platform
async def test_libraries_log_nothing_finer(platform: str, sqlite_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """At the most talkative setting they still don't log what they carry: it would be logged before the bot knows."""
    async with world(sqlite_url, tmp_path, on=platform):
        loggers = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
        finer = {one.name for one in loggers if one.getEffectiveLevel() < logging.INFO}
    assert set() == {name for name in finer if name.partition(".")[0] not in OURS}


LENA_ = Account("slack", "T1", "lena")
THERE = Place("slack", "T1", "C1")
COVERED: list[tuple[Call, bool]] = [
    (Command("1", LENA_, "mentor", "whisper words"), True),
    (Command("1", LENA_, "mentor", "WHISPER"), True),
    (Command("1", LENA_, "mentor", "whispr"), True),
    (Command("1", LENA_, "mentor", "I want to whisper about him"), True),
    (Command("1", LENA_, "mentor-admin", "whisper"), True),
    (Command("1", LENA_, "mentor", "help whisper"), False),
    (Command("1", LENA_, "mentor", "away"), False),
    (Command("1", LENA_, "mentor", "awya"), False),
    (Command("1", LENA_, "mentor", ""), False),
    (Press("1", LENA_, "whisper.open"), True),
    (Press("1", LENA_, "whisper.of_a_version_before:1"), True),
    (Press("1", LENA_, "whispering.open"), False),
    (Submit("1", LENA_, "whisper.sent:1", {}), True),
    (Submit("1", LENA_, "members.away_until", {}), False),
    (Shortcut("1", LENA_, "whisper.about", THERE, "1"), True),
    (Shortcut("1", LENA_, "nudges.wanted", THERE, "1"), False),
    (PersonShortcut("1", LENA_, "whisper.of", "amara"), True),
    (Remark("1", LENA_), False),
]


@pytest.mark.parametrize(("call", "expected"), COVERED, ids=repr)
def test_what_leaves_no_trace(call: Call, expected: bool) -> None:
    """What an unseen feature declares or declared, and what may be meant for it; nothing else."""
    assert expected == Unseen((*FEATURES, whisper())).covers(call)


def test_an_unseen_feature_asks_for_no_people() -> None:
    """The platform would see it, so it can't be declared."""
    feature = Feature("nosy", unseen=True)

    @feature.command("nosy", "Look", who=EVERYONE, options=(Option("who", "", people=True),))
    async def look(asked: Asked, who: str = "") -> Message:
        raise NotImplementedError

    with pytest.raises(ValueError, match="nosy is unseen"):
        Unseen([feature])


async def test_it_is_quiet_in_tasks_and_libraries_too(log: io.StringIO) -> None:
    """Until the end of it, and only there; each error is kept once, and not too many of them."""
    unseen, foreign, word = Unseen([]), logging.getLogger("a.library"), "heliotrope"

    async def work() -> None:
        foreign.warning("in a task")
        try:
            int(word)
        except ValueError:
            foreign.exception("with an error")
            structlog.get_logger("bot.x").exception("with an error")

    with unseen.hush():
        for _ in range(MOST + 2):
            await asyncio.create_task(work())
            await asyncio.to_thread(foreign.warning, "in a thread")
    assert "" == log.getvalue()
    foreign.warning("afterwards")
    assert 1 == len(log.getvalue().splitlines())
    for number in range(MOST + 2):
        unseen.keep(type(f"Error{number}", (Exception,), {})())
    unseen.tell()
    assert MOST == log.getvalue().count("nobody was named")
    assert (True, False) == ("ValueError" in log.getvalue(), word in log.getvalue())
    before = log.getvalue()
    unseen.tell()
    assert before == log.getvalue()


def test_a_lost_access_is_noted_by_another_call(log: io.StringIO) -> None:
    """That would be a line at the time of this one."""
    access = Access("slack", "the token was revoked")
    with Unseen([]).hush():
        access.denied()
    assert (False, "") == (access.lost, log.getvalue())
    access.denied()
    assert "no longer lets mentorbot in" in log.getvalue()


def test_a_quote_is_not_longer_than_it_may_be() -> None:
    """It is cut, and only given to an entry that quotes."""
    entries = whisper().shortcuts
    assert ("a" * 3_000, "") == (quoted(entries, "whisper.about", "a" * 4_000), quoted(entries, "other", "a"))

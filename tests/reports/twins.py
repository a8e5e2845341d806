"""Pairs of databases that differ in nothing but who made a report without a name: the same history, another writer."""

import io
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from prometheus_client import generate_latest

from bot.calls import Posted
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place, Role
from bot.ports import Sent
from bot.reports.sealing import identity, lock
from bot.responding import hour
from bot.views import Message
from scheduler.jobs import Jobs
from storage.backup import back_up
from storage.engine import Database, make_engine
from storage.members import Members
from storage.opening import open_database
from storage.responders import Responders
from storage.versions import newest
from tests.drivers.for_people import ForPeople, person
from tests.reports.calling import Caller, asks_back, code_in, looks, replies, reviews, sends, unlocks
from tests.reports.making import CHEAP, PASSPHRASE
from tests.world import COMMUNITY, LENA, MONDAY, NOOR, SECRET

PLACES = (LENA, NOOR)
BEFORE = timedelta(days=3)
KINDS = ("violence", "money", "worry")


class Post(ForPeople):
    """A platform that takes all that is sent to people, and says at once that it has."""

    name = "playground"
    connected = True

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent: list[tuple[str, str]] = []

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Take a message."""
        user = person(to).user
        self.sent.append((user, message.plain))
        return Sent(Place(self.name, "riverside", f"dm-{user}"), str(len(self.sent)))

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Find nothing: nothing was cut off."""
        return None

    async def edit(self, sent: Sent, message: Message) -> None:
        """Change nothing."""

    async def history(self, place: Place, since: object) -> list[Posted]:
        """Tell of nothing new."""
        return []

    def link(self, place: Place, message: str) -> str:
        """Lead nowhere."""
        return ""

    async def close(self) -> None:
        """End nothing."""


@dataclass
class Bot:
    """A bot on a file, with a clock that a test moves."""

    core: Core
    jobs: Jobs
    clock: SetClock
    post: Post

    async def passes(self, span: timedelta) -> None:
        """Let time pass; what is due on the way is done."""
        await self.jobs.leap(self.clock, self.clock.now() + span)


@asynccontextmanager
async def bot_on(file: Path, clock: SetClock) -> AsyncIterator[Bot]:
    """Let a bot work on a file that is up to date."""
    database = Database(make_engine(_url(file), newest()), clock.now)
    core, post = Core(database, FEATURES, secret=SECRET), Post()
    jobs = Jobs(core, core.platforms)
    core.platforms[post.name] = post
    try:
        yield Bot(core, jobs, clock, post)
    finally:
        await core.settled()
        await database.close()


async def prepare(file: Path) -> list[str]:
    """Fill a file with the time before: people talk, wait, are reminded, ask the bot; two answer reports.

    Return the secret keys of those two, and the one for recovery.
    """
    await (await open_database(_url(file), lambda: MONDAY)).close()
    async with bot_on(file, SetClock(MONDAY)) as bot:
        await roster.enrol(bot.core, roster.read(COMMUNITY))
        secrets = await _let_answer(bot, "ravi", "rosa")
        for number, (author, place) in enumerate([("lena", LENA), ("amara", NOOR), ("noor", NOOR), ("amara", LENA)]):
            there = Place("playground", "riverside", place)
            await bot.core.ingest([Posted(there, f"m{number}", author, bot.clock.now())])
            await bot.passes(timedelta(hours=9))
        for user in ("lena", "amara", "noor", "rosa", "ravi"):
            await Caller(bot.core, user).types("waiting")
        await bot.passes(BEFORE - (bot.clock.now() - MONDAY))
    return secrets


async def _let_answer(bot: Bot, *users: str) -> list[str]:
    (recovery, to_recovery), secrets = identity(), []
    (program, *_) = await bot.core.programs()
    async with bot.core.at_work(program) as context:
        ids = await context.work.of(Members).by_users("playground", "riverside", users)
        for user in users:
            secret, public = identity()
            member = (await context.work.of(Members).get([ids[user]]))[ids[user]]
            await context.work.of(Members).change(member.id, roles=member.roles | {Role.RESPONDER})
            await context.work.of(Responders).put_key(member.id, public, lock(secret, PASSPHRASE, CHEAP))
            secrets.append(secret)
        await context.work.of(Responders).put_contact(outside=identity()[1], recovery=to_recovery)
        await hour.begin(context)
    return [*secrets, recovery]


@dataclass(frozen=True)
class Left:
    """What an observer finds: files with all that was ever on this machine of a bot, by what they are."""

    folder: Path

    @property
    def files(self) -> Mapping[str, bytes]:
        """Their bytes."""
        return {one.name: one.read_bytes() for one in sorted(self.folder.iterdir()) if not one.name.endswith("-shm")}


async def lives(prepared: Path, folder: Path, writer: str, seed: int, log: io.StringIO) -> list[Left]:
    """Let somebody make a report and look back at it; return what is left right after it, and in the end.

    All else goes by `seed`, and is the same whoever writes.
    """
    random = Random(seed)  # noqa: S311 - nothing secret is drawn here
    folder.mkdir()  # noqa: ASYNC240 - nobody waits
    file = folder / "mentorbot.db"
    shutil.copy(prepared, file)
    log.truncate(0)
    log.seek(0)
    async with bot_on(file, SetClock(MONDAY + BEFORE + timedelta(minutes=random.randrange(50)))) as bot:
        await bot.core.settled()
        code = await _report(bot, writer, random)
        first = await _left(bot, folder, "sent", log)
        await bot.passes(timedelta(minutes=random.randrange(60, 100)))
        await Caller(bot.core, "noor", "-again").types("waiting")
        ravi = Caller(bot.core, "ravi", "-reads")
        await asks_back(ravi, await unlocks(ravi, PASSPHRASE), "When was it?")
        me = Caller(bot.core, writer, "-back")
        await looks(me, code)
        await replies(me, code, "On Monday. " * random.randrange(1, 200))
        await bot.passes(timedelta(hours=1))
        return [first, await _left(bot, folder, "end", log)]


async def _report(bot: Bot, writer: str, random: Random) -> str:
    me = Caller(bot.core, writer, "-writes")
    who = {"must_not": "nobody", "others": "", "named": "no", "danger": "no", "reach": ""}
    said = {"kind": random.choice(KINDS), "what": "It hurts. " * random.randrange(1, 290), "concerned": "My mentor"}
    review = await reviews(me, who, said)
    await bot.passes(timedelta(minutes=random.randrange(5)))
    assert "It is sent" in (await sends(me, review)).plain
    return code_in(review)


async def _left(bot: Bot, folder: Path, name: str, log: io.StringIO) -> Left:
    """Copy what lies on the disk just now, while the bot is at work; and make a backup."""
    left = folder / name
    left.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(folder / f"mentorbot.db{ending}", left / f"mentorbot.db{ending}")
    await back_up(_url(folder / "mentorbot.db"), left / "backup.db")
    (left / "log").write_text(log.getvalue())
    (left / "metrics").write_bytes(generate_latest(bot.core.telemetry.registry))
    (left / "messages").write_text(repr(sorted(bot.post.sent)))
    return Left(left)


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"

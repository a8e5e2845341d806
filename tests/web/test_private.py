"""Nobody's name, id, place or word is in what is served: whoever can reach the port may read it."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from sqlalchemy import text

from adapters.replay.platform import Recorder
from bot.calls import Command, Deleted, Observation, PersonShortcut, Posted, Press, Reacted, Shortcut, Submit
from bot.clock import SetClock
from bot.core import Core
from bot.errors import Refused
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place
from bot.ports import Platform, Sent
from bot.views import Message
from scheduler.jobs import Jobs
from storage.due import Setting
from storage.members import Members
from storage.opening import open_database
from storage.outbox import NewRow
from tests.web.watching import ADDRESSES, Watch, watched
from tests.world import MONDAY

PEOPLE = """
[program]
name = "{program}"
policy = "default"
[[people]]
name = "{mentor}"
roles = ["mentor"]
accounts = ["tape/{workspace}/{mentor_user}"]
[[people]]
name = "{mentee}"
roles = ["mentee"]
accounts = ["tape/{workspace}/{mentee_user}"]
[[people]]
name = "{coordinator}"
roles = ["coordinator"]
accounts = ["tape/{workspace}/{coordinator_user}"]
[[pairings]]
mentor = "{mentor}"
mentee = "{mentee}"
coordinator = "{coordinator}"
spaces = ["tape/{workspace}/{space}"]
"""
MARK = "zqx"
# All words that may ever stand in a label; what comes from outside is none of them.
WORDS = {
    *("tape", "posted", "deleted", "reacted", "command", "press", "submit", "shortcut", "personshortcut"),
    *("answered", "refused", "failed", "repeated", "sent", "edited", "waited", "dead"),
    *("mentorbot", "database", "rounds", "platforms", "outbox"),
}


class Tape(Recorder):
    """A platform that remembers what it is sent, and refuses the first message with somebody's words."""

    name = "tape"
    refused = False

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Refuse once, then take note."""
        if not self.refused:
            self.refused = True
            raise Refused(f"{to}: {message.plain}")
        return await super().send(to, message, key)


@dataclass
class Riverbank:
    """A program in which every name and id is such a word."""

    core: Core
    clock: SetClock
    names: Mapping[str, str]
    words: Iterator[str]

    @property
    def place(self) -> Place:
        """Where the two write to each other."""
        return Place("tape", self.names["workspace"], self.names["space"])

    def account(self, role: str) -> Account:
        """Return somebody's account."""
        return Account("tape", self.names["workspace"], self.names[f"{role}_user"])

    def word(self) -> str:
        """Return one more word."""
        return next(self.words)

    async def writes(self) -> list[Observation]:
        """Let messages be written, answered with reactions, deleted, and not be understood; return what stays."""
        mentor, mentee = self.account("mentor").user, self.account("mentee").user
        seen: list[Observation] = [Posted(self.place, self.word(), mentee, MONDAY) for _ in range(3)]
        elsewhere = Place("tape", self.word(), self.word())
        await self.core.ingest(seen)
        await self.core.ingest([Reacted(self.place, self.word(), mentor, self.word(), MONDAY)])
        await self.core.ingest([Deleted(self.place, self.word(), MONDAY)])
        await self.core.ingest([Posted(elsewhere, self.word(), self.word(), MONDAY, frozenset({self.word()}))])
        await self.core.ingest([Posted(self.place, self.word(), mentee, MONDAY.replace(tzinfo=None))])
        return seen

    async def asks(self, who: Account) -> None:
        """Let somebody ask for everything, in such words."""
        word = self.word
        await self.core.handle(Command(word(), who, "mentor", "waiting"))
        await self.core.handle(Command(word(), who, "mentor", f"away {word()}"))
        await self.core.handle(Command(word(), who, word(), word(), {word(): word()}))
        await self.core.handle(Press(word(), who, word()))
        await self.core.handle(Submit(word(), who, "members.away_until", {word(): word()}))
        await self.core.handle(Shortcut(word(), who, word(), self.place, word()))
        await self.core.handle(PersonShortcut(word(), who, word(), word()))

    async def lives(self) -> Tape:
        """Let days pass, and a message and an alarm be due in the end; return the platform."""
        tape = Tape(self.clock, await self.writes())
        jobs = Jobs(self.core, {tape.name: tape})
        for who in (*map(self.account, ("mentor", "mentee", "coordinator")), Account("tape", self.word(), self.word())):
            await self.asks(who)
        await jobs.leap(self.clock, MONDAY + timedelta(days=5))
        async with self.core.database.work(1) as work:
            ids = await work.of(Members).by_users("tape", self.names["workspace"], {self.names["mentor_user"]})
            (mentor,) = ids.values()
            await work.outbox.add([NewRow(self.word(), self.word(), (), mentor, self.clock.now())])
            await work.due.set(self.word(), [Setting(1, mentor, self.clock.now())])
        return tape


@asynccontextmanager
async def riverbank(url: str) -> AsyncIterator[Riverbank]:
    """Open such a program."""
    words = (f"{MARK}{number:03}" for number in count())
    keys = re.findall(r"{(\w+)}", PEOPLE)
    names = {key: next(words) for key in keys}
    clock = SetClock(MONDAY)
    database = await open_database(url, clock.now)
    try:
        core = Core(database, FEATURES)
        await roster.enrol(core, roster.parse(PEOPLE.format(**names), "people.toml"))
        yield Riverbank(core, clock, names, words)
    finally:
        await database.close()


async def found(watch: Watch) -> str:
    """Return all that is served, headers too."""
    answers = []
    for path in ADDRESSES:
        async with watch.session.get(path) as response:
            answers.append(f"{response.headers}\n{await response.text()}")
    return "\n".join(answers)


async def test_no_name_is_served(database_url: str) -> None:
    """Neither while all is well nor when something is wrong; and what is counted is there."""
    platforms: dict[str, Platform] = {}
    async with riverbank(database_url) as bank, watched(bank.core, bank.clock, platforms) as watch:
        platforms["tape"] = await bank.lives()
        shown = await found(watch)
        samples = await watch.samples()
        async with bank.core.database.connect() as conn:
            await conn.execute(text("ALTER TABLE outbox RENAME TO lost"))
        shown += await found(watch)
    assert MARK not in shown
    labels = {word for sample in samples for key, word in sample.labels.items() if key != "le"}
    assert set() == labels - WORDS
    assert {"posted", "reacted", "deleted", "answered", "refused", "sent", "dead"} <= labels
    due = ("mentorbot_outbox_due", "mentorbot_alarms_due")
    assert [1.0, 1.0] == [sample.value for sample in samples if sample.name in due]


async def test_a_name_would_be_found(database_url: str) -> None:
    """A platform that bore somebody's name would show."""
    async with riverbank(database_url) as bank:
        tape = Tape(bank.clock, [])
        async with watched(bank.core, bank.clock, {bank.word(): tape}) as watch:
            assert MARK in await found(watch)

"""A real program whose people do things and to whom things are sent: what is compared with the model."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.calls import Command, Press, Submit
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.feedback.judging import judged
from bot.feedback.rules import verdict
from bot.members import roster
from bot.nudges.rules import rate
from bot.people import Account, Place
from bot.ports import Sent
from bot.sessions import approval
from bot.views import Actions, Button, File, Message, Reply
from scheduler.jobs import Jobs
from storage.effects import deliveries, outbox
from storage.engine import Database
from storage.opening import open_database
from storage.pairings import Pairings
from storage.session_tables import sessions, times
from storage.sheet_tables import sheets
from storage.sheets import Sheets
from tests.drivers.for_people import person
from tests.scheduler.flaky import Flaky
from tests.sessions.model_acts import Act

START = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
PEOPLE = {"amara": 1, "lena": 2, "noor": 3, "rosa": 4}
USERS = {id_: user for user, id_ in PEOPLE.items()}
TOWN = """
[program]
name = "Riverside Mentoring"
[[people]]
name = "Amara Okafor"
roles = ["mentor"]
zone = "Asia/Kolkata"
accounts = ["playground/riverside/amara"]
[[people]]
name = "Lena Vogt"
roles = ["mentee"]
zone = "America/New_York"
accounts = ["playground/riverside/lena"]
[[people]]
name = "Noor Haddad"
roles = ["mentee"]
days = ["sun", "mon", "tue", "wed", "thu"]
accounts = ["playground/riverside/noor"]
[[people]]
name = "Rosa Delgado"
roles = ["coordinator"]
accounts = ["playground/riverside/rosa"]
[[pairings]]
mentor = "Amara Okafor"
mentee = "Lena Vogt"
coordinator = "Rosa Delgado"
spaces = ["playground/riverside/amara-lena"]
[[pairings]]
mentor = "Amara Okafor"
mentee = "Noor Haddad"
coordinator = "Rosa Delgado"
spaces = ["playground/riverside/amara-noor"]
"""


@dataclass(frozen=True)
class Invite:
    """A file for somebody's calendar."""

    user: str
    uid: str
    sequence: int
    method: str
    start: str


@dataclass
class Post(Flaky):
    """A platform that keeps the files that were sent."""

    invites: list[Invite] = field(default_factory=list)

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Send."""
        if isinstance(to, Place):
            return Sent(to, key)
        for block in message.blocks:
            if isinstance(block, File):
                said = dict(
                    re.findall(r"^(UID|SEQUENCE|METHOD|DTSTART):(\S+)\r$", block.content.decode(), re.MULTILINE)
                )
                made = (said["UID"], int(said["SEQUENCE"]), said["METHOD"], said["DTSTART"])
                self.invites.append(Invite(person(to).user, *made))
        return await super().send(to, message, key)


@dataclass(frozen=True)
class Row:
    """A row of the outbox that went out."""

    id: int
    key: str
    kind: str
    args: tuple[int, ...]
    user: str
    at: datetime
    delivery: int
    budgeted: bool


@dataclass
class Life:
    """The program, and what is seen of it."""

    core: Core
    jobs: Jobs
    clock: SetClock
    database: Database
    post: Post
    calls: int = 0
    seen: set[int] = field(default_factory=set)

    async def call(self, user: str, name: str, values: dict[str, str] | None = None) -> Reply | None:
        """Press a button, or send a form off."""
        self.calls += 1
        id_, account = str(self.calls), Account("playground", "riverside", user)
        return await self.core.handle(
            Press(id_, account, name) if values is None else Submit(id_, account, name, values)
        )

    async def types(self, user: str, words: str) -> Reply | None:
        """Write a command."""
        self.calls += 1
        root, _, text = words.removeprefix("/").partition(" ")
        return await self.core.handle(Command(str(self.calls), Account("playground", "riverside", user), root, text))

    async def act(self, act: Act, zone: str) -> Reply | None:
        """Do what the model is told of, as people do it."""
        values = dict(act.values)
        texts = [f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for at in act.starts]
        if act.name == "sessions.made":
            values |= {f"time{place}": text for place, text in enumerate(texts, 1)} | {"minutes": str(act.minutes)}
        if act.name == "sessions.noted":
            return await self.call(
                act.user, act.name, {"when": texts[0], "minutes": str(act.minutes), "with": str(act.args[0])}
            )
        action = ":".join([act.name, *map(str, act.args)])
        is_form = act.name in {"sessions.made", "sessions.cancelled", "feedback.written"}
        return await self.call(act.user, action, values if is_form else None)

    async def figure(self, words: str) -> None:
        """Change a figure."""
        shown = await self.types("rosa", f"/mentor-admin settings {words}")
        assert isinstance(shown, Message)
        buttons = [item for block in shown.blocks if isinstance(block, Actions) for item in block.items]
        pressed = [
            one.action for one in buttons if isinstance(one, Button) and one.action.startswith("settings.change")
        ]
        if pressed:
            await self.call("rosa", pressed[0])

    async def leap(self, to: datetime) -> None:
        """Let time pass."""
        await self.jobs.leap(self.clock, to)

    async def new_rows(self) -> list[Row]:
        """Return what went out since this was asked last."""
        columns = (outbox.c.id, outbox.c.key, outbox.c.kind, outbox.c.args, outbox.c.member_id, deliveries.c.sent_at)
        query = (
            select(*columns, deliveries.c.id.label("delivery"), deliveries.c.budgeted)
            .join_from(outbox, deliveries, outbox.c.delivery_id == deliveries.c.id)
            .where(outbox.c.effect == "send", outbox.c.state == "sent")
            .order_by(deliveries.c.sent_at, outbox.c.id)
        )
        async with self.database.connect() as conn:
            rows = [row for row in await conn.execute(query) if row.id not in self.seen]
        self.seen |= {row.id for row in rows}
        return [
            Row(
                row.id,
                row.key,
                row.kind,
                tuple(int(one) for one in row.args.split(":") if one),
                USERS[row.member_id],
                row.sent_at,
                row.delivery,
                row.budgeted,
            )
            for row in rows
        ]

    async def waiting(self) -> list[tuple[str, str]]:
        """Return of what kind what waits is, and for whom."""
        query = select(outbox.c.kind, outbox.c.member_id).where(outbox.c.state == "waiting", outbox.c.effect == "send")
        async with self.database.connect() as conn:
            return [(row.kind, USERS[row.member_id]) for row in await conn.execute(query)]

    async def sessions(self) -> dict[int, dict[str, object]]:
        """Return all sessions."""
        async with self.database.connect() as conn:
            return {row.id: dict(row._mapping) for row in await conn.execute(select(sessions))}  # noqa: SLF001 - its name

    async def times(self) -> dict[int, tuple[int, datetime]]:
        """Return all times that are proposed."""
        async with self.database.connect() as conn:
            return {row.id: (row.session_id, row.starts_at) for row in await conn.execute(select(times))}

    async def sheets(self) -> dict[int, tuple[int, str, str]]:
        """Return whose sheets there are."""
        async with self.database.connect() as conn:
            return {
                row.id: (row.session_id, USERS[row.member_id], row.form) for row in await conn.execute(select(sheets))
            }

    async def judged(self) -> tuple[dict[int, str], dict[str, tuple[int, int]], dict[int, bool]]:
        """Return what each sheet counts for, each one's rate, and which pairings need a coordinator's yes."""
        (program,) = await self.core.programs()
        ids = await self.sheets()
        async with self.core.at_work(program) as context:
            found = await context.work.of(Sheets).get(ids)
            each = {id_: str(verdict(one, context.now)) for id_, one in found.items()}
            rates = {}
            for user, id_ in PEOPLE.items():
                one = rate([of for _, of in await judged(context, id_)], context.policy.rate)
                rates[user] = one.counted, one.in_time
            pairings = await context.work.of(Pairings).going_on()
            return each, rates, {one.id: await approval.needed(context, one) for one in pairings}


async def begin(url: str, changes: dict[str, str]) -> Life:
    """Open a program on a database."""
    clock = SetClock(START)
    database = await open_database(url, clock.now)
    core = Core(database, FEATURES, changes)
    await roster.enrol(core, roster.parse(TOWN, "town"))
    post = Post(clock)
    core.platforms[post.name] = post
    jobs = Jobs(core, core.platforms)
    await jobs.catch_up()
    return Life(core, jobs, clock, database, post)

"""A real program in which people do the same as in the model, and what is seen of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select

from bot.calls import Command, Press, Submit
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.feedback.judging import judged
from bot.members import roster
from bot.nudges.rules import rate
from bot.people import Account
from bot.sessions.approval import needed
from bot.views import Errors, Message
from scheduler.jobs import Jobs
from storage.effects import deliveries, outbox
from storage.engine import Database
from storage.goal_tables import goals
from storage.opening import open_database
from storage.pairings import Pairings
from storage.session_tables import sessions, times
from storage.sheet_tables import sheets
from tests.histories.clocks import Said
from tests.histories.things import Key, Pair, Session
from tests.scheduler.flaky import Flaky

USERS = {1: "amara", 2: "lena", 3: "noor", 4: "rosa"}
ZONES = {"amara": "Asia/Kolkata", "lena": "America/New_York", "noor": "UTC", "rosa": "UTC"}
ROOMY = {"budget.per_day": "50", "budget.per_week": "300"}
KINDS = {
    "sessions.proposed": "proposed",
    "sessions.before": "before",
    "sessions.met": "met",
    "feedback.ask": "write",
    "goals.ask": "goal",
}
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
spaces = ["playground/riverside/amara-lena"]
coordinator = "Rosa Delgado"
[[pairings]]
mentor = "Amara Okafor"
mentee = "Noor Haddad"
spaces = ["playground/riverside/amara-noor"]
coordinator = "Rosa Delgado"
"""


@dataclass
class Life:
    """The program; each act does what the act of the same name does in the model."""

    core: Core
    jobs: Jobs
    clock: SetClock
    database: Database
    calls: int = 0
    names: dict[int, Key] = field(default_factory=dict)  # of sheets

    async def press(self, user: str, *action: object, form: Mapping[str, str] | None = None) -> None:
        """Press a button, or send a form off; it isn't refused."""
        self.calls += 1
        account, name = Account("playground", "riverside", user), ":".join(map(str, action))
        call = Press(str(self.calls), account, name) if form is None else Submit(str(self.calls), account, name, form)
        reply = await self.core.handle(call)
        assert not isinstance(reply, Errors), (action, reply)

    async def types(self, user: str, text: str) -> None:
        """Write a command to the bot."""
        self.calls += 1
        account = Account("playground", "riverside", user)
        assert isinstance(await self.core.handle(Command(str(self.calls), account, "mentor", text)), Message)

    async def rows(self, query: Select[Any]) -> list[Row[Any]]:
        """Return what is in the database."""
        async with self.database.connect() as conn:
            return list(await conn.execute(query))

    # Booking.

    async def proposes(self, user: str, pair: Pair, starts: tuple[datetime, ...], replaces: Session | None) -> int:
        """Fill in the form, and send it off; return the number of what was typed."""
        form = {f"time{place}": typed(user, at) for place, at in enumerate(starts, 1)} | {"minutes": "60"}
        await self.press(user, "sessions.made", pair.id, replaces.id if replaces else 0, form=form)
        new = int((await self.rows(select(func.max(sessions.c.id))))[0][0])
        await self.press(user, "sessions.send", new)
        return new

    async def accepts(self, user: str, id_: int, at: datetime) -> None:
        """Press the button of a time."""
        query = select(times.c.id).where(times.c.session_id == id_, times.c.starts_at == at)
        await self.press(user, "sessions.accept", (await self.rows(query))[0].id)

    async def declines(self, user: str, id_: int, round_: int) -> None:
        """Press [Not now]."""
        await self.press(user, "sessions.decline", id_, round_)

    async def withdraws(self, user: str, id_: int, round_: int) -> None:
        """Press [Take it back]."""
        await self.press(user, "sessions.withdraw", id_, round_)

    async def lets_go_ahead(self, id_: int) -> None:
        """Press [Yes, go ahead]."""
        await self.press("rosa", "sessions.go_ahead", id_)

    async def calls_off(self, user: str, id_: int) -> None:
        """Send the form off that calls off a session."""
        await self.press(user, "sessions.cancelled", id_, form={})

    # Afterwards.

    async def says(self, user: str, id_: int, answer: str, reason: str) -> None:
        """Say whether they met, and why not."""
        await self.press(user, "sessions.met", id_, answer)
        if reason:
            await self.press(user, "sessions.why", id_, reason)

    async def decides(self, id_: int, held: bool) -> None:
        """Press [They met] or [They didn't]."""
        await self.press("rosa", "sessions.they_met" if held else "sessions.not_met", id_)

    async def notes(self, user: str, pair: Pair, start: datetime) -> int:
        """Note a session that was never booked; return its number."""
        form = {"when": typed(user, start), "minutes": "60", "with": str(pair.id)}
        await self.press(user, "sessions.noted", form=form)
        return int((await self.rows(select(func.max(sessions.c.id))))[0][0])

    async def writes(self, key: Key) -> None:
        """Send a form off that is to be written."""
        (id_,) = [id_ for id_, of in self.names.items() if of == key]
        await self.press(key[1], "feedback.written", id_, form={"covered": "CVs", "rating": "4"})

    async def has_nothing_to_add(self, id_: int, user: str) -> None:
        """Press [Nothing to add]."""
        await self.press(user, "feedback.nothing", id_)

    async def sets_goal(self, user: str, pair: Pair) -> int:
        """Set a goal; return its number."""
        await self.press(user, "goals.made", pair.id, form={"text": "Speak up"})
        return int((await self.rows(select(func.max(goals.c.id))))[0][0])

    async def updates(self, user: str, id_: int) -> None:
        """Say how far a goal is."""
        await self.press(user, "goals.updated", id_, form={"percent": "30"})

    async def reaches(self, user: str, id_: int) -> None:
        """Press [Done]."""
        await self.press(user, "goals.done", id_)

    # What is around.

    async def rests(self, pair: Pair, days: int) -> None:
        """Let a pairing rest."""
        await self.press("rosa", "pairings.rest_for", pair.id, days)

    async def goes_on(self, pair: Pair) -> None:
        """Let a pairing go on."""
        await self.press("rosa", "pairings.go_on", pair.id)

    async def ends(self, pair: Pair) -> None:
        """Let a pairing end."""
        await self.press("rosa", "pairings.end_now", pair.id)

    async def is_away(self, user: str, since: datetime | None, until: datetime) -> None:
        """Be away."""
        words = "" if since is None else f" since {typed(user, since)[:10]}"
        await self.types(user, f"away until {typed(user, until)[:10]}{words}")

    async def is_back(self, user: str) -> None:
        """Be back."""
        await self.types(user, "back")

    async def advance(self, to: datetime) -> None:
        """Let time pass."""
        await self.jobs.leap(self.clock, to)

    async def oversleep(self, to: datetime) -> None:
        """Let time pass in which nothing runs."""
        self.clock.move_to(to)
        await self.jobs.round()

    # What is seen.

    async def heard(self) -> dict[Said, datetime]:
        """Return all that was asked and reminded of, and when."""
        found = await self.rows(select(sheets))
        self.names = {row.id: (row.session_id, USERS[row.member_id], row.form) for row in found}
        query = (
            select(outbox.c.kind, outbox.c.key, outbox.c.args, outbox.c.member_id, deliveries.c.sent_at)
            .join_from(outbox, deliveries, outbox.c.delivery_id == deliveries.c.id)
            .where(outbox.c.kind.in_(KINDS), outbox.c.effect == "send", outbox.c.state == "sent")
            .order_by(deliveries.c.sent_at, outbox.c.id)
        )
        heard: dict[Said, datetime] = {}
        for row in await self.rows(query):
            what = self._named(row, heard)
            assert what not in heard, f"said twice: {what}"
            heard[what] = row.sent_at
        return heard

    def _named(self, row: Row[Any], heard: Mapping[Said, datetime]) -> Said:
        kind, user, args = KINDS[row.kind], USERS[row.member_id], [int(one) for one in row.args.split(":")]
        if kind == "before":
            start = datetime.fromtimestamp(args[1], ZoneInfo("UTC"))
            return kind, (args[0], start), int(row.key.split(":")[3]), user
        if kind == "met":
            return kind, args[0], args[2], user
        if kind == "write":
            session, _, form = self.names[args[0]]
            return kind, (session, form), args[1], user
        if kind == "goal":
            return kind, args[0], 1 + sum(what[:2] == (kind, args[0]) for what in heard), user
        return kind, args[0], args[1], user

    async def sessions(self) -> dict[int, tuple[object, ...]]:
        """Return how sessions stand, and until when proposals can be answered."""
        return {
            row.id: (row.state, row.starts_at, USERS[row.by_id], row.round, row.sequence, row.short_notice)
            for row in await self.rows(select(sessions).where(sessions.c.state != "draft"))
        }

    async def deadlines(self) -> dict[int, datetime]:
        """Return until when proposals can be answered that have reached somebody."""
        asked = sessions.c.state == "proposed", sessions.c.asked_at.is_not(None)
        return {row.id: row.answer_by for row in await self.rows(select(sessions).where(*asked))}

    async def judged(self) -> tuple[dict[Key, str], dict[str, tuple[int, int]], dict[int, bool]]:
        """Return what each sheet counts for, each one's rate, and which pairings need a coordinator's yes."""
        (program,) = await self.core.programs()
        async with self.core.at_work(program) as context:
            verdicts: dict[Key, str] = {}
            rates: dict[str, tuple[int, int]] = {}
            for id_, user in USERS.items():
                mine = await judged(context, id_)
                verdicts |= {self.names[sheet.id]: str(one.verdict) for sheet, one in mine}
                so_far = rate([one.verdict for _, one in mine], context.policy.rate)
                rates[user] = so_far.counted, so_far.in_time
            pairings = await context.work.of(Pairings).going_on()
            return verdicts, rates, {one.id: await needed(context, one) for one in pairings}


def typed(user: str, at: datetime) -> str:
    """Return a time as somebody types it, in their own zone."""
    return f"{at.astimezone(ZoneInfo(ZONES[user])):%Y-%m-%d %H:%M}"


async def begin(url: str, start: datetime) -> Life:
    """Open a program on a database."""
    clock = SetClock(start)
    database = await open_database(url, clock.now)
    core = Core(database, FEATURES, ROOMY)
    await roster.enrol(core, roster.parse(TOWN, "town"))
    core.platforms["playground"] = Flaky(clock)
    jobs = Jobs(core, core.platforms)
    await jobs.catch_up()
    return Life(core, jobs, clock, database)

"""A made-up month of two pairings, and the storms that Slack and the net can put it through."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.stand_ins.slack import Channel, Envelope, Slack
from tests.torture.look import Look
from tests.torture.result import stored
from tests.world import LENA, MONDAY, NOOR, World

TALKS, LENGTH = 25, 40  # how often they talk, and how many events that is each time
STEP = timedelta(seconds=12)  # so that a talk ends some minutes after the full hour
PEOPLE = {LENA: ("amara", "lena"), NOOR: ("amara", "noor")}
WORDS = ("thumbsup", "eyes", "tada")
KINDS = {"say": 50, "mention": 6, "reply": 12, "react": 14, "unreact": 5, "edit": 8, "delete": 5}

TWICE, DISORDERED, DROPPED = 0.10, 0.05, 0.02  # of all events
DROPS = 5  # sockets
PATIENCE = 120.0  # seconds until something that is awaited must have happened

# What the bot asks, and how it may be refused now and then.
ASKED = ("chat.postMessage", "conversations.open", "conversations.history")
# When Slack refuses, a reminder goes out some seconds later: what depends on that is compared by the hour.
_BY_THE_HOUR = re.compile(r"((?:sent|limit|told)_at|^kind=.* at)=(\S+ \d\d):\S+")

# A turn whose message is gone ended when that was noticed.
_NOTICED = re.compile(r"closed_at=\S+ \S+ (outcome=withdrawn)")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does at an instant; `to` is the number of the act whose message it is about."""

    kind: str
    user: str
    space: str
    at: datetime
    to: int = -1
    word: str = ""


@dataclass
class _Plan:
    """What is there while a month is thought up: messages by the number of their act."""

    chance: random.Random
    written: dict[int, Act] = field(default_factory=dict)
    reactions: dict[tuple[int, str, str], Act] = field(default_factory=dict)
    taken: set[tuple[int, str, str]] = field(default_factory=set)

    def act(self, number: int, at: datetime) -> Act:
        """Think of something that can be done; a message can always be written."""
        space = self.chance.choice(list(PEOPLE))
        user = self.chance.choice(PEOPLE[space])
        (kind,) = self.chance.choices(list(KINDS), list(KINDS.values()))
        here = [one for one, act in self.written.items() if act.space == space][-LENGTH:]
        act = self._about(kind, user, space, at, here)
        if act is None:
            act = Act("say", user, space, at)
        if act.kind in ("say", "mention", "reply"):
            self.written[number] = act
        return act

    def _about(self, kind: str, user: str, space: str, at: datetime, here: Sequence[int]) -> Act | None:
        mine = [one for one in here if self.written[one].user == user]
        above = [one for one in here if self.written[one].kind != "reply"]
        there = [act for act in self.reactions.values() if act.to in here and act.user == user]
        if kind == "unreact" and there:
            return self._unreact(self.chance.choice(there), at)
        targets = {"reply": above, "react": here, "edit": mine, "delete": mine}.get(kind, ())
        if not targets:
            return Act(kind, user, space, at) if kind == "mention" else None
        act = Act(kind, user, space, at, self.chance.choice(targets), self.chance.choice(WORDS))
        if kind == "react":
            return self._react(act)
        return self._delete(act) if kind == "delete" else act

    def _unreact(self, act: Act, at: datetime) -> Act:
        del self.reactions[act.to, act.user, act.word]
        return replace(act, kind="unreact", at=at)

    def _delete(self, act: Act) -> Act:
        del self.written[act.to]
        self.reactions = {key: reaction for key, reaction in self.reactions.items() if key[0] != act.to}
        return act

    def _react(self, act: Act) -> Act | None:
        key = (act.to, act.user, act.word)
        if key in self.taken:
            return None
        self.taken.add(key)
        self.reactions[key] = act
        return act


def month(seed: int) -> list[list[tuple[int, Act]]]:
    """Return talks, each a list of numbered acts that fall into the first minutes of an hour."""
    plan, number = _Plan(random.Random(seed)), 0  # noqa: S311 - no secret
    talks = []
    day = MONDAY.replace(hour=0)
    for _ in range(TALKS):
        begin = day + timedelta(hours=plan.chance.randint(11, 16))
        talks.append([(number + step, plan.act(number + step, begin + step * STEP)) for step in range(LENGTH)])
        number += LENGTH
        day += timedelta(days=plan.chance.randint(1, 3))
    return talks


class Month:
    """Lets the people of a world live through a month on Slack's stand-in."""

    def __init__(self, world: World, slack: Slack) -> None:
        """Begin."""
        self.world = world
        self.slack = slack
        self._ts: dict[int, str] = {}

    async def clean(self, talks: Sequence[Sequence[tuple[int, Act]]]) -> list[str]:
        """Let all go well; return what it came to."""
        for talk in talks:
            await self._talk(talk)
            told = self.slack.sockets.held or []
            self.slack.sockets.release()
            await self._arrive(told)
        return await self._came_to()

    async def stormy(self, talks: Sequence[Sequence[tuple[int, Act]]], seed: int) -> list[str]:
        """Let go wrong what can; return what it came to."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        drops = set(chance.sample(range(TALKS), DROPS))
        for index, talk in enumerate(talks):
            self._refuse(chance)
            await self._talk(talk)
            held = self.slack.sockets.held or []
            lost = chance.sample(held, round(TALKS * LENGTH * DROPPED / DROPS)) if index in drops else []
            await self._blow(chance, [one for one in held if one not in lost])
            if lost:
                await self._drop(lost, first=chance.random() < 0.5)
        self._refuse(chance)
        return await self._came_to()

    def _refuse(self, chance: random.Random) -> None:
        self.slack.faults.clear()
        for method in chance.sample(ASKED, chance.randint(0, len(ASKED))):
            if chance.random() < 0.5:
                self.slack.faults.limits(method, 1)
            else:
                self.slack.faults.breaks(method, chance.choice((500, 503)))

    async def _blow(self, chance: random.Random, held: Sequence[Envelope]) -> None:
        """Tell some of it in another order, and some twice: at once, or when it was acknowledged."""
        sockets = self.slack.sockets
        order = list(held)
        for one in chance.sample(held, round(LENGTH * DISORDERED)):
            order.remove(one)
            order.insert(chance.randrange(len(order) + 1), one)
        twice = chance.sample(order, round(LENGTH * TWICE))
        at_once, later = twice[::2], twice[1::2]
        sockets.release(lambda _: order)
        again = [sockets.repeat(one) for one in at_once]
        await self._arrive([*order, *again])
        await self._arrive([sockets.repeat(one) for one in later])

    async def _drop(self, lost: list[Envelope], *, first: bool) -> None:
        """Lose the socket before something is told, or while it is on its way."""
        sockets = self.slack.sockets
        sockets.held = lost
        if first:
            await sockets.drop(sockets.open[0])
            sockets.release()
        else:
            sockets.release()
            assert await self.slack.changes.until(lambda: all(one.sent for one in lost), PATIENCE)
            await sockets.drop(sockets.open[0])
        assert await self.slack.connected(seconds=PATIENCE)
        await self._arrive(lost)

    async def _arrive(self, told: Sequence[Envelope]) -> None:
        """Wait until everything is acknowledged, however often it has to be told."""
        while True:
            assert await self.slack.settled(PATIENCE)
            if all(one.acknowledged for one in told):
                return
            assert self.slack.sockets.unacknowledged
            self.slack.sockets.redeliver()

    async def _talk(self, talk: Sequence[tuple[int, Act]]) -> None:
        """Let people talk, before the app is told. What the bot sends late until then is sent well before."""
        await self.world.jobs.leap(self.world.clock, talk[0][1].at - timedelta(minutes=30))
        self.slack.sockets.hold()
        for number, act in talk:
            await self._do(number, act)

    async def _do(self, number: int, act: Act) -> None:
        self.world.clock.move_to(act.at)
        person, channel = self.slack.person(act.user), self._channel(act.space).id
        ts = self._ts.get(act.to, "")
        match act.kind:
            case "say":
                self._ts[number] = await person.says(channel, "Hello")
            case "mention":
                (other,) = {*PEOPLE[act.space]} - {act.user}
                self._ts[number] = await person.says(channel, f"@{other}, hello")
            case "reply":
                self._ts[number] = await person.says(channel, "Hello below", thread=ts)
            case "edit":
                await person.edits(channel, ts, f"{self._text(channel, ts)} again")
            case "delete":
                await person.deletes(channel, ts)
            case "react":
                await person.reacts(channel, ts, act.word)
            case "unreact":
                await person.unreacts(channel, ts, act.word)

    def _channel(self, name: str) -> Channel:
        return self.slack.workspace.channels[name]

    def _text(self, channel: str, ts: str) -> str:
        message = self._channel(channel).message(ts)
        assert message is not None
        return re.sub(r"<@(\w+)>", r"@\1", message.text)

    async def _came_to(self) -> list[str]:
        """Let a week pass; return what is in the database then, and what the bot wrote to people."""
        await self.world.passes(days=7)
        found = await stored(Look(self.world.url))
        lines = [f"{table}: {line}" for table, lines in found.lines.items() for line in _rounded(lines)]
        for user in {one for both in PEOPLE.values() for one in both}:
            lines += [f"{user} was told: {told}" for told in await self.world.texts(user)]
        return sorted(lines)


def _rounded(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield _NOTICED.sub(r"\1", _BY_THE_HOUR.sub(r"\1=\2", line))

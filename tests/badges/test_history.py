"""Random histories: who has which badge, is warned and proposed is what a naive look at the raw rows says."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from storage.awards import Awards
from storage.goal_tables import goals
from storage.schema import metadata
from storage.session_tables import sessions
from tests.badges import naive
from tests.badges.naive import DAY, HOUR, Badge, Had
from tests.badges.town import AMARA, BEN, LENA, NOOR, PAIRS, ROSA, Town, begin, one

WEEK = 7 * DAY
FIGURES = {
    "rate.turns": "4",
    "rate.neutral_under": "2",
    "rate.forgiven_under": "4",
    "badges.warned_for": "5d",
    "badges.kept_for": "7d",
}
BADGES: dict[str, Badge] = {
    "sessions_booked": ("both", (("sessions_booked", 2, WEEK),)),
    "sessions_attended": ("mentee", (("sessions_attended", 2, WEEK),)),
    "feedback_given": ("both", (("feedback_given", 2, None),)),
    "goals_linked": ("mentor", (("goals_linked", 1, None),)),
    "goals_active": ("mentee", (("goals_active", 1, None),)),
    "goal_updates": ("both", (("goal_updates", 1, 3 * DAY), ("goals_active", 1, None))),
    "events_attended": ("both", (("events_attended", 1, WEEK), ("goals_active", 1, None))),
    "response_rate": ("both", (("response_rate", 75, None), ("forms_on_time", 50, None))),
}
NAMES = (
    "event",
    "event_guest",
    "member",
    "pairing",
    "pause",
    "badge_day",
    "turn",
    "dispute",
    "sheet",
    "session",
    "session_goal",
)
TABLES = (*NAMES, "session_word", "goal", "goal_update", "award")
ROLES = {AMARA: {"mentor"}, BEN: {"mentor", "mentee"}, LENA: {"mentee"}, NOOR: {"mentee"}}
PAIR = st.sampled_from(list(PAIRS))
SIDE = st.sampled_from([0, 1])
AGO = st.integers(0, 60).map(lambda number: number * HOUR)
NUMBER = st.integers(0, 9)
MEMBER = st.sampled_from([AMARA, BEN, LENA, NOOR])
_ACTS = {
    "meets": (PAIR, AGO, st.sampled_from(["held", "held", "booked", "unclear"]), NUMBER),
    "turns_out": (NUMBER, st.sampled_from(["held", "not_held", "unclear", "cancelled"])),
    "writes": (NUMBER, SIDE, st.none() | AGO, NUMBER),
    "wants": (PAIR, AGO),
    "goes_on": (NUMBER, AGO, st.sampled_from(["moves", "moves", "moves", "done", "dropped"])),
    "asks": (PAIR, SIDE, AGO, st.none() | AGO, NUMBER),
    "gathers": (AGO, st.sets(MEMBER), st.sampled_from(["announced", "announced", "called_off"]), st.integers(1, 5)),
    "disputes": (),
    "is_away": (MEMBER, AGO, st.integers(1, 9), NUMBER),
    "leaves_out": (MEMBER, AGO),
}
OFTEN = ("meets", "writes", "goes_on", "asks", "asks")
ACT = st.sampled_from([*_ACTS, *OFTEN]).flatmap(lambda name: st.tuples(st.just(name), *_ACTS[name]))
ACTS = st.lists(ACT, min_size=4, max_size=12)


def written(name: str, badge: Badge) -> str:
    """Return a badge as a coordinator writes it."""
    whom, criteria = badge
    first, *rest = criteria
    text = one(*_said(first), name=name, whom=whom)
    for more in rest:
        text += "[[criterion]]" + one(*_said(more)).partition("[[criterion]]")[2]
    return text


def _said(criterion: naive.Criterion) -> tuple[str, str, str]:
    measure, needed, within = criterion
    is_rate = measure in ("response_rate", "forms_on_time")
    return measure, f'"{needed}%"' if is_rate else str(needed), f"{within.days}d" if within else ""


async def rows(town: Town) -> dict[str, list[dict[str, Any]]]:
    """Return the raw rows."""
    async with town.database.connect() as conn:
        found = {name: (await conn.execute(select(metadata.tables[name]))).mappings() for name in TABLES}
        return {name: [dict(row) for row in each] for name, each in found.items()}


class Histories(RuleBasedStateMachine):
    """Things happen, time passes, coordinators decide, the bot is away; after each look all is compared."""

    open: Callable[[], str]

    @initialize()
    def begin(self) -> None:
        """Open a program with a badge for each measure, and begin to look every day."""
        self.runner = asyncio.Runner()
        self.town: Town = self.runner.run(begin(type(self).open(), FIGURES))
        self.runner.run(self._prepare())
        self.had: dict[tuple[int, str], Had] = {}
        self.anew: dict[tuple[int, str], datetime] = {}
        self.next = self.town.now
        self.sessions: list[tuple[int, int, datetime]] = []
        self.goals: list[tuple[int, int]] = []
        self.turns: list[tuple[int, int]] = []
        self._look()

    async def _prepare(self) -> None:
        await self.town.without("mentor-accountability", "mentee-accountability")
        for name, badge in BADGES.items():
            await self.town.badge(written(name, badge))
        await self.town.core.daily()

    def teardown(self) -> None:
        """Close the database."""
        if hasattr(self, "town"):
            self.runner.run(self.town.database.close())
            self.runner.close()

    # What happens.

    @rule(acts=ACTS, days=st.integers(0, 3))
    def lives(self, acts: list[tuple[Any, ...]], days: int) -> None:
        """Let much happen, and days pass; on each it is looked at everybody."""
        self._happens(acts)
        self.runner.run(self.town.look())
        self._all(self.runner.run(rows(self.town)), self.town.now, past=False)
        self._compare()
        for _ in range(days):
            self.town.clock.move_to(self.town.now + DAY)
            self._look()

    def _happens(self, acts: list[tuple[Any, ...]]) -> None:
        for name, *args in acts:
            self.runner.run(getattr(self, f"_{name}")(*args))

    async def _meets(self, pair: int, ago: timedelta, state: str, number: int) -> None:
        booked, mine = self.town.now - ago, [goal for goal, whose in self.goals if whose == pair]
        about = mine[-1:] if number % 2 else []
        starts = booked + (-HOUR if state == "held" else DAY)
        said = {PAIRS[pair][1]: "no"} if number % 3 == 0 else {}
        id_ = await self.town.session(pair, starts, booked_at=booked, state=state, about=about, said=said)
        self.sessions.append((id_, pair, starts))

    async def _turns_out(self, number: int, state: str) -> None:
        for id_, _, _ in self.sessions[number % 7 : number % 7 + 1]:
            await self.town.change(sessions, id_, state=state)

    async def _writes(self, number: int, side: int, after: timedelta | None, empty: int) -> None:
        for id_, pair, starts in self.sessions[-1 - number % 4 :][:1]:
            asked = min(starts + HOUR, self.town.now)
            done = None if after is None else min(asked + after, self.town.now)
            nothing = done is not None and not empty
            await self.town.sheet(id_, pair, PAIRS[pair][side], asked, done_at=done, empty=nothing)

    async def _wants(self, pair: int, ago: timedelta) -> None:
        self.goals.append((await self.town.goal(pair, self.town.now - ago), pair))

    async def _goes_on(self, number: int, ago: timedelta, what: str) -> None:
        for goal, _ in self.goals[-1 - number % 3 :][:1]:
            if what == "moves":
                await self.town.update(goal, AMARA, self.town.now - ago)
            else:
                await self.town.change(goals, goal, state=what, closed_at=self.town.now)

    async def _asks(self, pair: int, side: int, ago: timedelta, took: timedelta | None, out: int) -> None:
        opened, member = self.town.now - ago, PAIRS[pair][side]
        closed = None if took is None else min(opened + took, self.town.now)
        turn = await self.town.turn(pair, member, opened, closed, "answered" if out else "elsewhere")
        self.turns.append((member, turn))

    async def _gathers(self, ago: timedelta, visitors: set[int], state: str, days: int) -> None:
        begins = self.town.now - ago
        await self.town.event(begins, dict.fromkeys(visitors, self.town.now), state, DAY * days)

    async def _disputes(self) -> None:
        if self.turns:
            await self.town.take_out(*self.turns.pop())

    async def _is_away(self, member: int, ago: timedelta, days: int, lighter: int) -> None:
        since = self.town.now - ago
        await self.town.away(member, since, since + DAY * days, lighter=bool(lighter % 2))

    async def _leaves_out(self, member: int, ago: timedelta) -> None:
        await self.town.leaves_out(member, (self.town.now - ago).date())

    # What is looked at.

    @rule(acts=ACTS, days=st.integers(2, 4), hours=st.integers(0, 23))
    def sleeps(self, acts: list[tuple[Any, ...]], days: int, hours: int) -> None:
        """Let days pass on which the bot isn't there, and much happen then: they are made up for."""
        self.town.clock.move_to(self.town.now + DAY * days + HOUR * hours)
        self._happens(acts)
        self._look()

    def _look(self) -> None:
        tables = self.runner.run(rows(self.town))
        while self.next <= self.town.now:
            past = self.town.now - self.next >= DAY
            self._all(tables, self.next if past else self.town.now, past=past)
            self.next += DAY
        self.runner.run(self._ring())
        self._compare()

    async def _ring(self) -> None:
        while await self.town.core.ring():
            pass

    def _all(self, tables: naive.Tables, at: datetime, *, past: bool) -> None:
        for member, roles in ROLES.items():
            for name, badge in BADGES.items():
                if badge[0] in {*roles, "both"}:
                    key = (member, name)
                    had = naive.step(tables, member, badge, at, self.had.get(key), self.anew.get(key), past=past)
                    if had is not None:
                        self.had[key] = had

    def _compare(self) -> None:
        found = self.runner.run(rows(self.town))["award"]
        held = {(row["member_id"], row["badge"]): row for row in found if row["ended_at"] is None}
        assert len(held) == len([row for row in found if row["ended_at"] is None])
        assert {key: (one.warned_at, one.until, one.proposed, one.kept_until) for key, one in self.had.items()} == {
            key: (row["warned_at"], row["warned_until"], row["proposed_at"] is not None, row["kept_until"])
            for key, row in held.items()
        }

    @precondition(lambda self: self.had)
    @rule(data=st.data())
    def ends(self, data: st.DataObject) -> None:
        """Let a badge be withdrawn: all counts anew."""
        key = data.draw(st.sampled_from(sorted(self.had)))
        self.runner.run(self._decide(key, kept=False))
        del self.had[key]
        self.anew[key] = self.town.now

    @precondition(lambda self: any(one.proposed for one in self.had.values()))
    @rule()
    def is_kept(self) -> None:
        """Let a badge be kept that was proposed."""
        key = next(key for key, one in sorted(self.had.items()) if one.proposed)
        self.runner.run(self._decide(key, kept=True))
        self.had[key] = Had(kept_until=self.town.now + naive.PEACE)

    async def _decide(self, key: tuple[int, str], *, kept: bool) -> None:
        member, name = key
        (award,) = [one for one in await self.town.has(member) if one.badge == name]
        async with self.town.database.work(self.town.program.id) as work:
            store = work.of(Awards)
            done = store.keep(award.id, self.town.now + naive.PEACE) if kept else store.end(award.id, ROSA, "So")
            assert await done


def test_histories(sqlite_in: Callable[[Path], str], tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Whatever happens in whatever order, on whichever days the bot is there."""
    numbers, many = count(), int(pytestconfig.getoption("histories"))
    opening = staticmethod(lambda: sqlite_in(tmp_path / str(next(numbers))))
    few = {"max_examples": 6, "derandomize": True, "database": None, "phases": [Phase.generate]}
    chosen = {"max_examples": many, "derandomize": False} if many else few
    run_state_machine_as_test(
        type("Lived", (Histories,), {"open": opening}),
        settings=settings(
            **chosen, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
        ),
    )

"""Random histories of two pairings: states, clocks and rates are those of a simple model written apart."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.databases import NUMBERS
from tests.postgres import Postgres
from tests.sessions.life import START, Life, Row, begin
from tests.sessions.model import DAY, OPEN, STEP, Pair, Person, local
from tests.sessions.model_acts import Act, Model
from tests.sessions.model_clocks import Out

pytestmark = pytest.mark.only_on("playground")  # it is about what stands behind every platform

HOUR = timedelta(hours=1)
WEEKDAYS = frozenset(range(5))
PEOPLE_OF = {1: ("amara", "lena"), 2: ("amara", "noor")}
ROOMY = {"budget.per_day": "50", "budget.per_week": "300"}
FIGURES = (
    ("sessions.answer_within", "answer_within", ("6h", "24h", "48h", "72h")),
    ("sessions.notice", "notice", ("1h", "3h", "24h")),
    ("before.first", "first", ("12h", "1d", "2d")),
    ("before.last", "last", ("30m", "1h", "3h")),
    ("notes.within", "within", ("30h", "48h", "72h")),
    ("notes.first_after", "first_after", ("12h", "24h", "28h")),
    ("notes.last_after", "last_after", ("50h", "72h", "90h")),
)
WORDS = {
    "sessions.answer_within": "proposals lapse after",
    "sessions.notice": "notice",
    "sessions.missed": "missed without notice",
    "before.first": "first word before a session",
    "before.last": "last word before a session",
    "notes.within": "time for notes",
    "notes.first_after": "first reminder of notes",
    "notes.last_after": "last reminder of notes",
}
AHEAD = st.sampled_from([HOUR, 2 * HOUR, 5 * HOUR, 20 * HOUR, 26 * HOUR, 49 * HOUR, 74 * HOUR, 100 * HOUR, 170 * HOUR])
SAID = st.sampled_from(
    [
        ("yes", ""),
        ("yes", ""),
        ("moved", ""),
        ("no", ""),
        ("no", "couldnt"),
        ("no", "couldnt"),
        ("no", "waited"),
        ("", ""),
    ]
)
USER = st.sampled_from(["amara", "lena", "noor"])


def span(words: str) -> timedelta:
    """Read a length."""
    return timedelta(**{{"h": "hours", "m": "minutes", "d": "days"}[words[-1]]: int(words[:-1])})


class Histories(RuleBasedStateMachine):
    """People do things, time passes, and after each step all is compared."""

    open: Callable[[], str]

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.runner = asyncio.Runner()
        self.past: list[Act] = []
        self.ended: dict[int, datetime] = {}
        self.changed = START
        self.seen: Counter[Out] = Counter()
        self.budgets: dict[str, dict[int, datetime]] = {}
        self.sequences: dict[tuple[str, str], tuple[int, str, str]] = {}
        self.read = 0

    @initialize(roomy=st.booleans())
    def begin(self, roomy: bool) -> None:
        """Open a program; its budget is that of the policy, or so large that it is never used up."""
        self.roomy = roomy
        self.life: Life = self.runner.run(begin(type(self).open(), ROOMY if roomy else {}))
        people = {
            "amara": Person("Asia/Kolkata", WEEKDAYS),
            "lena": Person("America/New_York", WEEKDAYS),
            "noor": Person("UTC", frozenset({6, 0, 1, 2, 3})),
            "rosa": Person("UTC", WEEKDAYS),
        }
        self.model = Model(START, people, {id_: Pair(*sides) for id_, sides in PEOPLE_OF.items()})

    def teardown(self) -> None:
        """Close the database."""
        if hasattr(self, "life"):
            self.runner.run(self.life.database.close())
        self.runner.close()

    # What people do.

    def does(self, act: Act, *, quick: bool = False) -> None:
        """Let somebody do something, in the program and in the model."""
        self.past.append(act)
        self.runner.run(self.life.act(act, self.model.people[act.user].zone))
        self.model.act(act)
        self.runner.run(self._names())
        if not quick:
            self.compare()

    async def _names(self) -> None:
        known, there = self.model.sessions, await self.life.sessions()
        new = sorted(set(there) - set(known))
        assert len(new) == (self.model.drafted is not None), (new, self.model.drafted)
        if new:
            self.model.named(new[0])
            self.model.drafted = None
        self.model.times = await self.life.times()
        self.model.names = await self.life.sheets()

    @rule(pairing=st.sampled_from([1, 2]), side=st.sampled_from([0, 1]), ahead=st.lists(AHEAD, min_size=1, max_size=3))
    def proposes(self, pairing: int, side: int, ahead: list[timedelta]) -> None:
        """Propose a session, and send it off."""
        self._proposes(pairing, PEOPLE_OF[pairing][side], 0, ahead)

    def _proposes(self, pairing: int, user: str, replaces: int, ahead: list[timedelta]) -> None:
        hour = self.model.now.replace(minute=0)
        known = set(self.model.sessions)
        starts = tuple(dict.fromkeys(hour + one for one in ahead))
        self.does(Act(user, "sessions.made", (pairing, replaces), starts=starts), quick=True)
        for new in set(self.model.sessions) - known:
            self.does(Act(user, "sessions.send", (new,)), quick=True)
        self.compare()

    @precondition(lambda self: any(one.state in ("proposed", "booked") for one in self.model.sessions.values()))
    @rule(data=st.data(), ahead=st.lists(AHEAD, min_size=1, max_size=2))
    def proposes_other_times(self, data: st.DataObject, ahead: list[timedelta]) -> None:
        """Propose other times, or to move what is booked."""
        there = [one for one in self.model.sessions.values() if one.state in ("proposed", "booked")]
        one = data.draw(st.sampled_from(there))
        self._proposes(one.pairing, data.draw(st.sampled_from(self.model.sides(one))), one.id, ahead)

    @precondition(lambda self: self.choices())
    @rule(data=st.data())
    def presses(self, data: st.DataObject) -> None:
        """Press what there is to be pressed."""
        self.does(data.draw(st.sampled_from(self.choices())))

    @precondition(lambda self: self.choices())
    @rule(data=st.data())
    def presses_also(self, data: st.DataObject) -> None:
        """Press what there is to be pressed."""
        self.does(data.draw(st.sampled_from(self.choices())))

    @precondition(lambda self: any(one.state == "proposed" for one in self.model.sessions.values()))
    @rule(data=st.data())
    def accepts(self, data: st.DataObject) -> None:
        """Accept a time."""
        choices = [one for one in self.choices() if one.name == "sessions.accept"]
        if choices:
            self.does(data.draw(st.sampled_from(choices)))

    def choices(self) -> list[Act]:
        """Return what can be pressed."""
        found = [
            Act(self.model.pairs[one.pairing].other(one.by), "sessions.accept", (id_,))
            for id_, (session_id, _) in self.model.times.items()
            if (one := self.model.sessions[session_id]).state == "proposed"
        ]
        for one in self.model.sessions.values():
            found += self._choices_of(one.id, one.state, one.round, one.by)
        for id_, (session_id, user, _) in self.model.names.items():
            answers = (("covered", "CVs"), ("rating", "4"))
            found += [
                Act(user, "feedback.written", (id_,), answers),
                Act(user, "feedback.written", (id_,), (*answers, ("Send", "draft"))),
                Act(user, "feedback.send", (id_,)),
                Act(user, "feedback.nothing", (session_id,)),
                Act(user, "feedback.drop", (session_id,)),
            ]
        return found

    def _choices_of(self, id_: int, state: str, round_: int, by: str) -> list[Act]:
        one = self.model.sessions[id_]
        other = self.model.pairs[one.pairing].other(by)
        if state in OPEN:
            yes = [Act("rosa", "sessions.go_ahead", (id_,))] if state == "approval" else []
            return [
                *yes,
                Act(other, "sessions.decline", (id_, round_)),
                Act(by, "sessions.withdraw", (id_, round_)),
            ]
        if state == "booked" and one.begins_after(self.model.now):
            return [Act(user, "sessions.cancelled", (id_,)) for user in (by, other)]
        if not self.model.may_say(one):
            return []
        said = [
            Act(user, "sessions.met", (id_, answer)) for user in (by, other) for answer in ("yes", "yes", "moved", "no")
        ]
        said += [
            Act(user, "sessions.why", (id_, reason))
            for user in (by, other)
            if one.words.get(user, ("", None))[0] == "no"
            for reason in ("couldnt", "waited", "technical", "unsaid")
        ]
        if self.model.needs_decision(one):
            said += [Act("rosa", f"sessions.{what}", (id_,)) for what in ("they_met", "not_met")]
        return said

    @precondition(lambda self: self.past)
    @rule(data=st.data(), somebody=st.none() | st.sampled_from(["amara", "lena", "noor", "rosa"]))
    def presses_again(self, data: st.DataObject, somebody: str | None) -> None:
        """Press what was pressed before, or what was another's."""
        act = data.draw(st.sampled_from(self.past))
        user = act.user if somebody is None else somebody
        self.does(Act(user, act.name, act.args, act.values, act.starts, act.minutes))

    @rule(pairing=st.sampled_from([1, 2]), side=st.sampled_from([0, 1]), ago=AHEAD)
    def notes_what_was_never_booked(self, pairing: int, side: int, ago: timedelta) -> None:
        """Note a session afterwards."""
        begun = self.model.now.replace(minute=0) - ago
        self.does(Act(PEOPLE_OF[pairing][side], "sessions.noted", (pairing,), starts=(begun,), minutes=30))

    @rule(pairing=st.sampled_from([1, 2]), length=st.sampled_from([7, 14, 0]))
    def rests(self, pairing: int, length: int) -> None:
        """Let a pairing rest."""
        self.changed = self.model.now
        self.does(Act("rosa", "pairings.rest_for", (pairing, length)))

    @precondition(lambda self: any(pair.rests for pair in self.model.pairs.values()))
    @rule(pairing=st.sampled_from([1, 2]))
    def goes_on(self, pairing: int) -> None:
        """Let a pairing go on."""
        self.changed = self.model.now
        self.does(Act("rosa", "pairings.go_on", (pairing,)))

    @precondition(lambda self: self.model.now > START + 7 * DAY)
    @rule(pairing=st.sampled_from([1, 2]), really=st.integers(0, 3))
    def ends(self, pairing: int, really: int) -> None:
        """End a pairing."""
        if really == 0:
            self.ended.setdefault(pairing, self.model.now)
            self.does(Act("rosa", "pairings.end_now", (pairing,)))

    @rule(user=USER, days=st.integers(1, 12), ago=st.none() | st.integers(1, 5))
    def goes_away(self, user: str, days: int, ago: int | None) -> None:
        """Be away, perhaps for some days already."""
        until, since = self._day(user, days), None if ago is None else self._day(user, -ago)
        words = f"away until {self._date(user, until)}"
        words += "" if since is None else f" since {self._date(user, since)}"
        self.runner.run(self.life.types(user, f"/mentor {words}"))
        self.model.away(user, since, until)
        self.changed = self.model.now
        self.compare()

    def _day(self, user: str, days: int) -> datetime:
        person = self.model.people[user]
        at = self.model.now
        begin = person.midnight(at - DAY - STEP)
        begin = begin if begin <= at else begin - DAY
        return person.midnight(begin + days * DAY - 2 * HOUR)

    def _date(self, user: str, at: datetime) -> str:
        return f"{local(self.model.people[user].zone, at + HOUR):%Y-%m-%d}"

    @rule(user=USER)
    def comes_back(self, user: str) -> None:
        """Be back."""
        self.runner.run(self.life.types(user, "/mentor back"))
        self.model.back(user)
        self.changed = self.model.now
        self.compare()

    @rule(data=st.data(), figure=st.sampled_from(FIGURES))
    def figures_change(self, data: st.DataObject, figure: tuple[str, str, tuple[str, ...]]) -> None:
        """Change a figure."""
        key, name, values = figure
        value = data.draw(st.sampled_from(values))
        self.runner.run(self.life.figure(f"{WORDS[key]} {value}"))
        self.model.change(**{name: span(value)})
        self.changed = self.model.now
        self.compare()

    @rule(number=st.sampled_from([0, 1, 2]))
    def so_many_may_be_missed(self, number: int) -> None:
        """Change after how many missed sessions a coordinator says yes."""
        self.runner.run(self.life.figure(f"{WORDS['sessions.missed']} {number}"))
        self.model.change(missed=number)
        self.compare()

    @rule(
        pairing=st.sampled_from([1, 2]),
        side=st.sampled_from([0, 1]),
        said=st.tuples(SAID, SAID),
        quick=st.booleans(),
    )
    def they_were_to_meet(self, pairing: int, side: int, said: tuple[tuple[str, str], ...], quick: bool) -> None:
        """Book a session, let it be over, and let both say how it was."""
        mine, other = PEOPLE_OF[pairing][side], PEOPLE_OF[pairing][1 - side]
        known = set(self.model.sessions)
        self._proposes(pairing, mine, 0, [2 * HOUR])
        new = [id_ for id_ in set(self.model.sessions) - known if self.model.sessions[id_].state == "proposed"]
        for id_ in new:
            (time,) = [time for time, of in self.model.times.items() if of[0] == id_]
            self.does(Act(other, "sessions.accept", (time,)))
            self._leap(max(self.model.sessions[id_].end + STEP, self.model.now) if quick else self.model.now + 3 * HOUR)
            for user, (answer, reason) in zip((mine, other), said, strict=True):
                if answer:
                    self.does(Act(user, "sessions.met", (id_, answer)), quick=quick)
                if reason:
                    self.does(Act(user, "sessions.why", (id_, reason)), quick=quick)
        self.compare()

    # Time.

    @rule(ahead=st.sampled_from([STEP, HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY]))
    def passes(self, ahead: timedelta) -> None:
        """Let time pass."""
        self._leap(self.model.now + ahead)

    @precondition(lambda self: any(one.is_coming(self.model.now) for one in self.model.sessions.values()))
    @rule(data=st.data(), after=st.sampled_from([timedelta(0), STEP, 25 * HOUR]))
    def until_a_session_is_over(self, data: st.DataObject, after: timedelta) -> None:
        """Let time pass until a session is over."""
        there = [one for one in self.model.sessions.values() if one.is_coming(self.model.now)]
        self._leap(data.draw(st.sampled_from(there)).end + after)

    def _leap(self, to: datetime) -> None:
        self.runner.run(self.life.leap(to))
        self.model.advance(to)
        self.compare()

    # What is compared.

    def compare(self) -> None:
        """Compare the program with the model."""
        self.runner.run(self._compare())

    async def _compare(self) -> None:
        await self.life.jobs.round()
        self.model.advance(self.model.now)
        assert self.model.now == self.life.clock.now()
        await self._names()
        await self._compare_sessions()
        for row in await self.life.new_rows():
            self._take(row)
        missing = {out: at for out, at in self.model.out.items() if not self.seen[out]}
        assert {} == missing
        await self._compare_sheets()
        self._compare_invites(await self.life.sessions(), await self.life.waiting())
        self._nothing_is_forgotten()

    async def _compare_sessions(self) -> None:
        there = await self.life.sessions()
        for id_, one in self.model.sessions.items():
            row = there[id_]
            expected = (one.state, one.start, one.by, one.round, one.sequence, one.short)
            actual = (
                row["state"],
                row["starts_at"],
                {1: "amara", 2: "lena", 3: "noor"}[int(str(row["by_id"]))],
                row["round"],
                row["sequence"],
                row["short_notice"],
            )
            assert (id_, *expected) == (id_, *actual)
            if one.state in OPEN and (one.asked is not None or one.state == "approval"):
                assert (id_, self.model.deadline(one)) == (id_, row["answer_by"])

    async def _compare_sheets(self) -> None:
        each, rates, needed = await self.life.judged()
        assert set(self.model.sheets) == set(self.model.names.values())
        assert {key: self.model.verdict(key) for key in self.model.sheets} == {
            self.model.names[id_]: one for id_, one in each.items()
        }
        assert {user: self.model.rate(user) for user in rates} == rates
        assert {id_: self.model.needs_yes(id_) for id_ in needed} == needed

    def _take(self, row: Row) -> None:
        """Look at what went out: whether it was to, and then."""
        if row.budgeted:
            self._spend(row)
        if row.kind == "sessions.proposed":
            self._exactly(row, ("proposed", row.args[0], row.args[1], row.user))
        elif row.kind == "sessions.before":
            self._exactly(row, ("before", row.args[0], 2 * row.args[1] + int(row.key.split(":")[3]), row.user))
        elif row.kind == "sessions.met" and row.args[2] == 0:
            self._exactly(row, ("met", row.args[0], 0, row.user))
        elif row.kind == "sessions.met":
            self._again(row)
        elif row.kind == "feedback.ask":
            self._sheet(row)
        elif row.kind == "sessions.told":
            self._told(row)

    def _exactly(self, row: Row, out: Out) -> None:
        self.seen[out] += 1
        assert 1 == self.seen[out], out
        assert (out, self.model.out.get(out)) == (out, row.at)

    def _again(self, row: Row) -> None:
        one = self.model.sessions[row.args[0]]
        at = self.model.again_at(one, row.user)
        assert at is not None
        assert at <= row.at
        assert self.model.people[row.user].welcomes(row.at)
        key = (one.id, row.user)
        assert key not in self.model.asked_again
        self.model.asked_again[key] = row.at

    def _sheet(self, row: Row) -> None:
        key = self.model.names[row.args[0]]
        sheet, session = self.model.sheets[key], self.model.sessions[key[0]]
        pair = self.model.pairs[session.pairing]
        assert sheet.waits
        assert "held" == session.state
        assert not pair.ended
        assert not [rest for rest in pair.rests if rest[0] < row.at and (rest[1] is None or row.at < rest[1])]
        if row.args[1] == 0:
            assert sheet.delivered is None
            assert sheet.due is not None
            assert sheet.due <= row.at
            said_yes = session.words.get(row.user, ("", None))[0] == "yes"
            assert said_yes or self.model.people[row.user].welcomes(row.at)
            sheet.delivered = row.at
            return
        assert len(sheet.reminders) + 1 == row.args[1]
        at = self.model.reminder_at(key)
        assert at is not None
        assert at <= row.at
        assert self.model.people[row.user].welcomes(row.at)
        sheet.reminders.append(row.at)

    def _told(self, row: Row) -> None:
        one, news = self.model.sessions[row.args[0]], row.args[1]
        ended = self.ended.get(one.pairing)
        assert ended is None or row.at <= ended or news == 7
        if news in (1, 2, 6):  # booked, moved, another link
            assert one.start is not None
            assert row.at < one.start
        if news == 4 and row.user != one.by:  # lapsed
            assert one.asked is not None

    def _spend(self, row: Row) -> None:
        mine = self.budgets.setdefault(row.user, {})
        mine[row.delivery] = row.at
        if not self.roomy:
            days = [local(self.model.people[row.user].zone, at).date() for at in mine.values()]
            assert max(Counter(days).values()) == 1
            assert max(sum(day <= other < day + 7 * DAY for other in days) for day in days) <= 3

    def _compare_invites(self, there: dict[int, dict[str, object]], waiting: list[tuple[str, str]]) -> None:
        for one in self.life.post.invites[self.read :]:
            before = self.sequences.get((one.user, one.uid), (-1, "", ""))
            assert before[0] < one.sequence
            assert before[1] != "CANCEL"
            self.sequences[one.user, one.uid] = (one.sequence, one.method, one.start)
        self.read = len(self.life.post.invites)
        by_uid = {row["uid"]: self.model.sessions[id_] for id_, row in there.items() if id_ in self.model.sessions}
        for (user, uid), (_, method, start) in self.sequences.items():
            session = by_uid[uid]
            if ("sessions.told", user) in waiting or session.start is None:
                continue
            assert (session.state == "cancelled") == (method == "CANCEL")
            assert f"{session.start:%Y%m%dT%H%M%SZ}" == start
        for one_session in by_uid.values():
            if one_session.begins_after(self.model.now) and one_session.logger is None:
                for user in self.model.sides(one_session):
                    known = [key for key in self.sequences if key[0] == user and by_uid[key[1]] is one_session]
                    assert known or ("sessions.told", user) in waiting

    def _nothing_is_forgotten(self) -> None:
        """Look whether all was said that is to be, where there is room for it."""
        for key, sheet in self.model.sheets.items():
            pair = self.model.pairs[self.model.sessions[key[0]].pairing]
            at = sheet.due if sheet.delivered is None else self.model.reminder_at(key)
            if self.roomy and sheet.waits and at is not None and not pair.ended:
                self._not_long_ago(key[1], at, pair, key)
        for one in self.model.sessions.values():
            pair = self.model.pairs[one.pairing]
            for user in pair.sides:
                at = self.model.again_at(one, user) if one.state in ("booked", "held", "not_held", "unclear") else None
                asked = ("met", one.id, 0, user) in self.model.out and (one.id, user) not in self.model.asked_again
                if self.roomy and asked and at is not None:
                    self._not_long_ago(user, at, pair, ("again", one.id))

    def _not_long_ago(self, user: str, at: datetime, pair: Pair, what: object) -> None:
        rested = [rest[1] or self.model.now for rest in pair.rests]
        begin = max([at, self.changed, *rested])
        person = self.model.people[user]
        first = person.welcome(begin, self.model.now)
        slack = DAY if rested else timedelta(0)
        assert first is None or self.model.now <= person.midnight(first) + slack, (what, user, at, first)


def lived(opening: Callable[[], str], examples: int, steps: int) -> None:
    """Live through so many histories."""
    machine = type("Lived", (Histories,), {"open": staticmethod(opening)})
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_histories(sqlite_in: Callable[[Path], str], tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """States, clocks, rates and messages are those of the model, whatever people do; on SQLite."""
    numbers = count()
    examples = int(pytestconfig.getoption("--histories"))
    lived(lambda: sqlite_in(tmp_path / str(next(numbers))), examples, STEPS)


STEPS = 20


def test_histories_on_postgres(migrated_postgres: Postgres) -> None:
    """Some of them on PostgreSQL."""
    made: list[str] = []

    def opening() -> str:
        made.append(f"test_{next(NUMBERS)}")
        migrated_postgres.create(made[-1], "migrated")
        return migrated_postgres.url(made[-1])

    try:
        lived(opening, 1, 10)
    finally:
        for name in made:
            migrated_postgres.drop(name)

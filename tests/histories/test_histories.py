"""Random histories of two pairings: states, clocks and rates are those of a simple model written apart."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.calendar import Calendar
from tests.histories.clocks import ASKED_AFTER, DAY
from tests.histories.life import ZONES, Life, begin
from tests.histories.model import ANSWERS, Model
from tests.histories.things import HOUR, LENGTH, NEVER, Pair, Session

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
WEEKDAYS = frozenset(range(5))
DAYS = {"amara": WEEKDAYS, "lena": WEEKDAYS, "noor": frozenset({6, 0, 1, 2, 3})}
PAIRS = {1: ("amara", "lena"), 2: ("amara", "noor")}
HOURS = st.sampled_from([2, 5, 20, 26, 49, 74, 100, 170])
SPANS = st.sampled_from([timedelta(minutes=10), HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY, 11 * DAY, 31 * DAY])
SIDE = st.tuples(st.sampled_from(list(PAIRS)), st.sampled_from([0, 1]))
WORDS = st.none() | st.sampled_from([("yes", ""), *ANSWERS, ("no", "couldnt")])
LEAPS = ("advance", "oversleep")
USER = st.sampled_from(list(DAYS))


class Histories(RuleBasedStateMachine):
    """People do things in the bot and in the model, time passes, and after each step all is compared."""

    open: Callable[[], str]

    @initialize()
    def begin(self) -> None:
        """Open a program."""
        self.runner = asyncio.Runner()
        self.life: Life = self.runner.run(begin(type(self).open(), START))
        people = {user: Calendar(ZoneInfo(ZONES[user]), days, time(9), time(19, 30)) for user, days in DAYS.items()}
        self.model = Model(START, people, {id_: Pair(id_, sides) for id_, sides in PAIRS.items()})

    def teardown(self) -> None:
        """Close the database."""
        if hasattr(self, "life"):
            self.runner.run(self.life.database.close())
            self.runner.close()

    def do(self, name: str, *args: object, new: bool = False) -> None:
        """Let the same happen in both, and compare them; what is `new` has the bot's number in the model."""
        id_ = self.runner.run(getattr(self.life, name)(*args))
        if name not in LEAPS:
            self.runner.run(self.life.jobs.round())
        self.model.heard = self.runner.run(self.life.heard())
        getattr(self.model, name)(*([id_] if new else []), *args)
        self.model.advance(self.model.now)
        self.runner.run(self._compare())

    async def _compare(self) -> None:
        model, life = self.model, self.life
        assert {what: at for what, at in model.said.items() if at is not None} == model.heard
        assert {id_: standing(one) for id_, one in model.sessions.items()} == await life.sessions()
        deadlines = await life.deadlines()
        assert {id_: model.deadline(model.sessions[id_]) for id_ in deadlines} == deadlines
        verdicts, rates, needed = await life.judged()
        assert {key: model.verdict(key) for key in model.sheets} == verdicts
        assert {user: model.rate(user) for user in rates} == rates
        assert {id_: model.needs_yes(model.pairs[id_]) for id_ in needed} == needed

    # What people do.

    @rule(side=SIDE, ahead=st.lists(HOURS, min_size=1, max_size=3, unique=True))
    def proposes(self, side: tuple[int, int], ahead: list[int]) -> None:
        """Propose times."""
        pair = self.model.pairs[side[0]]
        self._proposes(pair.sides[side[1]], pair, ahead, None)

    def _proposes(self, user: str, pair: Pair, ahead: list[int], replaces: Session | None) -> bool:
        times = tuple(sorted(self.model.now.replace(minute=0) + hours * HOUR for hours in ahead))
        may = self.model.may_propose(user, pair, times, replaces)
        if may:
            self.do("proposes", user, pair, times, replaces, new=True)
        return may

    def _there(self, *states: str) -> list[int]:
        return [id_ for id_, one in self.model.sessions.items() if one.state in states]

    @precondition(lambda self: self._there("proposed", "booked"))
    @rule(
        data=st.data(),
        side=st.sampled_from([0, 1]),
        ahead=st.lists(HOURS, min_size=1, max_size=2, unique=True),
        then=st.sampled_from(["", "accepts", "calls_off"]),
    )
    def proposes_other_times(self, data: st.DataObject, side: int, ahead: list[int], then: str) -> None:
        """Propose other times, or to move what is booked, which the other accepts, or calls off."""
        one = self.model.sessions[data.draw(st.sampled_from(self._there("proposed", "booked")))]
        booked, user, other = one.state == "booked", one.pair.sides[side], one.pair.sides[1 - side]
        if not self._proposes(user, one.pair, ahead, one) or not booked:
            return
        move = max(self.model.sessions.values(), key=lambda made: made.id)
        if then == "accepts":
            self.do("accepts", other, move.id, move.times[0])
        elif then == "calls_off" and one.start > self.model.now:
            self.do("calls_off", other, one.id)

    @rule(data=st.data())
    def does_what_is_offered(self, data: st.DataObject) -> None:
        """Do something that can be done with what is there: first which act, then with what."""
        offers = list(self.model.offers())
        if offers:
            name = data.draw(st.sampled_from(sorted({name for name, _ in offers})))
            args = data.draw(st.sampled_from([args for act, args in offers if act == name]))
            self.do(name, *args)

    @rule(side=SIDE, words=st.tuples(WORDS, WORDS), ahead=HOURS, asleep=st.none() | st.booleans())
    def meets(
        self, side: tuple[int, int], words: tuple[tuple[str, str] | None, ...], ahead: int, asleep: bool | None
    ) -> None:
        """Book a session, let it be over, and let both say how it was, or not."""
        pair, known = self.model.pairs[side[0]], set(self.model.sessions)
        if not self._proposes(pair.sides[side[1]], pair, [ahead], None):
            return
        (one,) = [one for id_, one in self.model.sessions.items() if id_ not in known]
        if one.state == "approval":
            self.do("lets_go_ahead", one.id)
        self.do("accepts", pair.other(one.by), one.id, one.times[0])
        if asleep is None:  # it is only booked for now
            return
        self.do("oversleep" if asleep else "advance", one.end + ASKED_AFTER)
        for user, said in zip(pair.sides, words, strict=True):
            if said is not None:
                self.do("says", user, one.id, *said)

    @rule(side=SIDE, ago=HOURS)
    def notes_what_was_never_booked(self, side: tuple[int, int], ago: int) -> None:
        """Note a session afterwards."""
        pair, start = self.model.pairs[side[0]], self.model.now.replace(minute=0) - ago * HOUR
        if self.model.may_note(pair, start):
            self.do("notes", pair.sides[side[1]], pair, start, new=True)

    @rule(side=SIDE, later=st.none() | st.integers(0, 9), month=st.booleans())
    def sets_goals(self, side: tuple[int, int], later: int | None, month: bool) -> None:
        """Set a goal, and perhaps another one some days later; and perhaps let a month pass."""
        pair = self.model.pairs[side[0]]
        if pair.ended:
            return
        self.do("sets_goal", pair.sides[side[1]], pair, new=True)
        if later is not None:
            self.do("advance", self.model.now + later * DAY)
            self.do("sets_goal", pair.sides[side[1]], pair, new=True)
        if month:
            self.do("advance", self.model.now + 35 * DAY)

    # What is around.

    @rule(pairing=st.sampled_from(list(PAIRS)), days=st.sampled_from([7, 14, 0]))
    def rests(self, pairing: int, days: int) -> None:
        """Let a pairing rest."""
        pair = self.model.pairs[pairing]
        if not pair.ended:
            self.do("rests", pair, days)

    @precondition(lambda self: any(pair.rests_at(self.model.now) for pair in self.model.pairs.values()))
    @rule()
    def go_on(self) -> None:
        """Let pairings go on."""
        for pair in self.model.pairs.values():
            if pair.rests_at(self.model.now) and not pair.ended:
                self.do("goes_on", pair)

    @precondition(lambda self: self.model.now > START + 20 * DAY)
    @rule(pairing=st.sampled_from(list(PAIRS)))
    def ends(self, pairing: int) -> None:
        """End a pairing."""
        pair = self.model.pairs[pairing]
        if not pair.ended:
            self.do("ends", pair)

    @rule(user=USER, days=st.integers(1, 12), ago=st.none() | st.integers(1, 5))
    def is_away(self, user: str, days: int, ago: int | None) -> None:
        """Be away, perhaps for some days already."""
        today = self.model.now.astimezone(zone := ZoneInfo(ZONES[user])).date()
        since, until = (
            None if after is None else datetime.combine(today + after * DAY, time(0), zone).astimezone(UTC)
            for after in (None if ago is None else -ago, days)
        )
        self.do("is_away", user, since, until)

    @rule(user=USER)
    def is_back(self, user: str) -> None:
        """Be back."""
        self.do("is_back", user)

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Let time pass."""
        self.do("advance", self.model.now + span)

    @rule(span=SPANS)
    def the_bot_is_asleep(self, span: timedelta) -> None:
        """Let time pass in which the bot isn't there."""
        self.do("oversleep", self.model.now + span)

    @precondition(lambda self: self._there("booked"))
    @rule(data=st.data(), after=st.sampled_from([-HOUR, LENGTH, LENGTH + ASKED_AFTER, LENGTH + DAY]))
    def around_a_session(self, data: st.DataObject, after: timedelta) -> None:
        """Let time pass until a session begins soon, or is over."""
        at = self.model.sessions[data.draw(st.sampled_from(self._there("booked")))].start + after
        if at > self.model.now:
            self.do("advance", at)


def standing(one: Session) -> tuple[object, ...]:
    """Return how a session stands."""
    start = None if one.start == NEVER else one.start
    return one.state, start, one.by, one.round, one.sequence, one.short


def test_histories(sqlite_in: Callable[[Path], str], tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """States, clocks, rates and messages are those of the model, whatever people do."""
    numbers, many = count(), int(pytestconfig.getoption("histories"))
    opening = staticmethod(lambda: sqlite_in(tmp_path / str(next(numbers))))
    few = {"max_examples": 4, "derandomize": True, "database": None, "phases": [Phase.generate]}
    chosen = {"max_examples": many, "derandomize": False} if many else few
    run_state_machine_as_test(
        type("Lived", (Histories,), {"open": opening}),
        settings=settings(
            **chosen, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
        ),
    )

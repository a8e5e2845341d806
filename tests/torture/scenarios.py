"""The scenarios: what is done to the bot, and what must come of it."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import monotonic

from tests.postgres import Postgres
from tests.torture import disturbing, ground, judge
from tests.torture.ground import Ground
from tests.torture.leases import LASTING
from tests.torture.mishaps import DEADLY, Point
from tests.torture.result import Result, differences, disagreements, read
from tests.torture.run import Disturbance, Plan, Run, live
from tests.torture.script import Script, script

HOUR = timedelta(hours=1)
SOON = timedelta(seconds=2)  # a lease that ends in time, also while its holder is at work
Disturb = Callable[[Ground], Sequence[Disturbance]]


@dataclass(frozen=True)
class Scenario:
    """One run. `exact`: it must end as the undisturbed one did, to the microsecond and the letter.

    Where it isn't, reminders may have come at other times (the platform said "later", the clock was wrong), so
    nobody presses buttons under them; then all else must be the same, and nothing lost, twice, or needless.
    `lookup`: whether the platform finds messages by key; without it repetitions are counted, and no failure.
    """

    name: str
    database: str
    processes: int = 1
    disturb: Disturb = lambda _: ()
    exact: bool = True
    lookup: bool = True
    patience: float = 30
    on: str = "plain"  # or "own": a server that can crash, or "disk": a small one

    @property
    def lasting(self) -> bool:
        """Whether leases last: where the end is exact, and where one process is all there is and can always write."""
        return self.exact or (self.database == "sqlite" and self.on == "plain")


@dataclass(frozen=True)
class Lived:
    """What came of a scenario; `wrong` has a line for everything that isn't as it must be."""

    scenario: Scenario
    run: Run
    result: Result
    wrong: Sequence[str]
    seconds: float
    folder: Path


@dataclass
class Stage:
    """Where scenarios are played: one week, one PostgreSQL, and the undisturbed runs to compare with."""

    seed: int
    pairs: int
    days: int
    server: Postgres
    _undisturbed: dict[bool, Lived] = field(default_factory=dict)

    async def play(self, scenario: Scenario) -> Lived:
        """Play a scenario and judge it. Its folder stays if anything is wrong."""
        expected = await self.undisturbed(buttons=scenario.exact)
        lived = await self._live(scenario)
        wrong = [*expected.wrong, *lived.wrong]
        if not lived.run.stuck:
            wrong += _compared(scenario, expected.result, lived.result)
        return _tidied(replace(lived, wrong=wrong))

    async def undisturbed(self, *, buttons: bool) -> Lived:
        """Return the run in which nothing goes wrong: one process on SQLite."""
        if buttons not in self._undisturbed:
            name = "undisturbed" if buttons else "undisturbed, no buttons pressed"
            self._undisturbed[buttons] = _tidied(await self._live(Scenario(name, "sqlite", exact=buttons)))
        return self._undisturbed[buttons]

    async def _live(self, scenario: Scenario) -> Lived:
        folder = Path(tempfile.mkdtemp(prefix="mentorbot-torture-"))
        week, begun = script(self.seed, self.pairs, self.days), monotonic()
        with self._ground(scenario, folder) as stands_on:
            plan = Plan(
                stands_on.url,
                scenario.processes,
                self.seed,
                lookup=scenario.lookup,
                buttons=scenario.exact,
                patience=scenario.patience,
                lease=LASTING if scenario.lasting else SOON,
                disturbances=scenario.disturb(stands_on),
            )
            run = await live(week, plan, folder)
            result = await read(run.look, run.receiver.platform, run.receiver.counter.replies)
            wrong = [*_by_itself(scenario, run, result, week, folder / "bots.log")]
            if not run.stuck:
                wrong += await judge.chain(run.look, result, (folder / "audit.key").read_bytes())
        return Lived(scenario, run, result, wrong, monotonic() - begun, folder)

    def _ground(self, scenario: Scenario, folder: Path) -> AbstractContextManager[Ground]:
        if scenario.on == "disk":
            return ground.on_disk(scenario.database)
        if scenario.database == "sqlite":
            return ground.sqlite(folder)
        return ground.postgres() if scenario.on == "own" else ground.database_of(self.server)


def _tidied(lived: Lived) -> Lived:
    """Delete a run's folder, or write down beside the bots' log what is wrong."""
    if lived.wrong:
        (lived.folder / "wrong").write_text("\n".join(lived.wrong))
    else:
        shutil.rmtree(lived.folder)
    return lived


def _by_itself(scenario: Scenario, run: Run, result: Result, week: Script, log: Path) -> Iterable[str]:
    if run.stuck:
        yield run.stuck
        return
    yield from judge.complaints(result, run.receiver.platform, week, log)
    if scenario.on == "plain":
        yield from (f"a process ended by itself with {code}" for code in run.herd.deaths)
    if scenario.lookup and (repeated := run.receiver.platform.repeated()):
        yield f"{repeated} messages came twice"


def _compared(scenario: Scenario, expected: Result, got: Result) -> list[str]:
    if scenario.exact:
        return differences(expected, got)
    return [*disagreements(expected, got), *judge.lost(expected, got)]


def killed(
    database: str, processes: int, kills: int, *, lookup: bool = True, points: Sequence[Point] = DEADLY
) -> Scenario:
    """Kill processes: two at once if there are several."""
    name = "killed" if lookup else "killed, no lookup by key"
    disturbance = disturbing.kills(kills, 2 if processes > 1 else 1, points)
    return Scenario(name, database, processes, lambda _: [disturbance], lookup=lookup)


def hanging(processes: int, hangs: int) -> Scenario:
    """Let processes hang."""
    return Scenario("hanging", "postgres", processes, lambda _: [disturbing.hangs(hangs)])


def hanging_anywhere(processes: int, hangs: int) -> Scenario:
    """Let processes hang at any moment: what they hold up in a transaction comes later than it would."""
    disturb: Disturb = lambda _: [disturbing.hangs_anywhere(hangs)]  # noqa: E731 - it needs a type
    return Scenario("hanging anywhere", "postgres", processes, disturb, exact=False)


def programme() -> Sequence[Scenario]:
    """Return all scenarios of `make torture`."""
    return (
        Scenario("undisturbed", "postgres"),
        Scenario("undisturbed", "postgres", processes=4),
        killed("sqlite", 1, 100),
        killed("sqlite", 1, 30, lookup=False),
        killed("postgres", 1, 50),
        killed("postgres", 2, 30),
        killed("postgres", 4, 30),
        hanging(2, 8),
        hanging_anywhere(2, 8),
        Scenario("connections cut", "postgres", 2, partial(_cut, times=80), exact=False),
        Scenario("database gone", "sqlite", disturb=partial(_gone, times=2, seconds=12), exact=False, on="own"),
        Scenario("database gone", "postgres", 2, partial(_gone, times=4, seconds=3), exact=False, on="own"),
        Scenario("disk full", "sqlite", disturb=partial(_gone, times=3, seconds=2), exact=False, on="disk"),
        Scenario("disk full", "postgres", 2, partial(_gone, times=3, seconds=2), exact=False, on="disk"),
        *(failing_platform(database) for database in ("sqlite", "postgres")),
        Scenario("clock an hour back, then a day ahead", "sqlite", disturb=_wrong_clock, exact=False),
    )


def failing_platform(database: str) -> Scenario:
    """Let the platform fail at many of the things that it is asked."""
    disturb: Disturb = lambda _: [disturbing.failing(0.4)]  # noqa: E731 - it needs a type
    return Scenario("platform fails", database, 1, disturb, exact=False, patience=1)


def _gone(stands_on: Ground, times: int, seconds: float) -> Sequence[Disturbance]:
    return [disturbing.gone(stands_on, times, seconds)]


def _cut(stands_on: Ground, times: int) -> Sequence[Disturbance]:
    return [disturbing.cuts(stands_on, times)]


def _wrong_clock(_: Ground) -> Sequence[Disturbance]:
    return [disturbing.wrong_clock(-HOUR, 0.2, 0.4), disturbing.wrong_clock(24 * HOUR, 0.5, 0.6)]

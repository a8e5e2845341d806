"""The week that every run lives through, step by step: what is seen, what is told, and who asks for what."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.calls import Observation, Posted
from tests.torture.people import Pair, Town, town
from tests.torture.talk import Grid, Happening, talk

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)  # clocks change in America on the Sunday after
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody does at a step: `kind` is `command`, `shortcut` or `button`.

    `what` is the command's text, the shortcut's name, or the label of a button under their newest reminder.
    """

    id: str
    user: str
    kind: str
    what: str
    channel: str = ""
    message: str = ""


@dataclass(slots=True)
class Step:
    """One step of time: what can be seen on the platform from now on, what the bot is told, and who wishes what."""

    at: datetime
    seen: list[Observation] = field(default_factory=list)
    told: list[Observation] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Script:
    """The whole week, and the quiet time after it in which everything that is still due goes out."""

    town: Town
    week: list[Step]
    after: list[datetime]

    @property
    def counts(self) -> tuple[int, int]:
        """How many events and how many calls the week has."""
        return sum(len(step.told) for step in self.week), sum(len(step.wishes) for step in self.week)


def script(seed: int, pairs: int = 40, days: int = 7) -> Script:
    """Make the week of a seed: hour by hour, and three weeks after it in steps of six hours."""
    random = Random(seed)  # noqa: S311 - no secret
    grid = Grid(MONDAY, HOUR, days * 24)
    people = town(pairs)
    happenings = {pair: list(talk(random, pair, grid)) for pair in people.pairs}
    week = [Step(grid.at(number)) for number in range(1, grid.steps + 1)]
    for happening in (one for of_pair in happenings.values() for one in of_pair):
        _enter(week, happening)
    for step in week:
        random.shuffle(step.told)
    for wish, number in _Wishes(random, people, grid, happenings).make():
        week[number - 1].wishes.append(wish)
    return Script(people, week, [grid.end + 6 * HOUR * n for n in range(1, 4 * 21)])


def _enter(week: list[Step], happening: Happening) -> None:
    if max(happening.told) <= len(week):
        week[happening.seen - 1].seen.append(happening.what)
        for number in happening.told:
            week[number - 1].told.append(happening.what)


class _Wishes:
    """Makes up calls so that no two of one step could get in each other's way: their order is then free."""

    def __init__(self, random: Random, people: Town, grid: Grid, happenings: dict[Pair, list[Happening]]) -> None:
        self._random = random
        self._town = people
        self._grid = grid
        self._happenings = happenings
        self._taken: defaultdict[int, set[Pair]] = defaultdict(set)
        for pair, mine in happenings.items():
            for one in mine:  # what is seen but not told yet is known to a bot that has looked, and not to another
                for number in range(one.seen, one.told[0]):
                    self._taken[number].add(pair)

    def make(self) -> Iterator[tuple[Wish, int]]:
        """Yield calls with their steps."""
        for number in range(1, self._grid.steps + 1):
            for user in (*self._town.mentors, *self._town.mentees):
                pairs = set(self._town.of(user))
                if self._random.random() < 0.06 and not pairs & self._taken[number]:
                    self._taken[number] |= pairs
                    yield self._wish(user, number), number

    def _wish(self, user: str, number: int) -> Wish:
        id_ = f"call-{number}-{user}"
        kind = self._random.choices(["away", "back", "waiting", "shortcut", "button"], [1, 1, 2, 5, 40])[0]
        if kind == "shortcut" and (mine := self._said(user, number)):
            posted = self._random.choice(mine[-5:])
            name = self._random.choice(["nudges.wanted", "nudges.wanted", "nudges.no_hurry"])
            return Wish(id_, user, "shortcut", name, posted.place.channel, posted.message)
        if kind == "button":
            label = self._random.choice(["Tomorrow", "In three hours", "No reply needed", "I answered elsewhere"])
            return Wish(id_, user, "button", label)
        back_on = self._grid.at(number) + timedelta(days=self._random.randint(2, 5))
        words = {"away": f"away until {back_on:%Y-%m-%d}", "back": "back"}
        return Wish(id_, user, "command", words.get(kind, "waiting"))

    def _said(self, user: str, number: int) -> list[Posted]:
        """Return what somebody has written by a step, as far as the bot knows."""
        told = (one for pair in self._town.of(user) for one in self._happenings[pair] if one.told[0] <= number)
        return [one.what for one in told if isinstance(one.what, Posted) and one.what.author == user]

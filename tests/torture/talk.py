"""What one pair writes in a week: made up from a seed, so that every run hears the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.calls import Deleted, Observation, Posted, Reacted
from tests.torture.people import Pair

HOUR = timedelta(hours=1)
RECENT = 6 * HOUR  # what is taken back later than this could make an old message due at once: order would matter
# How long until the next message, in hours, and whether the other side writes it: mostly short exchanges, some answers
# about when the first reminder is due, some that don't come for days.
GAPS = (
    (0.60, 0.03, 1.5, True),
    (0.05, 0.01, 0.5, False),
    (0.20, 20.0, 36.0, True),
    (0.15, 30.0, 90.0, None),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that is seen on the platform from `seen` on, and told to the bot at each of `told`: in steps."""

    seen: int
    told: tuple[int, ...]
    what: Observation


@dataclass(frozen=True, slots=True)
class Grid:
    """The steps of time: step 1 is one `step` after `begin`."""

    begin: datetime
    step: timedelta
    steps: int

    def at(self, number: int) -> datetime:
        """Return when a step is."""
        return self.begin + number * self.step

    def after(self, instant: datetime) -> int:
        """Return the first step at or after an instant."""
        return max(1, -((self.begin - instant) // self.step))

    @property
    def end(self) -> datetime:
        """When the last step is."""
        return self.at(self.steps)


def talk(random: Random, pair: Pair, grid: Grid) -> Iterator[Happening]:
    """Make up what a pair writes, deletes and reacts to, and how it reaches the bot."""
    run_began = {pair.mentor: grid.begin, pair.mentee: grid.begin}
    last: Posted | None = None
    for posted in _messages(random, pair, grid):
        if last is None or last.author != posted.author:
            run_began[posted.author] = posted.at
        other = pair.other(posted.author)
        recent = posted.at - run_began[other] < RECENT
        yield from _reaches(random, pair, grid, posted, recent=recent)
        last = posted


def _messages(random: Random, pair: Pair, grid: Grid) -> Iterator[Posted]:
    at = grid.begin + random.uniform(0, 24) * HOUR
    author = random.choice([pair.mentor, pair.mentee])
    number = 0
    while at < grid.end:
        addresses = frozenset({pair.other(author)} if random.random() < 0.1 else ())
        yield Posted(pair.place, f"{pair.channel}-{number}", author, at, addresses)
        (_, shortest, longest, other), *_ = random.choices(GAPS, [gap[0] for gap in GAPS])
        at += random.uniform(shortest, longest) * HOUR
        turns = random.random() < 0.5 if other is None else other
        author = pair.other(author) if turns else author
        number += 1


def _reaches(random: Random, pair: Pair, grid: Grid, posted: Posted, *, recent: bool) -> Iterator[Happening]:
    """Let a message be told at once, late, or only after it could be seen for a while; some come twice."""
    first = grid.after(posted.at)
    seen = told = first
    fate = random.random()
    if fate < 0.08:
        seen = told = first + random.randint(1, 3)
    elif fate < 0.20 and posted.author == pair.mentee:
        told = first + random.randint(1, 3)  # missed at first, as in a gap of a platform that acknowledges nothing
    again = (told + random.choice([0, 0, 1, 5]),) if random.random() < 0.08 else ()
    yield Happening(seen, (told, *again), posted)
    if recent and random.random() < 0.06:
        yield from _taken_back(random, grid, posted, told, late=first < seen)
    elif random.random() < 0.15:
        yield from _reaction(random, pair, grid, posted, told, recent=recent)


def _taken_back(random: Random, grid: Grid, posted: Posted, told: int, *, late: bool) -> Iterator[Happening]:
    """Delete a message; of one that comes late, the deletion may be told before the message is."""
    first = told - 1 if late and random.random() < 0.5 else told + random.randint(1, 4)
    again = (first + 2,) if random.random() < 0.2 else ()
    yield Happening(first, (first, *again), Deleted(posted.place, posted.message, grid.at(first)))


def _reaction(
    random: Random, pair: Pair, grid: Grid, posted: Posted, told: int, *, recent: bool
) -> Iterator[Happening]:
    at = max(posted.at, grid.at(told)) + random.uniform(0.1, 8) * HOUR
    first = grid.after(at)
    name = random.choice(["thumbsup", "tada", "eyes"])
    reacted = Reacted(posted.place, posted.message, pair.other(posted.author), name, at)
    yield Happening(first, (first,) * random.choice([1, 1, 1, 2]), reacted)
    if recent and random.random() < 0.3:
        gone = first + random.randint(1, 3)
        taken = Reacted(posted.place, posted.message, reacted.author, name, grid.at(gone), taken_away=True)
        yield Happening(gone, (gone,), taken)

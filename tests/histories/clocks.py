"""What is to become of sessions, notes and goals, said simply: a model that knows none of the bot's own rules.

What people do changes at once what is there (`Model`). What is said by itself, and when, is worked out anew from what
is there (`Clocks`). The figures are those that a program starts with; the budget is so large that it is never used up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from bot.calendar import Calendar, after, is_welcome, welcome
from tests.histories.things import HOUR, OPEN, OVER, Goal, Key, Pair, Session, Sheet

Said = tuple[str, object, int, str]  # what is said, of which thing, which time, to whom

DAY = timedelta(days=1)
ANSWER, NOTICE, ASKED_AFTER, BEFORE = 48 * HOUR, 3 * HOUR, timedelta(minutes=10), (DAY, HOUR)
IN_TIME, REMINDED = 48 * HOUR, (24 * HOUR, 72 * HOUR)
GOALS_EVERY, GOALS_APART, IN_VAIN = 30 * DAY, 7 * DAY, 3
MISSED, MISSED_IN = 2, 60 * DAY


@dataclass
class Clocks:
    """All that is there, and what goes by the clock.

    `said` is what the model lets be said, `heard` what the bot really said: what waits for its place in the budget
    may come at any time of its day, and the model takes that time over. `maybe` are questions of which it doesn't care.
    """

    now: datetime
    people: dict[str, Calendar]
    pairs: dict[int, Pair]
    sessions: dict[int, Session] = field(default_factory=dict)
    sheets: dict[Key, Sheet] = field(default_factory=dict)
    goals: dict[int, Goal] = field(default_factory=dict)
    said: dict[Said, datetime | None] = field(default_factory=dict)
    heard: dict[Said, datetime] = field(default_factory=dict)
    maybe: set[Said] = field(default_factory=set)

    def advance(self, to: datetime) -> None:
        """Let time pass: what comes first is said first, then all is looked at anew; what lapses lapses before."""
        while due := [
            (at, what) for at, what in self._coming() if at is not None and at <= to and what not in self.said
        ]:
            first = min(at for at, _ in due)
            these = [what for at, what in due if at == first]
            if lapsed := [what for what in these if what[0] == "lapsed"]:
                for _, session, _, _ in lapsed:
                    self.sessions[int(str(session))].state = "expired"
                continue
            for what in these:
                self.said[what] = None if self._is_needless(what) else first
            self.now = max(self.now, first)
        self.now = to

    def oversleep(self, to: datetime) -> None:
        """Let time pass in which the bot isn't there: what was due meanwhile is said now, if it is still of use."""
        since, self.now = self.now, to
        for one in self.sessions.values():
            late = [number for number, span in enumerate(BEFORE) if since < one.start - span <= to]
            if late and one.state == "booked" and one.start > to and not one.pair.rests_at(to):
                for user in one.pair.sides:
                    self.said.setdefault(before(one, late[-1], user), to)
        self.advance(to)

    def clock(self, user: str, pair: Pair) -> Calendar:
        """Return somebody's days and hours; away and rests of the pairing don't count."""
        person = self.people[user]
        return replace(person, pauses=(*person.pauses, *pair.rests))

    def _is_needless(self, what: Said) -> bool:
        """Tell whether nobody is asked a second time: the other has said that they met."""
        return what[0] == "met" and what[2] == 1 and self.sessions[int(str(what[1]))].state == "held"

    def _coming(self) -> Iterator[tuple[datetime | None, Said]]:
        for one in self.sessions.values():
            yield from self._of_proposal(one)
            yield from self._before(one)
            yield from self._after(one)
        for key in self.sheets:
            yield from self._of_sheet(key)
        for goal in self.goals.values():
            yield from self._of_goal(goal)

    def _some_time(
        self, user: str, at: datetime | None, what: Said, slack: timedelta = timedelta(0)
    ) -> datetime | None:
        """Return when something is said that is in the budget: from then on, on that day, with what else there is."""
        real = self.heard.get(what)
        if at is None or (real is None and what in self.maybe):
            return None
        person = self.people[user]
        last = welcome(person, at + slack) or at
        last = datetime.combine(last.astimezone(person.zone), person.closes, person.zone).astimezone(at.tzinfo)
        return real if real is not None and at <= real <= last and (slack or is_welcome(person, real)) else last

    # Proposals: each reaches the other at hours that they like, who then has two counted days.

    def _of_proposal(self, one: Session) -> Iterator[tuple[datetime | None, Said]]:
        if one.state == "proposed":
            other = one.pair.other(one.by)
            yield welcome(self.people[other], max(one.made, self.now)), ("proposed", one.id, one.round, other)
        if one.state in OPEN:
            yield self.deadline(one), ("lapsed", one.id, one.round, one.by)

    def deadline(self, one: Session) -> datetime:
        """Return when a proposal lapses."""
        other = one.pair.other(one.by)
        asked = self.said.get(("proposed", one.id, one.round, other))
        until = after(self.clock(other, one.pair), asked, ANSWER) if asked and one.state == "proposed" else None
        return min([max(one.times), *([until] if until else [])])

    # Sessions: both are reminded at any hour, and asked afterwards; who is silent once more, a counted day later.

    def _before(self, one: Session) -> Iterator[tuple[datetime | None, Said]]:
        for number, span in enumerate(BEFORE if one.state == "booked" else ()):
            at = one.start - span
            if at > self.now and not one.pair.rests_at(at):
                yield from ((at, before(one, number, user)) for user in one.pair.sides)

    def _after(self, one: Session) -> Iterator[tuple[datetime | None, Said]]:
        if one.state not in OVER or one.decided or one.pair.ended:
            return
        for user in set(one.pair.sides) - set(one.words):
            clock = self.clock(user, one.pair)
            begin = max(self.now, one.end + ASKED_AFTER)
            yield welcome(clock if one.noted else at_any_hour(clock), begin), ("met", one.id, 0, user)
            if asked := self.said.get(("met", one.id, 0, user)):
                what, at = ("met", one.id, 1, user), latest([after(clock, asked, DAY), self.now])
                yield self._some_time(user, at and welcome(clock, at), what), what

    # Notes and feedback: asked once, reminded twice; nobody is late before they were reminded.

    def _of_sheet(self, key: Key) -> Iterator[tuple[datetime | None, Said]]:
        (session, user, form), sheet = key, self.sheets[key]
        pair = self.sessions[session].pair
        clock = self.clock(user, pair)
        times = self._asked(key)
        if not sheet.waits or len(times) > len(REMINDED):
            return
        what = ("write", (session, form), len(times), user)
        if times:
            apart = [after(clock, times[-1], REMINDED[1] - REMINDED[0])] if times[1:] else []
            at = latest([after(clock, times[0], REMINDED[len(times) - 1]), *apart, self.now])
            yield self._some_time(user, at and welcome(clock, at), what), what
            return
        at_once = at_any_hour(replace(clock, pauses=tuple(pair.rests)))  # who has just said so can't be away
        at = welcome(at_once if sheet.at_once else clock, max(sheet.due, self.now))
        slack = DAY if pair.rests else timedelta(0)  # whether a pairing goes on is looked at each day
        yield at if sheet.at_once and not slack else self._some_time(user, at, what, slack), what

    def _asked(self, key: Key) -> list[datetime]:
        """Return when somebody was asked for a sheet, and reminded."""
        said = (self.said.get(("write", (key[0], key[2]), number, key[1])) for number in range(3))
        return [at for at in said if at is not None]

    def verdict(self, key: Key) -> str:
        """Return what a sheet counts for."""
        sheet, times = self.sheets[key], self._asked(key)
        if sheet.withdrawn:
            return "taken_out"
        until = None
        if len(times) > 1:
            clock = self.clock(key[1], self.sessions[key[0]].pair)
            until = after(clock, times[0], IN_TIME)
            until = after(clock, times[1], IN_TIME - REMINDED[0]) if until and times[1] >= until else until
        if until is not None and (sheet.done or self.now) > until:
            return "late"
        return "undecided" if sheet.done is None else "in_time"

    def rate(self, user: str) -> tuple[int, int]:
        """Return how many of somebody's sheets count, and how many of them were in time."""
        verdicts = [self.verdict(key) for key in self.sheets if key[1] == user]
        return sum(one in ("in_time", "late") for one in verdicts), verdicts.count("in_time")

    # Goals: the mentee is asked when the last word is a month old, three times in vain, and not every day of another.

    def _of_goal(self, goal: Goal) -> Iterator[tuple[datetime | None, Said]]:
        if not goal.active or goal.pair.ended:
            return
        mentee = goal.pair.sides[1]
        clock = self.clock(mentee, goal.pair)
        mine = self._reminders([goal])
        if len([at for at in mine if at > goal.heard]) >= IN_VAIN:
            return
        at = after(at_any_hour(clock), max([goal.heard, *mine]), GOALS_EVERY)
        others = self._reminders([one for one in self.goals.values() if one.pair is goal.pair and one.active])
        at = latest([at, self.now, *(other + GOALS_APART for other in others)])
        what = ("goal", goal.id, len(mine) + 1, mentee)
        yield self._some_time(mentee, at and welcome(clock, at), what), what

    def _reminders(self, goals: list[Goal]) -> list[datetime]:
        ids = [goal.id for goal in goals]
        return [at for what, at in self.said.items() if what[0] == "goal" and what[1] in ids and at is not None]


def before(one: Session, number: int, user: str) -> Said:
    """Name a reminder of a session: one of each time at which it was to begin."""
    return ("before", (one.id, one.start), number, user)


def at_any_hour(calendar: Calendar) -> Calendar:
    """Return a calendar in which every hour counts but those of pauses."""
    return replace(calendar, days=frozenset(range(7)), opens=time(0), closes=time(0))


def latest(times: list[datetime | None]) -> datetime | None:
    """Return the last of some times; None if one of them never comes."""
    return None if None in times else max(at for at in times if at is not None)

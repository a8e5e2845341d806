"""When the model lets somebody be asked, and reminded; what lapses, and what is late."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.sessions.model import DAY, HORIZON, OPEN, OVER, Figures, Pair, Person, Session, Sheet, is_free, steps

Out = tuple[str, int, int, str]  # what is said, of which session or sheet, which time, to whom


@dataclass
class Clocks:
    """All that is there, and what goes by the clock."""

    now: datetime
    people: dict[str, Person]
    pairs: dict[int, Pair]
    figures: Figures = field(default_factory=Figures)
    sessions: dict[int, Session] = field(default_factory=dict)
    sheets: dict[tuple[int, str, str], Sheet] = field(default_factory=dict)
    out: dict[Out, datetime] = field(default_factory=dict)  # what is said exactly then
    asked_again: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def advance(self, to: datetime) -> None:
        """Let time pass."""
        for one in sorted(self.sessions.values(), key=lambda one: one.id):
            self._remind(one, to)
            self._ask_whether(one, to)
            if one.state in OPEN:
                self._wait(one, to)
        self.now = to

    def sides(self, one: Session) -> tuple[str, str]:
        """Return whose session it is."""
        return self.pairs[one.pairing].sides

    # Before a session.

    def _remind(self, one: Session, to: datetime) -> None:
        pair = self.pairs[one.pairing]
        for number, span in enumerate((self.figures.first, self.figures.last)):
            if one.state != "booked" or one.start is None or pair.ended:
                continue
            at = one.start - span
            if self.now < at <= to and is_free(at, pair.rests):
                for user in pair.sides:
                    self.out.setdefault(("before", one.id, 2 * stamp(one.start) + number, user), at)

    # Proposals.

    def _wait(self, one: Session, to: datetime) -> None:
        if one.state == "proposed" and one.asked is None:
            other = self.pairs[one.pairing].other(one.by)
            at = self.people[other].welcome(self.now, to)
            until = self.deadline(one)
            if at is not None and at < until:
                one.asked = at
                self.out["proposed", one.id, one.round, other] = at
        until = self.deadline(one)
        if until <= to:
            one.state = "expired"

    def deadline(self, one: Session) -> datetime:
        """Return when a proposal lapses: when all its times are over, or the time to answer is, since it was asked."""
        last = max(one.times)
        if one.state != "proposed" or one.asked is None:
            return last
        pair = self.pairs[one.pairing]
        person = self.people[pair.other(one.by)]
        until = person.later(one.asked, self.figures.answer_within, pair.rests)
        return min(last, until or last)

    # After a session.

    def may_say(self, one: Session) -> bool:
        """Tell whether the two can say how it was."""
        return one.state in OVER and one.start is not None and one.start <= self.now and not one.decided

    def _is_asked(self, one: Session, user: str) -> bool:
        silent = user not in one.words and not one.decided and user != one.logger
        return one.state in OVER and one.start is not None and silent and not self.pairs[one.pairing].ended

    def _ask_whether(self, one: Session, to: datetime) -> None:
        for user in self.sides(one):
            if self._is_asked(one, user) and ("met", one.id, 0, user) not in self.out:
                at = self._asked_at(one, user, max(self._asked_from(one), self.now), to)
                if at is not None:
                    self.out["met", one.id, 0, user] = at

    def _asked_from(self, one: Session) -> datetime:
        """Return from when on the two are asked; of what was noted afterwards, from then on."""
        at = one.end + self.figures.asked_after
        return at if one.logger is None else max(at, one.made)

    def _asked_at(self, one: Session, user: str, begin: datetime, end: datetime) -> datetime | None:
        """Return when somebody is asked first: about what the other noted afterwards, at hours that they like."""
        if one.logger is None:
            return self._free(one, user, begin, end)
        rests, person = self.pairs[one.pairing].rests, self.people[user]
        return next((at for at in steps(begin, end) if person.welcomes(at) and is_free(at, rests)), None)

    def _free(self, one: Session, user: str, begin: datetime, end: datetime) -> datetime | None:
        pauses = self.people[user].pauses + self.pairs[one.pairing].rests
        return next((at for at in steps(begin, end) if is_free(at, pauses)), None)

    def again_at(self, one: Session, user: str) -> datetime | None:
        """Return from when on somebody may be asked a second time, a counted day after the first; None: never."""
        if not self._is_asked(one, user) or one.state == "held":  # the other has said that they met
            return None
        begin = self._asked_from(one)
        first = self._free(one, user, begin, begin + HORIZON)
        return None if first is None else self.people[user].later(first, DAY, self.pairs[one.pairing].rests)

    # Notes and feedback.

    def reminder_at(self, key: tuple[int, str, str]) -> datetime | None:
        """Return from when on somebody may be reminded of what is to be written; None: not any more."""
        sheet, figures = self.sheets[key], self.figures
        count = len(sheet.reminders)
        if not sheet.waits or sheet.delivered is None or count > 1:
            return None
        span = (figures.first_after, figures.last_after)[count]
        at = self._later(key, sheet.delivered, span)
        if at is None or not count:
            return at
        after = self._later(key, sheet.reminders[0], span - figures.first_after)
        return None if after is None else max(at, after)

    def _later(self, key: tuple[int, str, str], begin: datetime, span: timedelta) -> datetime | None:
        return self.people[key[1]].later(begin, span, self.pairs[self.sessions[key[0]].pairing].rests)

    def late_from(self, key: tuple[int, str, str]) -> datetime | None:
        """Return after what it is late: nobody is before they were reminded."""
        sheet = self.sheets[key]
        figures = sheet.by or self.figures
        if sheet.delivered is None or not sheet.reminders:
            return None
        plain = self._later(key, sheet.delivered, figures.within)
        if plain is None or sheet.reminders[0] < plain:
            return plain
        return self._later(key, sheet.reminders[0], figures.within - figures.first_after)

    def verdict(self, key: tuple[int, str, str]) -> str:
        """Return what it counts for."""
        sheet = self.sheets[key]
        if sheet.withdrawn:
            return "taken_out"
        until = self.late_from(key)
        if until is not None and (sheet.done or self.now) > until:
            return "late"
        return "undecided" if sheet.done is None else "in_time"

    def rate(self, user: str) -> tuple[int, int]:
        """Return how many count, and how many of them were in time."""
        verdicts = [self.verdict(key) for key in self.sheets if key[1] == user]
        return sum(one in ("in_time", "late") for one in verdicts), verdicts.count("in_time")

    # After sessions that were missed.

    def missed(self, one: Session) -> set[str]:
        """Return who missed a session without notice."""
        if one.state != "not_held" or any(answer == "moved" for answer, _ in one.words.values()):
            return set()
        missed = {user for user, (_, reason) in one.words.items() if reason == "couldnt"}
        waited = {user for user, (_, reason) in one.words.items() if reason == "waited"}
        if one.decided and not missed and len(waited) == 1:
            return set(self.sides(one)) - waited
        return missed

    def needs_yes(self, pairing: int) -> bool:
        """Tell whether a coordinator is to say yes before the two meet again."""
        limit = self.figures.missed
        return limit > 0 and any(self._count(user) >= limit for user in self.pairs[pairing].sides)

    def _count(self, user: str) -> int:
        mine = [one for one in self.sessions.values() if user in self.sides(one)]
        since = max([self.now - 60 * DAY, *(one.made for one in mine if one.approved)])
        return sum(one.start is not None and since < one.start <= self.now and user in self.missed(one) for one in mine)


def stamp(at: datetime) -> int:
    """Return a number for an instant."""
    return int(at.timestamp())

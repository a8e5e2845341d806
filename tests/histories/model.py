"""What people do, as the model takes it: each act changes at once what it should."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.calendar import Pause
from tests.histories.clocks import DAY, MISSED, MISSED_IN, NOTICE, Clocks
from tests.histories.things import FORMS, LENGTH, OPEN, Goal, Key, Pair, Session, Sheet

Offer = tuple[str, tuple[object, ...]]  # what can be done: an act, and what with
ANSWERS = (("yes", ""), ("moved", ""), ("no", ""), ("no", "couldnt"), ("no", "waited"))


@dataclass
class Model(Clocks):
    """The whole model."""

    def offers(self) -> Iterator[Offer]:
        """Return what people can do with what is there."""
        for one in self.sessions.values():
            yield from () if one.pair.ended else self._offers_of(one)
        for key, sheet in self.sheets.items():
            yield from [("writes", (key,)), ("has_nothing_to_add", key[:2])] if sheet.waits else []
        for goal in self.goals.values():
            if goal.active and not goal.pair.ended:
                yield from ((act, (user, goal.id)) for act in ("updates", "reaches") for user in goal.pair.sides)

    def _offers_of(self, one: Session) -> Iterator[Offer]:
        other = one.pair.other(one.by)
        if one.state == "proposed":
            yield from (("accepts", (other, one.id, at)) for at in one.times if at > self.now)
            yield "declines", (other, one.id, one.round)
        if one.state in OPEN:
            yield "withdraws", (one.by, one.id, one.round)
        if one.state == "approval":
            yield "lets_go_ahead", (one.id,)
        if one.state == "booked" and one.start > self.now:
            yield from (("calls_off", (user, one.id)) for user in one.pair.sides)
        if one.is_open_to_answers(self.now):
            yield from (("says", (user, one.id, *words)) for user in one.pair.sides for words in ANSWERS)
        if one.needs_decision():
            yield from (("decides", (one.id, held)) for held in (True, False))

    # Booking.

    def is_free(self, pair: Pair, at: datetime, but: tuple[Session | None, ...] = ()) -> bool:
        """Tell whether neither of the two has a session at a time."""
        booked = [one for one in self.sessions.values() if one.state == "booked" and one not in but]
        near = [one for one in booked if one.start < at + LENGTH and at < one.end]
        return not any(set(one.pair.sides) & set(pair.sides) for one in near)

    def may_propose(self, user: str, pair: Pair, times: tuple[datetime, ...], replaces: Session | None) -> bool:
        """Tell whether somebody can propose these times: new ones, others than the other's, or to move a session."""
        mine = [one for one in self.sessions.values() if one.pair is pair and one.state in OPEN]
        free = all(at > self.now and self.is_free(pair, at, self._but(replaces)) for at in times)
        if replaces is None:
            return free and not pair.ended and len(mine) < 3
        moves = [one for one in mine if one.replaces is replaces]
        theirs = replaces.state == "proposed" and replaces.by != user
        moved = replaces.comes(self.now) and all(one.by == user for one in moves)
        return free and not pair.ended and (theirs or moved)

    def _but(self, replaces: Session | None) -> tuple[Session | None, ...]:
        return () if replaces is None else (replaces, replaces.replaces)

    def proposes(self, id_: int, user: str, pair: Pair, times: tuple[datetime, ...], replaces: Session | None) -> None:
        """Propose times; of one's own earlier wish to move the same session nothing is left."""
        if replaces is not None and replaces.state == "proposed":
            replaces.by, replaces.times, replaces.round = user, times, replaces.round + 1
            return
        for one in self.sessions.values():
            if replaces is not None and one.replaces is replaces and one.state in OPEN:
                one.state = "cancelled"
        state = "approval" if replaces is None and self.needs_yes(pair) else "proposed"
        self.sessions[id_] = Session(id_, pair, user, self.now, times, state, replaces)

    def accepts(self, _: str, id_: int, at: datetime) -> None:
        """Take a time, if it is still free."""
        one = self.sessions[id_]
        if not self.is_free(one.pair, at, (one.replaces,)):
            return
        if one.replaces is None:
            one.state, one.start = "booked", at
        elif one.replaces.comes(self.now):
            one.state, one.start = "agreed", at
            one.replaces.start, one.replaces.sequence = at, one.replaces.sequence + 1
        else:
            one.state = "cancelled"

    def declines(self, _: str, id_: int, __: int) -> None:
        """Take none of the times."""
        self.sessions[id_].state = "declined"

    def withdraws(self, _: str, id_: int, __: int) -> None:
        """Take back what one has proposed."""
        self.sessions[id_].state = "cancelled"

    def calls_off(self, _: str, id_: int) -> None:
        """Call off a session, and with it what was to move it."""
        one = self.sessions[id_]
        one.short = one.start - self.now < NOTICE
        for gone in self.sessions.values():
            if gone is one or (gone.replaces is one and gone.state in OPEN):
                gone.state = "cancelled"

    def lets_go_ahead(self, id_: int) -> None:
        """Let a proposal go on, as a coordinator."""
        one = self.sessions[id_]
        one.state, one.approved = "proposed", True

    def needs_yes(self, pair: Pair) -> bool:
        """Tell whether a coordinator is to say yes first: either has missed two sessions since the last yes."""
        for user in pair.sides:
            mine = [one for one in self.sessions.values() if user in one.pair.sides]
            since = max([self.now - MISSED_IN, *(one.made for one in mine if one.approved)])
            if sum(user in one.missed_by() for one in mine if since < one.start <= self.now) >= MISSED:
                return True
        return False

    # Afterwards.

    def says(self, user: str, id_: int, answer: str, reason: str) -> None:
        """Say whether they met, and why not."""
        one = self.sessions[id_]
        before = one.words.get(user)
        if before is not None and before[0] == answer and not reason:
            return
        one.words[user] = (answer, reason)
        answers = {answer for answer, _ in one.words.values()}
        if before is None or before[0] != answer:
            self._stands(one, "held" if answers == {"yes"} else "unclear" if "yes" in answers else "not_held")

    def decides(self, id_: int, held: bool) -> None:
        """Decide whether they met, as a coordinator."""
        self.sessions[id_].decided = True
        self._stands(self.sessions[id_], "held" if held else "not_held")

    def may_note(self, pair: Pair, start: datetime) -> bool:
        """Tell whether a session can be noted afterwards."""
        there = [
            one
            for one in self.sessions.values()
            if one.pair is pair and one.state in ("booked", "held", "not_held", "unclear")
        ]
        over = start + LENGTH <= self.now
        return over and not pair.ended and not any(one.start < start + LENGTH and start < one.end for one in there)

    def notes(self, id_: int, user: str, pair: Pair, start: datetime) -> None:
        """Note a session that was never booked."""
        one = Session(id_, pair, user, self.now, start=start, noted=True, words={user: ("yes", "")})
        self.sessions[id_] = one
        self._stands(one, "held")

    def _stands(self, one: Session, state: str) -> None:
        if one.state == "held" and state != "held":
            self.maybe |= {("met", one.id, 1, user) for user in one.pair.sides}  # they may have been let off before
        one.state = state
        for forms, user in zip(FORMS, one.pair.sides, strict=True):
            for form in forms:
                self._is_written((one.id, user, form), one)

    def _is_written(self, key: Key, one: Session) -> None:
        """Ask whoever says that they met at once, and the other a day later; nobody, if they didn't meet."""
        sheet = self.sheets.get(key)
        if one.state != "held":
            if sheet is not None and sheet.done is None:
                sheet.withdrawn = True
            return
        yes = one.words.get(key[1], ("", ""))[0] == "yes"
        if sheet is None or (sheet.done is None and (sheet.withdrawn or (yes and not sheet.at_once))):
            self.sheets[key] = Sheet(self.now if yes else self.now + DAY, yes)

    # Notes, feedback and goals.

    def writes(self, key: Key) -> None:
        """Write what is to be written."""
        self.sheets[key].done = self.now

    def has_nothing_to_add(self, id_: int, user: str) -> None:
        """Write nothing about a session."""
        for key, sheet in self.sheets.items():
            if key[:2] == (id_, user) and sheet.waits:
                sheet.done = self.now

    def sets_goal(self, id_: int, _: str, pair: Pair) -> None:
        """Set a goal."""
        self.goals[id_] = Goal(id_, pair, self.now)

    def updates(self, _: str, id_: int) -> None:
        """Say how far a goal is."""
        self.goals[id_].heard = self.now

    def reaches(self, _: str, id_: int) -> None:
        """Take a goal as reached."""
        self.goals[id_].active = False

    # What is around.

    def rests(self, pair: Pair, days: int) -> None:
        """Let a pairing rest for some days; 0: until it goes on."""
        self.goes_on(pair)
        until = (self.now + days * DAY).replace(hour=0, minute=0)
        pair.rests.append(Pause(self.now, until if days else None))

    def goes_on(self, pair: Pair) -> None:
        """Let a pairing go on."""
        pair.rests = [self._over(rest) for rest in pair.rests]

    def ends(self, pair: Pair) -> None:
        """Let a pairing end."""
        self.goes_on(pair)
        pair.ended = True
        for one in self.sessions.values():
            if one.pair is pair and (one.state in OPEN or one.comes(self.now)):
                one.state = "cancelled"
        for (session, _, _), sheet in self.sheets.items():
            if self.sessions[session].pair is pair and sheet.done is None:
                sheet.withdrawn = True

    def is_away(self, user: str, since: datetime | None, until: datetime) -> None:
        """Be away, perhaps for some days already."""
        self.is_back(user)
        person = self.people[user]
        self.people[user] = replace(person, pauses=(*person.pauses, Pause(since or self.now, until)))

    def is_back(self, user: str) -> None:
        """Be back."""
        person = self.people[user]
        self.people[user] = replace(person, pauses=tuple(self._over(pause) for pause in person.pauses))

    def _over(self, pause: Pause) -> Pause:
        return Pause(pause.since, self.now) if pause.until is None or pause.until > self.now else pause

"""What people do, as the model takes it: each act changes what it should, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.sessions.model import FORMS, OPEN, Figures, Session, Sheet
from tests.sessions.model_clocks import Clocks


@dataclass(frozen=True)
class Act:
    """What somebody does: which button or form, its numbers and words."""

    user: str
    name: str
    args: tuple[int | str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    starts: tuple[datetime, ...] = ()
    minutes: int = 60


@dataclass
class Model(Clocks):
    """The whole model; `times` says which time each number means that can still be taken."""

    times: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    names: dict[int, tuple[int, str, str]] = field(default_factory=dict)  # of sheets
    drafted: Session | None = None  # it has its number once it is known

    def act(self, act: Act) -> None:
        """Let somebody do something."""
        self.drafted = None
        run: Callable[[Act], None] = getattr(self, "_" + act.name.replace(".", "_"))
        run(act)

    def _mine(self, user: str, session_id: object) -> Session | None:
        """Return a session to one of its two, in a pairing that goes on."""
        one = self.sessions.get(int(str(session_id)))
        if one is None or self.pairs[one.pairing].ended or user not in self.sides(one):
            return None
        return one if one.state != "draft" or one.by == user else None

    # Booking.

    def _is_taken(self, pairing: int, at: datetime, minutes: int, but: set[int]) -> bool:
        sides = set(self.pairs[pairing].sides)
        end = at + timedelta(minutes=minutes)
        return any(
            one.state == "booked" and one.id not in but and one.start is not None and one.start < end and at < one.end
            for one in self.sessions.values()
            if sides & set(self.sides(one))
        )

    def _but(self, replaces: int | None) -> set[int]:
        if replaces is None:
            return set()
        return {replaces, self.sessions[replaces].replaces or 0}

    def _sessions_made(self, act: Act) -> None:
        pairing, replaces = int(act.args[0]), int(act.args[1]) or None
        if self.pairs[pairing].ended or act.user not in self.pairs[pairing].sides:
            return
        if replaces is not None:
            target = self._mine(act.user, replaces)
            if target is None or target.pairing != pairing:
                return
        if any(at <= self.now for at in act.starts):
            return
        if any(self._is_taken(pairing, at, act.minutes, self._but(replaces)) for at in act.starts):
            return
        times = sorted(set(act.starts))
        self.drafted = Session(0, pairing, act.user, times, act.minutes, self.now, replaces)

    def _sessions_send(self, act: Act) -> None:
        draft = self._mine(act.user, act.args[0])
        if draft is None or draft.state != "draft":
            return
        wrong = any(
            at <= self.now or self._is_taken(draft.pairing, at, draft.minutes, self._but(draft.replaces))
            for at in draft.times
        )
        if wrong:
            return
        target = self.sessions.get(draft.replaces or 0)
        if target is None:
            self._send_new(draft)
        elif target.state == "proposed" and target.by != act.user:
            target.by, target.times, target.minutes = act.user, draft.times, draft.minutes
            target.round, target.sent, target.asked = target.round + 1, self.now, None
            del self.sessions[draft.id]
        elif target.is_coming(self.now):
            self._send_move(draft, target)
        else:
            draft.replaces = None

    def _send_new(self, draft: Session) -> None:
        mine = [one for one in self.sessions.values() if one.pairing == draft.pairing]
        if sum(one.state in OPEN for one in mine) >= 3 or sum(one.is_coming(self.now) for one in mine) >= 20:
            return
        draft.state = "approval" if self.needs_yes(draft.pairing) else "proposed"
        draft.sent = self.now

    def _send_move(self, draft: Session, target: Session) -> None:
        moves = [one for one in self.sessions.values() if one.replaces == target.id and one.state in OPEN]
        if any(one.by != draft.by for one in moves):
            return
        for one in moves:
            one.state = "cancelled"
        draft.state, draft.sent = "proposed", self.now

    def _sessions_accept(self, act: Act) -> None:
        session_id, at = self.times.get(int(act.args[0]), (0, self.now))
        one = self._mine(act.user, session_id)
        if one is None or one.state != "proposed" or one.by == act.user or at <= self.now:
            return
        if self._is_taken(one.pairing, at, one.minutes, {one.id, one.replaces or 0}):
            return
        target = self.sessions.get(one.replaces or 0)
        if target is None:
            mine = [other for other in self.sessions.values() if other.pairing == one.pairing]
            if sum(other.is_coming(self.now) for other in mine) < 20:
                one.state, one.start = "booked", at
        elif target.is_coming(self.now):
            one.state, one.start = "agreed", at
            target.start, target.minutes, target.sequence = at, one.minutes, target.sequence + 1
        else:
            one.state = "cancelled"

    def _sessions_decline(self, act: Act) -> None:
        one = self._mine(act.user, act.args[0])
        if one is not None and one.state == "proposed" and one.round == act.args[1] and one.by != act.user:
            one.state = "declined"

    def _sessions_withdraw(self, act: Act) -> None:
        one = self._mine(act.user, act.args[0])
        if one is not None and one.state in OPEN and one.round == act.args[1] and one.by == act.user:
            one.state = "cancelled"

    def _sessions_go_ahead(self, act: Act) -> None:
        one = self.sessions.get(int(act.args[0]))
        if act.user == "rosa" and one is not None and one.state == "approval":
            one.state, one.approved, one.sent = "proposed", True, self.now

    def _sessions_cancelled(self, act: Act) -> None:
        one = self._mine(act.user, act.args[0])
        if one is not None and one.begins_after(self.now):
            assert one.start is not None
            one.short = one.start - self.now < self.figures.notice
            self._call_off(one)

    def _call_off(self, one: Session) -> None:
        one.state = "cancelled"
        for move in self.sessions.values():
            if move.replaces == one.id and move.state in OPEN:
                move.state = "cancelled"

    # Afterwards.

    def _sessions_met(self, act: Act) -> None:
        one = self._mine(act.user, act.args[0])
        if one is None or not self.may_say(one):
            return
        answer = str(act.args[1])
        if one.words.get(act.user, ("", None))[0] != answer:
            one.words[act.user] = (answer, None)
            self._make_up(one)

    def _sessions_why(self, act: Act) -> None:
        one = self._mine(act.user, act.args[0])
        if one is not None and self.may_say(one) and one.words.get(act.user, ("", None))[0] == "no":
            one.words[act.user] = ("no", str(act.args[1]))

    def _make_up(self, one: Session) -> None:
        answers = {answer for answer, _ in one.words.values()}
        if answers == {"yes"}:
            self._stands(one, "held")
        else:
            self._stands(one, "unclear" if "yes" in answers else "not_held")

    def _stands(self, one: Session, state: str) -> None:
        before, one.state = one.state, state
        mine = {key: sheet for key, sheet in self.sheets.items() if key[0] == one.id}
        if state == "held" and not self.pairs[one.pairing].ended:
            self._to_write(one)
        elif state != "held" and before == "held":
            for sheet in mine.values():
                sheet.withdrawn = sheet.done is None

    def _to_write(self, one: Session) -> None:
        for role, user in zip(("mentor", "mentee"), self.sides(one), strict=True):
            said_yes = one.words.get(user, ("", None))[0] == "yes"
            for form in FORMS[role]:
                key = (one.id, user, form)
                sheet = self.sheets.setdefault(key, Sheet(len(self.sheets), self.now))
                if sheet.done is None and sheet.delivered is None:
                    fresh = self.now if said_yes else self.now + timedelta(days=1)
                    sheet.due = fresh if said_yes or sheet.withdrawn or sheet.due is None else sheet.due
                sheet.withdrawn = False

    def needs_decision(self, one: Session) -> bool:
        """Tell whether a coordinator is to say whether two met."""
        reasons = {reason for _, reason in one.words.values()}
        moved = any(answer == "moved" for answer, _ in one.words.values())
        waited = one.state == "not_held" and "waited" in reasons and "couldnt" not in reasons and not moved
        return not one.decided and (one.state == "unclear" or waited)

    def _decide(self, act: Act, state: str) -> None:
        one = self.sessions.get(int(act.args[0]))
        if act.user == "rosa" and one is not None and self.needs_decision(one):
            one.decided = True
            self._stands(one, state)

    def _sessions_they_met(self, act: Act) -> None:
        self._decide(act, "held")

    def _sessions_not_met(self, act: Act) -> None:
        self._decide(act, "not_held")

    def _sessions_noted(self, act: Act) -> None:
        pairing, at = int(act.args[0]), act.starts[0]
        mine = [id_ for id_, pair in self.pairs.items() if act.user in pair.sides and not pair.ended]
        pairing = mine[0] if len(mine) == 1 else pairing  # who has one alone isn't asked with whom
        pair, end = self.pairs[pairing], at + timedelta(minutes=act.minutes)
        if pair.ended or act.user not in pair.sides or end > self.now or at < self.now - timedelta(days=60):
            return
        for one in self.sessions.values():
            there = one.state in ("booked", "held", "not_held", "unclear") and one.pairing == pairing
            if there and one.start is not None and one.start < end and at < one.end:
                return
        one = Session(0, pairing, act.user, [], act.minutes, self.now, state="held", start=at, logger=act.user)
        one.words[act.user] = ("yes", None)
        self.drafted = one

    def named(self, session_id: int) -> None:
        """Take the number of what was just typed."""
        one = self.drafted
        assert one is not None
        one.id = session_id
        self.sessions[session_id] = one
        if one.state == "held":
            self._to_write(one)

    # Notes and feedback.

    def _finish(self, sheet: Sheet, *, empty: bool) -> None:
        sheet.done, sheet.empty = self.now, empty
        if sheet.reminders:
            sheet.by = replace(self.figures)

    def _feedback_written(self, act: Act) -> None:
        key = self.names.get(int(act.args[0]))
        if key is None or key[1] != act.user:
            return
        sheet, values = self.sheets[key], dict(act.values)
        if sheet.withdrawn or (sheet.waits and values.get("Send") == "draft"):
            sheet.draft = True
        elif sheet.waits:
            sheet.draft = True
            self._finish(sheet, empty=False)
        elif sheet.empty:
            sheet.draft, sheet.empty = True, False

    def _feedback_send(self, act: Act) -> None:
        key = self.names.get(int(act.args[0]))
        if key is not None and key[1] == act.user and self.sheets[key].waits and self.sheets[key].draft:
            self._finish(self.sheets[key], empty=False)

    def _waiting(self, act: Act) -> list[Sheet]:
        return [one for key, one in self.sheets.items() if key[:2] == (int(act.args[0]), act.user) and one.waits]

    def _feedback_nothing(self, act: Act) -> None:
        waiting = self._waiting(act)
        if not any(one.draft for one in waiting):
            for one in waiting:
                self._finish(one, empty=True)

    def _feedback_drop(self, act: Act) -> None:
        for one in self._waiting(act):
            one.draft = False
            self._finish(one, empty=True)

    # What is around.

    def _pairings_rest_for(self, act: Act) -> None:
        pair, length = self.pairs[int(act.args[0])], int(act.args[1])
        if act.user == "rosa" and not pair.ended:
            self._go_on(int(act.args[0]))
            day = (self.now + timedelta(days=length)).replace(hour=0, minute=0)
            pair.rests.append((self.now, day if length else None))

    def _pairings_go_on(self, act: Act) -> None:
        if act.user == "rosa":
            self._go_on(int(act.args[0]))

    def _go_on(self, pairing: int) -> None:
        pair = self.pairs[pairing]
        pair.rests = [cut(span, self.now) for span in pair.rests]

    def _pairings_end_now(self, act: Act) -> None:
        pairing = int(act.args[0])
        if act.user != "rosa" or self.pairs[pairing].ended:
            return
        self._go_on(pairing)
        self.pairs[pairing].ended = True
        for one in self.sessions.values():
            if one.pairing == pairing and (one.state in OPEN or one.is_coming(self.now)):
                one.state = "cancelled"
        for key, sheet in self.sheets.items():
            if self.sessions[key[0]].pairing == pairing and sheet.done is None:
                sheet.withdrawn = True

    def away(self, user: str, since: datetime | None, until: datetime) -> None:
        """Let somebody be away."""
        self.back(user)
        self.people[user].pauses.append((since or self.now, until))

    def back(self, user: str) -> None:
        """Let somebody be back."""
        person = self.people[user]
        person.pauses = [cut(span, self.now) for span in person.pauses]

    def change(self, **figures: object) -> None:
        """Let other figures hold."""
        self.figures: Figures = replace(self.figures, **figures)  # type: ignore[arg-type]


def cut(span: tuple[datetime, datetime | None], now: datetime) -> tuple[datetime, datetime | None]:
    """Let a span end now, if it goes on."""
    since, until = span
    return (since, now) if until is None or until > now else span

"""Turns as a fold over the tail of a pairing's messages: who waits for whom, decided from who wrote and when alone.

A message opens a turn if it comes after a quiet time, or speaks to the other side by mention or reply. A reply in a
running exchange doesn't, and neither does the answer to a turn: it is the end of something, not the beginning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median

from bot.figures import Era
from bot.people import Pairing
from bot.policy_sections import NudgeFigures
from storage.messages import MessageRow
from storage.nudges import Mark, MarkRow, Outcome, TurnFacts
from storage.reactions import ReactionRow
from storage.tails import Tail

CLOSING = {Mark.NOT_NEEDED: Outcome.NOT_NEEDED, Mark.ELSEWHERE: Outcome.ELSEWHERE}

Event = MessageRow | ReactionRow | MarkRow


@dataclass(frozen=True, slots=True)
class Folded:
    """The turns, oldest first, and how the exchange stands at the end; None if there was no message."""

    turns: list[TurnFacts]
    tail: Tail | None


def fold(
    pairing: Pairing,
    figures: NudgeFigures,
    messages: Sequence[MessageRow],
    reactions: Iterable[ReactionRow] = (),
    marks: Iterable[MarkRow] = (),
    begun: TurnFacts | None = None,
    *,
    earlier: Sequence[Era] = (),
) -> Folded:
    """Work out the turns of a pairing's messages, each by the figures that held when it was written.

    The first message opens one: before it there was nothing, or nothing that plays a part (`TurnFacts.fresh`).
    `begun` is the turn that the messages begin with; it counts even if its own message is no longer kept.
    """
    exchange = _Exchange(pairing, figures, earlier)
    if begun is not None and (not messages or messages[0].external != begun.opener):
        exchange.go_on_with(begun)
    for event in _in_order(messages, reactions, marks):
        exchange.take(event)
    return Folded(exchange.turns, exchange.tail)


def watch(
    pairing: Pairing,
    figures: NudgeFigures,
    messages: Iterable[MessageRow],
    reactions: Iterable[ReactionRow] = (),
    marks: Iterable[MarkRow] = (),
) -> Iterator[tuple[datetime, TurnFacts | None]]:
    """Go through a pairing's messages as `fold` does; yield when each thing happened and what waits from then on."""
    exchange = _Exchange(pairing, figures)
    for event in _in_order(messages, reactions, marks):
        exchange.take(event)
        yield event.at, None if exchange.open is None else exchange.turns[exchange.open]


def _in_order(
    messages: Iterable[MessageRow], reactions: Iterable[ReactionRow], marks: Iterable[MarkRow]
) -> list[Event]:
    events: list[Event] = [*messages, *reactions, *marks]
    return sorted(events, key=lambda event: (event.at, _ORDER[type(event)]))


def go_on(
    pairing: Pairing,
    figures: NudgeFigures,
    tail: Tail,
    messages: Sequence[MessageRow],
    *,
    earlier: Sequence[Era] = (),
) -> Folded:
    """Go on where a fold ended, with messages that came after all of it; return the turns that are new or different."""
    last = MessageRow(0, pairing.id, 0, "", tail.author_id, tail.at, addressed=False)
    exchange = _Exchange(pairing, figures, earlier, last=last, gaps=list(tail.gaps), until=tail.until)
    if tail.waits is not None:
        exchange.turns.append(tail.waits)
        exchange.open = 0
    for message in sorted(messages, key=lambda message: (message.at, message.id)):
        exchange.take(message)
    return Folded([turn for turn in exchange.turns if turn is not tail.waits], exchange.tail)


# A reaction or a mark can't be earlier than its message; at the same instant the message comes first.
_ORDER: dict[type, int] = {MessageRow: 0, ReactionRow: 1, MarkRow: 2}


@dataclass
class _Exchange:
    """What the fold knows so far."""

    pairing: Pairing
    figures: NudgeFigures
    earlier: Sequence[Era] = ()
    turns: list[TurnFacts] = field(default_factory=list)
    written: dict[tuple[int, str], MessageRow] = field(default_factory=dict)
    ids: dict[int, MessageRow] = field(default_factory=dict)
    last: MessageRow | None = None
    gaps: list[timedelta] = field(default_factory=list)
    open: int | None = None
    known_until: datetime | None = None
    until: datetime | None = None
    by: NudgeFigures = field(init=False)  # those of the event that is being taken

    @property
    def tail(self) -> Tail | None:
        """How the exchange stands."""
        if self.last is None or self.until is None:
            return None
        waits = None if self.open is None else self.turns[self.open]
        return Tail(self.until, self.last.author_id, self.last.at, tuple(self.gaps), waits)

    def go_on_with(self, begun: TurnFacts) -> None:
        """Begin with a turn that waits, whose own message is no longer kept: what was said before is in it already."""
        self.turns.append(replace(begun, closed_at=None, outcome=Outcome.OPEN))
        self.open = 0
        self.known_until = begun.waiting_since
        at = begun.opened_at
        opener = MessageRow(0, self.pairing.id, begun.space_id, begun.opener, begun.asker_id, at, addressed=False)
        self.written[begun.space_id, begun.opener] = opener

    def take(self, event: Event) -> None:
        self.until = event.at
        era = next((era for era in self.earlier if event.at < era.until), None)
        self.by = self.figures if era is None else era.policy.nudges
        match event:
            case MessageRow():
                self._said(event)
            case ReactionRow():
                self._reacted(event)
            case MarkRow():
                self._marked(event)

    def _said(self, message: MessageRow) -> None:
        other = self.pairing.other(message.author_id)
        if other is None:
            return  # somebody who is no side of the pairing neither asks nor answers in it
        answers = self._waits_for(message.author_id)
        if answers:
            self._close(message.at, Outcome.ANSWERED)
        opens = self.open is None and self._opens(message, answers)
        fresh = self.last is None or message.at - self.last.at > self.by.quiet
        self._keep_pace(message)
        self.written[message.space_id, message.external] = self.ids[message.id] = message
        self.last = message
        if opens:
            self._begin(message, other, fresh=fresh)

    def _opens(self, message: MessageRow, answers: bool) -> bool:
        if self.last is None:
            return True
        gap = message.at - self.last.at
        limit = self.pairing.pace or self.by.answer_within
        if answers and gap < limit:
            return False
        return message.addressed or gap > self._quiet()

    def _quiet(self) -> timedelta:
        if not self.gaps:
            return self.by.quiet
        usual = timedelta(seconds=median(gap.total_seconds() for gap in self.gaps))
        return min(self.by.quiet, max(self.by.lull, self.by.lull_factor * usual))

    def _keep_pace(self, message: MessageRow) -> None:
        if self.last is None:
            return
        gap = message.at - self.last.at
        if gap > self.by.quiet:
            self.gaps.clear()
        elif message.author_id != self.last.author_id:
            self.gaps.append(gap)

    def _begin(self, message: MessageRow, other: int, *, fresh: bool) -> None:
        facts = TurnFacts(
            pairing_id=self.pairing.id,
            space_id=message.space_id,
            opener=message.external,
            asker_id=message.author_id,
            answerer_id=other,
            opened_at=message.at,
            waiting_since=message.at,
            fresh=fresh,
        )
        self.turns.append(facts)
        self.open = len(self.turns) - 1

    def _waits_for(self, member_id: int) -> bool:
        return self.open is not None and self.turns[self.open].answerer_id == member_id

    def _close(self, at: datetime, outcome: Outcome) -> None:
        if self.open is not None:
            self._change(self.open, closed_at=at, outcome=outcome)
        self.open = None

    def _change(self, index: int, **changes: object) -> None:
        self.turns[index] = replace(self.turns[index], **changes)  # type: ignore[arg-type]

    def _reacted(self, reaction: ReactionRow) -> None:
        message = self.ids.get(reaction.message_id)
        if self.open is None or message is None or not self._waits_for(reaction.member_id):
            return
        turn = self.turns[self.open]
        if message.author_id != turn.asker_id or message.at < turn.opened_at or reaction.at < turn.waiting_since:
            return
        if reaction.reaction in self.by.seen:
            self._change(self.open, put_off_at=reaction.at)
        else:
            self._close(reaction.at, Outcome.REACTED)

    def _marked(self, mark: MarkRow) -> None:
        message = self.written.get((mark.space_id, mark.external))
        if message is None or (self.known_until is not None and mark.at <= self.known_until):
            return
        if mark.kind is Mark.WANTED:
            self._wanted(mark, message)
        elif self.open is not None and message.at >= self.turns[self.open].opened_at:
            self._settled(self.open, mark)

    def _settled(self, index: int, mark: MarkRow) -> None:
        turn = self.turns[index]
        if mark.kind is Mark.NO_HURRY and mark.member_id == turn.asker_id:
            self._close(mark.at, Outcome.NO_HURRY)
        elif mark.kind is Mark.LATER and mark.member_id == turn.answerer_id:
            self._change(index, remind_at=mark.until)
        elif mark.kind is Mark.ENDED:
            self._close(mark.at, Outcome.ENDED)
        elif mark.kind in CLOSING and mark.member_id == turn.answerer_id:
            self._close(mark.at, CLOSING[mark.kind])

    def _wanted(self, mark: MarkRow, message: MessageRow) -> None:
        """Its writer says that a message waits: a turn of its own, or the one it is in, begins to wait anew."""
        other = self.pairing.other(mark.member_id)
        if other is None or message.author_id != mark.member_id:
            return
        known = self.open
        if known is None:
            opener = (message.space_id, message.external)
            known = next((i for i, turn in enumerate(self.turns) if (turn.space_id, turn.opener) == opener), None)
        elif self.turns[known].asker_id != mark.member_id or message.at < self.turns[known].opened_at:
            return
        if known is None:
            self._begin(message, other, fresh=False)
            self._change(len(self.turns) - 1, wanted=True, waiting_since=mark.at)
            return
        was = self.turns[known]
        self._change(
            known,
            closed_at=None,
            outcome=Outcome.OPEN,
            # One that was settled waits from now on; one that waits all the time is reminded of anew.
            waiting_since=was.waiting_since if known == self.open else mark.at,
            reopened=was.reopened + 1,
            wanted=True,
            put_off_at=None,
            remind_at=None,
        )
        self.open = known

"""A program with a row in every table, for the tests of the stores."""

from dataclasses import dataclass

from sqlalchemy import text

from storage.asks import Asks, Audience, NewAsk
from storage.channels import Channels
from storage.codes import Codes, Purpose
from storage.contacts import Contacts
from storage.disputes import Disputes, Subject
from storage.drafts import Drafts
from storage.due import Alarm, Setting
from storage.events import Events
from storage.forms import Forms
from storage.goals import Goals
from storage.journal import ADD
from storage.leaving import Leavings
from storage.members import Members
from storage.messages import Messages, NewMessage
from storage.nudges import Mark, MarkRow, Nudges, TurnFacts
from storage.outbox import Delivery, OutboxRow
from storage.proposals import Proposals
from storage.reactions import NewReaction, Reactions
from storage.rests import Rests
from storage.session_words import Answer, SessionWords
from storage.sessions import NewSession, NewTime, Sessions, Time
from storage.settings import Change, Settings
from storage.tails import Tail, Tails
from storage.unreachable import Unreachable
from storage.wishes import Kind, Wishes
from storage.work import Work
from tests.storage.living_badges import Earned, earned
from tests.storage.living_events import EVENT
from tests.storage.living_reports import Reported, reported
from tests.storage.living_sheets import Wrote, wrote
from tests.storage.programs import HOUR, MONDAY, Ids, Two, edit, row

KEY = b"key"
CHANGE = Change(1, MONDAY, "5ca1ab1e", "nudges.first_after", "12h")
RINGS = Alarm("test.kind", 1, MONDAY)


@dataclass(frozen=True)
class Asked:
    """What the first program's team asked for: the request, whom it went to, and what they dispute."""

    ask: int = 0
    recipient: int = 0
    dispute: int = 0


@dataclass(frozen=True)
class Met:
    """The first program's session, and a time that is proposed for it."""

    session: int
    time: Time


NOTHING_WRITTEN = Wrote()
NOT_MET = Met(0, Time(0, 0, 0, MONDAY, ""))


@dataclass(frozen=True)
class Theirs:
    """What the first program has, for the second one to reach for."""

    ids: Ids
    turn: int
    rows: list[OutboxRow]
    asked: Asked
    delivery: Delivery
    alarm: Alarm
    code: str = ""
    contact: int = 0
    goal: int = 0
    event: int = 0
    met: Met = NOT_MET
    wrote: Wrote = NOTHING_WRITTEN
    reports: tuple[Reported, ...] = ()
    badges: tuple[Earned, ...] = ()

    @property
    def reported(self) -> Reported:
        """Its report."""
        return self.reports[0]

    @property
    def earned(self) -> Earned:
        """Its badge, and who earned it."""
        return self.badges[0]

    @property
    def message(self) -> NewMessage:
        """Its message, as the second program would remember it."""
        return NewMessage(self.ids.pairing, self.ids.space, "1", self.ids.mentee, MONDAY)

    @property
    def reaction(self) -> NewReaction:
        """Its reaction."""
        return NewReaction(self.ids.space, "1", self.ids.mentor, "heart", MONDAY)

    @property
    def facts(self) -> TurnFacts:
        """Its turn."""
        ids = self.ids
        return TurnFacts(ids.pairing, ids.space, "1", ids.mentee, ids.mentor, MONDAY, MONDAY)

    @property
    def mark(self) -> MarkRow:
        """What was said about its message."""
        return MarkRow(self.ids.pairing, self.ids.space, "1", self.ids.mentee, Mark.WANTED, MONDAY)


async def lived(two: Two) -> Theirs:
    """Let the first program have a row in every table."""
    ids = two.one
    async with two.work() as work:
        await _kept(work, ids)
        await _wished(work, ids)
        code = await work.of(Codes).make(Purpose.SETUP, MONDAY + HOUR, ids.mentor)
        contact = await work.of(Contacts).put(member_id=ids.mentor)
        turn = await _talked(work, ids)
        rows, delivery = await _told(work, ids)
        asked = await _asked(work, ids)
        goal = await work.of(Goals).add(ids.pairing, ids.mentee, "Speak up")
        await work.of(Goals).move(goal, ids.mentee, 20, "Once")
        event = await work.of(Events).draft(EVENT, ids.mentor)
        await work.of(Events).say(event, ids.mentor, coming=True)
        met = await _met(work, ids, goal)
        written = await wrote(work, ids, met.session)
        reports = (await reported(work, ids.mentor, ids.mentee),)
        badges = (await earned(work, ids.mentor, ids.mentee),)
    return Theirs(ids, turn, rows, asked, delivery, RINGS, code, contact, goal, event, met, written, reports, badges)


async def _kept(work: Work, ids: Ids) -> None:
    """Let the bot have kept what it takes in, what was set and what is written down."""
    await work.inbox.take("a call")
    await work.conn.execute(text(ADD), {"platform": "slack", "workspace": "one", "seen": "[]"})
    await work.of(Settings).add_change(CHANGE)
    await work.of(Proposals).add(ids.mentor, 1, {"nudges.first_after": None})
    await work.of(Channels).put(ids.place)
    await work.of(Forms).put("notes", "name = 'notes'", ids.mentor)
    await work.of(Drafts).add(ids.mentor, "sealed")
    await work.audit.add("5ca1ab1e", "away")
    await work.audit.seal(KEY)
    await work.audit.add("5ca1ab1e", "back")


async def _wished(work: Work, ids: Ids) -> None:
    """Let people be away, rest, want something else, be out of reach and leave."""
    await work.of(Members).pause(ids.mentor, MONDAY, None)
    await work.of(Rests).begin(ids.pairing, None)
    await work.of(Wishes).wish(ids.pairing, ids.mentee, Kind.END, None)
    await work.of(Wishes).propose(ids.pairing, ids.mentee, None)
    await work.of(Unreachable).note(ids.mentor)
    await work.of(Leavings).begin(ids.mentor)


async def _talked(work: Work, ids: Ids) -> int:
    """Let the pairing have talked; return its turn."""
    draft = Theirs(ids, 0, [], Asked(), Delivery(0, 0, ""), RINGS)
    await work.of(Messages).add([draft.message])
    await work.of(Reactions).add([draft.reaction])
    await work.of(Nudges).save([draft.facts])
    await work.of(Nudges).add_mark(draft.mark)
    (turn,) = await work.of(Nudges).every_turn()
    await work.of(Nudges).plan([(turn.id, 0, 1)])
    await work.of(Tails).save({ids.pairing: Tail(MONDAY, ids.mentee, MONDAY, waits=draft.facts)})
    return turn.id


async def _told(work: Work, ids: Ids) -> tuple[list[OutboxRow], Delivery]:
    """Let something be sent, wait, be edited and be due."""
    await work.due.set(RINGS.kind, [Setting(RINGS.subject, ids.mentor, RINGS.at)])
    await work.outbox.add([row("sent", ids), row("waits", ids, MONDAY - HOUR)])
    delivery = await work.outbox.open_delivery(ids.mentor, "day:0", MONDAY.date(), await work.outbox.by_keys(["sent"]))
    assert delivery is not None
    await work.outbox.add([edit("edit", ids, delivery.id)])
    return await work.outbox.by_keys(["sent", "waits", "edit"]), delivery


async def _asked(work: Work, ids: Ids) -> Asked:
    asks = work.of(Asks)
    ask_id = await asks.draft(new_ask(ids))
    (recipient,) = await asks.send(ask_id, [ids.mentee])
    await asks.plan([(recipient.id, 1)])
    dispute = await work.of(Disputes).add(ids.mentee, Subject(recipient_id=recipient.id))
    return Asked(ask_id, recipient.id, dispute or 0)


async def _met(work: Work, ids: Ids, goal: int) -> Met:
    sessions = work.of(Sessions)
    session_id = await sessions.draft(new_session(ids))
    await sessions.propose(session_id, [NewTime(1, MONDAY + HOUR, "in an hour")])
    await sessions.set_goals(session_id, [goal])
    await work.of(SessionWords).say(session_id, ids.mentee, answer=Answer.YES)
    (time,) = (await sessions.times([session_id]))[session_id]
    return Met(session_id, time)


def new_session(ids: Ids) -> NewSession:
    """Return a session that the mentee proposes."""
    return NewSession(ids.pairing, ids.mentee, 60, None, "What we talk about", "What to read")


def new_ask(ids: Ids) -> NewAsk:
    """Return a request of the mentor's to the mentee."""
    return NewAsk(ids.mentor, Audience.ONE, ids.mentee, "Please", in_words=True)

"""Work: one transaction of one program, with every store bound to it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.answers import Answers
from storage.asks import Asks
from storage.audit import Audit
from storage.awards import Awards
from storage.badge_choices import BadgeChoices
from storage.badges import Badges
from storage.cases import Cases
from storage.channels import Channels
from storage.codes import Codes
from storage.contacts import Contacts
from storage.disputes import Disputes
from storage.drafts import Drafts
from storage.due import Due
from storage.evidence import Evidence
from storage.forms import Forms
from storage.goals import Goals
from storage.inbox import Inbox
from storage.journal import Journal
from storage.leaving import Leavings
from storage.members import Members
from storage.messages import Messages
from storage.next_steps import NextSteps
from storage.nudges import Nudges
from storage.outbox import Outbox
from storage.pairings import Pairings
from storage.presence import Presence
from storage.proposals import Proposals
from storage.reactions import Reactions
from storage.report_drafts import ReportDrafts
from storage.responders import Responders
from storage.rests import Rests
from storage.session_words import SessionWords
from storage.sessions import Sessions
from storage.settings import Settings
from storage.shadow import Shadow
from storage.sheets import Sheets
from storage.store import Store
from storage.tails import Tails
from storage.totals import Totals
from storage.undelivered import DeadRows
from storage.unreachable import Unreachable
from storage.wishes import Wishes

S = TypeVar("S", bound=Store)

# In the order in which somebody is forgotten: what points at a row goes before the row.
STORES: tuple[type[Store], ...] = (
    Due,
    Outbox,
    DeadRows,
    Disputes,
    Nudges,
    Answers,
    Tails,
    Messages,
    Reactions,
    NextSteps,
    Sheets,
    Totals,
    SessionWords,
    Sessions,
    Rests,
    Wishes,
    Goals,
    Pairings,
    Audit,
    Inbox,
    Journal,
    Settings,
    Asks,
    Forms,
    Awards,
    Badges,
    BadgeChoices,
    Evidence,
    Proposals,
    Drafts,
    Codes,
    Contacts,
    Channels,
    Presence,
    Shadow,
    Unreachable,
    Leavings,
    Cases,
    ReportDrafts,
    Responders,
    Members,
)


@dataclass(frozen=True)
class Work:
    """What one transaction of one program can reach. `now` is the bot's time at its beginning."""

    conn: AsyncConnection
    program: int
    now: datetime

    def of(self, store: type[S]) -> S:
        """Return a store, bound to this transaction."""
        return store(self.conn, self.program, self.now)

    @cached_property
    def due(self) -> Due:
        """The alarms."""
        return self.of(Due)

    @cached_property
    def outbox(self) -> Outbox:
        """The effects on the outside."""
        return self.of(Outbox)

    @cached_property
    def audit(self) -> Audit:
        """The audit log."""
        return self.of(Audit)

    @cached_property
    def inbox(self) -> Inbox:
        """The calls that came in."""
        return self.of(Inbox)

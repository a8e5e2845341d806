"""Which messages a member's response rate goes over: those of their pairings, and the team's requests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.context import Context
from bot.nudges.rules import Verdict, judged_by, verdict
from storage.asks import Asks, Recipient
from storage.disputes import Dispute, Disputes, Subject
from storage.nudges import Nudges, Outcome, Turn, TurnFacts

COUNTED = frozenset({Verdict.IN_TIME, Verdict.LATE})
NONE = 0  # no id: a request is in no conversation


@dataclass(frozen=True, slots=True)
class Judged:
    """A message, what it counts for, and what was said against that. `asked`: it is a request of the team's."""

    turn: Turn
    verdict: Verdict
    subject: Subject
    dispute: Dispute | None

    @property
    def asked(self) -> bool:
        """Whether the team asked."""
        return self.subject.recipient_id is not None

    @property
    def may_be_disputed(self) -> bool:
        """Whether it counts as late, and nobody has said yet that it shouldn't."""
        return self.verdict is Verdict.LATE and self.dispute is None


def turn_of(recipient: Recipient) -> Turn:
    """Return a request to somebody as a turn: reminders and rates go by the same rules.

    Its clock begins when it reaches them. One that is closed without an answer counts for nothing, unless it was late.
    """
    begins = recipient.delivered_at or recipient.sent_at
    facts = TurnFacts(
        pairing_id=NONE,
        space_id=NONE,
        opener="",
        asker_id=recipient.by_id or NONE,
        answerer_id=recipient.member_id,
        opened_at=begins,
        waiting_since=begins,
        closed_at=recipient.answered_at or recipient.closed_at,
        outcome=_outcome(recipient),
    )
    return Turn(recipient.id, facts, recipient.limit_at, recipient.told_at, recipient.version)


def _outcome(recipient: Recipient) -> Outcome:
    if recipient.answered_at is not None:
        return Outcome.ANSWERED
    late = recipient.limit_at is not None and (recipient.closed_at or recipient.limit_at) > recipient.limit_at
    return Outcome.OPEN if late or recipient.waits else Outcome.WITHDRAWN


async def judged(context: Context, member_id: int) -> list[Judged]:
    """Return the newest messages to a member, until as many as a rate goes over are judged; the newest first."""
    limit = 5 * context.policy.rate.turns
    disputes = await context.work.of(Disputes).of_member(member_id)
    turns = await context.work.of(Nudges).of_answerer(member_id, limit)
    asked = [one for one in await context.work.of(Asks).of_member(member_id, limit) if one.failed_at is None]
    found = [_judge(turn, Subject(turn_id=turn.id), disputes, context.now) for turn in turns]
    found += [_judge(turn_of(one), Subject(recipient_id=one.id), disputes, context.now) for one in asked]
    return _newest(sorted(found, key=lambda one: one.turn.facts.opened_at, reverse=True), context.policy.rate.turns)


async def time_to_answer(context: Context, found: Collection[Judged]) -> timedelta | None:
    """Return within which time the messages of a rate were to be answered; None if that wasn't the same for all."""
    judged = [one.turn for one in found if one.verdict in COUNTED and one.turn.limit_at is not None]
    now = context.program.version
    versions = {judged_by(turn, now) for turn in judged} or {now}
    times = {(await context.by(version)).policy.nudges.answer_within for version in versions}
    return times.pop() if len(times) == 1 else None


def _judge(turn: Turn, subject: Subject, disputes: Mapping[Subject, Dispute], now: datetime) -> Judged:
    dispute = disputes.get(subject)
    taken_out = dispute is not None and bool(dispute.taken_out)
    return Judged(turn, Verdict.TAKEN_OUT if taken_out else verdict(turn, now), subject, dispute)


def _newest(found: list[Judged], count: int) -> list[Judged]:
    counted = 0
    for index, one in enumerate(found):
        counted += one.verdict in COUNTED
        if counted == count:
            return found[: index + 1]
    return found

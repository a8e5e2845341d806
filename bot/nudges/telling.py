"""All turns of a program as stories in the platform's own ids: for reports over a whole history."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.context import Context
from bot.nudges.rules import Verdict, rate, verdict
from storage.members import Members
from storage.nudges import Nudges, Outcome
from storage.pairings import Pairings

ANSWERS = frozenset({Outcome.ANSWERED, Outcome.REACTED})


@dataclass(frozen=True, slots=True)
class Story:
    """One turn: `asker` opened it in `channel`, and it waited for `answerer`.

    `opened` is the opening message's own time, exact to the microsecond; `answered` is None if no answer ever came;
    `nudges` are the times at which a reminder went out.
    """

    channel: str
    asker: str
    answerer: str
    opened: datetime
    answered: datetime | None
    outcome: str
    nudges: tuple[datetime, ...] = ()

    @property
    def took(self) -> timedelta | None:
        """How long the answer took, by the wall clock; None if none came."""
        return None if self.answered is None else self.answered - self.opened


@dataclass(frozen=True, slots=True)
class Stories:
    """The turns of a program, oldest first, and each member's response rate by user id (None: too few turns)."""

    turns: tuple[Story, ...]
    rates: dict[str, float | None]


async def tell(context: Context) -> Stories:
    """Tell all turns that were not withdrawn."""
    nudges = context.work.of(Nudges)
    turns = [turn for turn in await nudges.every_turn() if turn.facts.outcome is not Outcome.WITHDRAWN]
    sent = await nudges.of_turns([turn.id for turn in turns])
    spaces = await context.work.of(Pairings).spaces_of({turn.facts.pairing_id for turn in turns})
    channel = {space.id: space.place.channel for space in spaces}
    user = await _users(context, {id_ for turn in turns for id_ in (turn.facts.asker_id, turn.facts.answerer_id)})
    verdicts: defaultdict[str, list[Verdict]] = defaultdict(list)
    stories: list[Story] = []
    for turn in turns:
        facts = turn.facts
        answerer = user[facts.answerer_id]
        verdicts[answerer].insert(0, verdict(turn, context.now))
        answered = facts.closed_at if facts.outcome in ANSWERS else None
        times = tuple(nudge.sent_at for nudge in sent[turn.id] if nudge.sent_at is not None)
        where = channel[facts.space_id]
        stories.append(Story(where, user[facts.asker_id], answerer, facts.opened_at, answered, facts.outcome, times))
    rates = {who: rate(theirs, context.policy.rate).share for who, theirs in verdicts.items()}
    return Stories(tuple(stories), rates)


async def _users(context: Context, member_ids: set[int]) -> dict[int, str]:
    members = context.work.of(Members)
    return {id_: (await members.accounts(id_))[0].user for id_ in member_ids}

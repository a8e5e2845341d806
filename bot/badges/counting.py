"""What badges look at of many members: read with a few queries for all of them, however many they are."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.badges.definition import Definition
from bot.badges.measures import Measure
from bot.badges.rules import Case, History, window
from bot.calendar import Pause, whole_day
from bot.context import Context
from bot.events.rules import CODE_FOR, for_everybody
from bot.feedback import rules as feedback
from bot.nudges import judging as nudges
from bot.nudges.rules import TAKEN_OUT, Verdict, verdict
from bot.people import Member
from storage.awards import Awards
from storage.badge_choices import BadgeChoices
from storage.disputes import Subject
from storage.events import Events
from storage.evidence import Evidence, Happened, Sides
from storage.members import Members
from storage.nudges import Outcome, Turn

EVER = datetime(1970, 1, 1, tzinfo=UTC)
LOOKED_AT = 5  # times as many as a rate goes over: some don't count

Cases = dict[int, list[Case]]
_COUNTS = {Verdict.IN_TIME: True, Verdict.LATE: False}


async def histories(
    context: Context, members: Collection[Member], definitions: Collection[Definition], at: datetime
) -> dict[int, History]:
    """Return what badges look at of members, as it was at an instant as far as that is known.

    The badges are all for the same: one for mentors counts what somebody does as a mentor, and not as a mentee.
    """
    ids = [one.id for one in members]
    sides = Sides(ids, frozenset().union(*(one.roles for one in definitions)))
    pauses = await away(context, members)
    ended = await context.work.of(Awards).ended(ids)
    measures = {one.measure for definition in definitions for one in definition.criteria}
    since = {one: _since(one, definitions, pauses, at) for one in measures}
    found = {one: await _COUNTED[one](context, sides, since[one], at) for one in measures}
    over = at - CODE_FOR  # until then whoever was there can still say so
    began = for_everybody(await context.work.of(Events).began(since.get(Measure.EVENTS_ATTENDED, at), over))
    return {
        one.id: History(
            {measure: cases[one.id] for measure, cases in found.items()},
            pauses[one.id],
            tuple(moment for moment in began if one.welcomed_at is None or moment >= one.welcomed_at),
            anew={badge: when for (whose, badge), when in ended.items() if whose == one.id},
        )
        for one in members
    }


async def away(context: Context, members: Collection[Member]) -> dict[int, tuple[Pause, ...]]:
    """Return when members were or will be away, lighter weeks apart, and the days that they leave out."""
    ids = [one.id for one in members]
    rows, days = await context.work.of(Members).pauses(ids), await context.work.of(BadgeChoices).days(ids)
    return {
        one.id: (
            *(Pause(row.since, row.until) for row in rows[one.id] if not row.lighter),
            *(Pause(*whole_day(ZoneInfo(one.zone), day)) for day in days[one.id]),
        )
        for one in members
    }


def _since(
    measure: Measure, definitions: Collection[Definition], pauses: Mapping[int, Sequence[Pause]], at: datetime
) -> datetime:
    """Return how far back a measure is to be read for all of these members."""
    spans = {one.within for definition in definitions for one in definition.criteria if one.measure is measure}
    longest = max((span for span in spans if span is not None), default=None)
    if longest is None or None in spans:
        return EVER
    return min((window(one, at, longest) for one in set(map(tuple, pauses.values()))), default=at)


# Rates: judged as /mentor rate and the notes are judged.


async def _responses(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    store, limit = context.work.of(Evidence), LOOKED_AT * context.policy.rate.turns
    out = await store.taken_out(sides.member_ids)
    turns, asked = await store.turns(sides, limit, at), await store.asked(sides.member_ids, limit, at)
    found: Cases = {}
    for id_ in sides.member_ids:
        cases = [_case(f"turn:{one.id}", one, at, out=Subject(turn_id=one.id) in out) for one in turns[id_]]
        for one in asked[id_]:
            if one.failed_at is None:
                turn = nudges.turn_of(one)
                cases.append(_case(f"ask:{one.id}", turn, at, out=Subject(recipient_id=one.id) in out))
        found[id_] = sorted(cases, key=lambda case: case.at, reverse=True)
    return found


async def _forms(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    store, limit = context.work.of(Evidence), LOOKED_AT * context.policy.rate.turns
    out = await store.taken_out(sides.member_ids)
    found = await store.sheets(sides, limit, at)
    return {
        id_: [
            _case(
                f"sheet:{one.id}",
                feedback.turn_of(one),
                at,
                out=one.failed_at is not None or Subject(sheet_id=one.id) in out,
            )
            for one in found[id_]
        ]
        for id_ in sides.member_ids
    }


def _case(id_: str, turn: Turn, at: datetime, *, out: bool) -> Case:
    counts = None if out else _COUNTS.get(verdict(_as_of(turn, at), at))
    return Case(id_, turn.facts.opened_at, counts)


def _as_of(turn: Turn, at: datetime) -> Turn:
    """Return a turn as it stood: what was settled only later waited."""
    closed_at = turn.facts.closed_at
    if closed_at is None or closed_at <= at or turn.facts.outcome in TAKEN_OUT:
        return turn
    return replace(turn, facts=replace(turn.facts, closed_at=None, outcome=Outcome.OPEN))


# Counts.


async def _booked(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("session", await context.work.of(Evidence).booked(sides, since, at))


async def _attended(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("session", await context.work.of(Evidence).attended(sides, since, at))


async def _given(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("session", await context.work.of(Evidence).given(sides, since, at))


async def _active(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("goal", await context.work.of(Evidence).active(sides, at))


async def _linked(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("goal", await context.work.of(Evidence).linked(sides, at))


async def _updates(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("update", await context.work.of(Evidence).updates(sides, since, at))


async def _visited(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    return _cases("event", await context.work.of(Evidence).visited(sides.member_ids, since, at))


async def _nothing(context: Context, sides: Sides, since: datetime, at: datetime) -> Cases:
    """Count nothing: it can't be measured yet."""
    return {id_: [] for id_ in sides.member_ids}


def _cases(kind: str, found: Mapping[int, Iterable[Happened]]) -> Cases:
    return {id_: [Case(f"{kind}:{one.id}", one.at) for one in each] for id_, each in found.items()}


_Count = Callable[[Context, Sides, datetime, datetime], Awaitable[Cases]]
_COUNTED: Mapping[Measure, _Count] = {
    Measure.RESPONSE_RATE: _responses,
    Measure.FORMS_ON_TIME: _forms,
    Measure.SESSIONS_BOOKED: _booked,
    Measure.SESSIONS_ATTENDED: _attended,
    Measure.FEEDBACK_GIVEN: _given,
    Measure.GOALS_ACTIVE: _active,
    Measure.GOALS_LINKED: _linked,
    Measure.GOAL_UPDATES: _updates,
    Measure.EVENTS_ATTENDED: _visited,
    Measure.AVAILABILITY_CURRENT: _nothing,
}

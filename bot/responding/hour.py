"""At each full hour: who is told of new reports, and who is reminded of those that wait.

Nothing is told at the moment of a report, so that no moment leads to whoever made it; what came in one hour is told in
an order drawn by lot. Only danger doesn't wait.
"""

import hmac
import random
import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import DangerReported, ProgramChanged
from bot.feature import Part
from bot.members.calendars import goes_on
from bot.people import Role
from bot.reports.clock import Step, working
from bot.reports.memory import memory
from bot.reports.sealing import Hidden, Unreadable, unhide
from bot.responding import hour_wording as wording
from bot.responding.feature import feature
from bot.responding.note_wording import private_note
from bot.responding.telling import NOTE
from bot.responding.turns import Reached, first, reached, reminded
from storage.cases import Case, Cases, State, reader, reading_member, to_hour
from storage.due import Alarm, Setting
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.report_drafts import ReportDrafts
from storage.responders import Responders

HOUR = "responding.hour"
NOTICE = "responding.notice"
LATE = "responding.late"
OUTSIDE = "responding.outside"
KEPT = timedelta(days=1)  # reports in the making
_LOT = random.SystemRandom()


@feature.daily
async def begin(context: Context) -> None:
    """Let the hours be told, from the next full one on, once there is anybody to read: done again it does no harm."""
    responders = context.work.of(Responders)
    if await responders.keys() or (await responders.contact()).outside is not None:
        at = to_hour(context.now) + timedelta(hours=1)
        await context.work.due.set(HOUR, [Setting(context.program.id, None, at)])


@feature.on(ProgramChanged)
async def begin_with_program(context: Context, _fact: ProgramChanged) -> None:
    """Let the hours be told once a program goes on."""
    await begin(context)


async def nothing_waits(context: Context) -> bool:
    """Tell whether nothing is to be told at the next full hour: nothing is new, and what waits was said to be late."""
    figures, told_until = context.policy.reports, to_hour(context.now)
    calendar = working(figures.country)
    for case in await context.work.of(Cases).every(open_only=True):
        now = reached(case, calendar, figures, told_until)
        if not case.told or (now is not None and now.step is not Step.LATE):
            return False
    return True


@feature.alarm(HOUR, always=True, idle=nothing_waits)
async def every_hour(context: Context, _alarms: Sequence[Alarm]) -> None:
    """Tell of what is new, remind of what waits, and delete what is over."""
    await begin(context)
    memory(context.house).tidy(context.now)
    await context.work.of(Responders).purge()
    await context.work.of(ReportDrafts).purge(context.now - KEPT)
    store = context.work.of(Cases)
    new = await store.untold()
    await store.mark_told([case.id for case in new])
    rows = [row for case in new for row in await _told(context, case)]
    for case in await store.every(open_only=True):
        rows += await _reminders(context, case)
    _LOT.shuffle(rows)
    await context.work.outbox.add(rows)


@feature.on(DangerReported)
async def danger(context: Context, fact: DangerReported) -> None:
    """Tell all who may read a report at once, day and night: somebody is in danger."""
    case = (await context.work.of(Cases).get([fact.case_id]))[fact.case_id]
    people = await _readers(context, case)
    rows = [_row(context, NOTICE, secrets.token_hex(16), id_, Urgency.AT_ONCE) for id_ in people]
    await context.work.outbox.add(rows or await _to_coordinators(context, case, OUTSIDE, Urgency.AT_ONCE))


async def _told(context: Context, case: Case) -> list[NewRow]:
    """Return what is told of a report that has something new."""
    people = await _readers(context, case)
    if not people:
        return await _to_coordinators(context, case, OUTSIDE, Urgency.ASKED)
    now = first(people, case.taken_by_id, await _away(context, people))
    return [_row(context, NOTICE, secrets.token_hex(16), id_, Urgency.ASKED) for id_ in now]


async def _reminders(context: Context, case: Case) -> list[NewRow]:
    """Return who is reminded of a report that waits, once at each step; once it is late, others learn of it, too."""
    figures = context.policy.reports
    now = reached(case, working(figures.country), figures, context.now)
    if now is None or now.step is Step.BEGUN:
        return []
    people = await _readers(context, case)
    told = reminded(now.step, people, case.taken_by_id, await _away(context, people))
    rows = [_row(context, NOTICE, _once(context, case, now, id_), id_, Urgency.ASKED) for id_ in told]
    return [*rows, *await _late(context, case, now)] if now.step is Step.LATE else rows


async def _late(context: Context, case: Case, now: Reached) -> list[NewRow]:
    """Tell coordinators that a report is late, and whoever made it with a name that there is something to read."""
    rows = await _to_coordinators(context, case, LATE, Urgency.ASKED, now)
    hidden = _hidden(context, case)
    if hidden is not None and (reporter := hidden.reporter) is not None:
        rows.append(_row(context, NOTE, _once(context, case, now, reporter), reporter, Urgency.ASKED))
    return rows


async def _to_coordinators(
    context: Context, case: Case, kind: str, urgency: Urgency, now: Reached | None = None
) -> list[NewRow]:
    """Return what those coordinators are told who may learn of a report."""
    mine = await coordinators(context, case)
    keys = {id_: _once(context, case, now, id_) if now else secrets.token_hex(16) for id_ in mine}
    return [_row(context, kind, keys[id_], id_, urgency) for id_ in mine]


async def coordinators(context: Context, case: Case) -> list[int]:
    """Return who may learn that there is a report: never who must not learn of it, nor whoever made it."""
    hidden = _hidden(context, case)
    if hidden is None:
        return []
    people = [one.id for one in await context.work.of(Members).with_role(Role.COORDINATOR)]
    return [id_ for id_ in people if id_ not in hidden.excluded and id_ != hidden.reporter]


def _row(context: Context, kind: str, key: str, member_id: int, urgency: Urgency) -> NewRow:
    """Return what is to be told; it doesn't say of which report."""
    return NewRow(f"{kind}:{key}", kind, (), member_id, context.now, urgency=urgency)


def _once(context: Context, case: Case, now: Reached, member_id: int) -> str:
    """Return a key that is the same at each hour of a step, until that begins anew; it doesn't tell of which report."""
    about = f"{case.id}:{case.waits_since}:{now.to_read}:{now.step}:{member_id}"
    return hmac.new(context.house.secret, about.encode(), "sha256").hexdigest()[:32]


async def _readers(context: Context, case: Case) -> list[int]:
    """Return the responders who may read a report, in the order of reading."""
    names = (await context.work.of(Cases).readers([case.id]))[case.id]
    may = {reading_member(name) for name in names} - {None}
    active = {one.id for one in await context.work.of(Members).with_role(Role.RESPONDER)}
    return [key.member_id for key in await context.work.of(Responders).keys() if key.member_id in may & active]


async def _away(context: Context, member_ids: Collection[int]) -> frozenset[int]:
    pauses = await context.work.of(Members).pauses(member_ids)
    away = (id_ for id_, mine in pauses.items() if any(goes_on(one, context.now) and not one.lighter for one in mine))
    return frozenset(away)


def _hidden(context: Context, case: Case) -> Hidden | None:
    """Return what the bot itself knows of a report; None if that was changed from outside: then nobody else is told."""
    try:
        return unhide(context.house.secret, case.id, case.hidden)
    except Unreadable:
        return None


@feature.composer(NOTICE, private=True)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Say that there is a private note, once for all of them; not to somebody who no longer has any to look at."""
    mine = await context.work.of(Cases).read_by(reader(member_id))
    if all(case.state is State.CLOSED for case in mine):
        return Part((), frozenset())
    return Part(private_note("responding.open"), frozenset(row.id for row in rows))


@feature.composer(LATE, private=True)
async def compose_late(context: Context, _member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator that reports wait longer than they should; nothing else of them."""
    return Part(wording.late(len(rows)), frozenset(row.id for row in rows))


@feature.composer(OUTSIDE, private=True)
async def compose_outside(context: Context, _member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator that something is to be handed to the outside contact, sealed."""
    return Part(wording.outside(context.policy.reports.outside), frozenset(row.id for row in rows))

"""What happens by itself: a session was held or wasn't, an alarm rings, a message goes out, a calendar changes."""

from collections.abc import Collection, Sequence

from bot.context import Context
from bot.facts import (
    CalendarChanged,
    Delivered,
    PaceChanged,
    PairingEnded,
    ProgramChanged,
    SessionHeld,
    SessionNotHeld,
    TriedAgain,
    Undelivered,
)
from bot.feedback.feature import feature
from bot.feedback.keeping import ASK, again, bring_up_to_date, plans, row_key, settle, urgency
from bot.feedback.rules import asked_at
from bot.forms.keeping import forms_of
from bot.nudges.events import RECENT
from bot.people import Pairing
from storage.due import Alarm
from storage.goals import Goals
from storage.members import Members
from storage.next_steps import NextSteps
from storage.outbox import Effect, Move, NewRow, OutboxRow, Urgency
from storage.pairings import Pairings
from storage.programs import State
from storage.session_words import Answer, SessionWords
from storage.sessions import Session, Sessions
from storage.sheets import ALARM, NewSheet, Sheet, Sheets

AT_ONCE = 500  # sheets that are settled together


@feature.on(SessionHeld)
async def session_held(context: Context, fact: SessionHeld) -> None:
    """Ask both sides for what is to be written; told again, only for what has changed since."""
    session = (await context.work.of(Sessions).get([fact.session_id])).get(fact.session_id)
    if session is None:
        return
    pairing = (await context.work.of(Pairings).get([session.pairing_id]))[session.pairing_id]
    if pairing.ended_at is not None:
        return
    sheets = context.work.of(Sheets)
    await sheets.make(await _to_make(context, session, pairing))
    every = await sheets.of_session(session.id)
    withdrawn = [one.id for one in every if one.withdrawn_at is not None]
    await sheets.withdraw(withdrawn, withdrawn=False)
    every = list((await sheets.get([one.id for one in every])).values())
    await _ask(context, [one for one in every if one.waits], await _who_said_yes(context, session), anew=withdrawn)
    await again(context, withdrawn)


async def _to_make(context: Context, session: Session, pairing: Pairing) -> list[NewSheet]:
    people = await context.work.of(Members).get(pairing.sides)
    forms = await forms_of(context)
    return [
        NewSheet(session.id, pairing.id, member_id, form.id, form.definition.name)
        for member_id in pairing.sides
        for form in forms
        if people[member_id].active and form.definition.is_for(mentor=member_id == pairing.mentor_id)
    ]


async def _who_said_yes(context: Context, session: Session) -> set[int]:
    words = (await context.work.of(SessionWords).get([session.id]))[session.id]
    said = {word.member_id for word in words if word.answer is Answer.YES}
    return said | ({session.by_id} if session.logged else set())


async def _ask(
    context: Context, sheets: Collection[Sheet], said_yes: Collection[int], anew: Collection[int] = ()
) -> None:
    """Ask whoever said that they met at once, which is outside of hours and budget; whoever didn't, a day later.

    `anew`: what was needless meanwhile, and perhaps about to be dropped.
    """
    rows = [
        NewRow(
            row_key(one.id, 0),
            ASK,
            (one.id, 0),
            one.member_id,
            asked_at(said_yes=one.member_id in said_yes, now=context.now),
            urgency=Urgency.AT_ONCE if one.member_id in said_yes else Urgency.SOON,
        )
        for one in sheets
        if one.delivered_at is None
    ]
    await context.work.outbox.add(rows)
    moved = [row for row in rows if row.urgency is Urgency.AT_ONCE or row.args[0] in anew]
    await context.work.outbox.move([Move(row.key, row.due_at, row.urgency) for row in moved])


@feature.on(SessionNotHeld)
async def session_not_held(context: Context, fact: SessionNotHeld) -> None:
    """Ask nobody for anything about it any more. What was written stays."""
    await _withdraw(context, await context.work.of(Sheets).of_session(fact.session_id))


@feature.on(PairingEnded)
async def pairing_ended(context: Context, fact: PairingEnded) -> None:
    """Ask nobody for anything about it any more."""
    await _withdraw(context, await context.work.of(Sheets).of_pairing(fact.pairing_id))


async def _withdraw(context: Context, sheets: Collection[Sheet]) -> None:
    ids = [one.id for one in sheets if one.waits]
    await context.work.of(Sheets).withdraw(ids)
    await again(context, ids)


@feature.on(PaceChanged)
async def rest_changed(context: Context, fact: PaceChanged) -> None:
    """Move the clocks of a pairing that rests, or goes on."""
    await settle(context, await context.work.of(Sheets).of_pairing(fact.pairing_id))


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of what waits, or lately waited, for members."""
    theirs = await context.work.of(Sheets).lately_with(changed.member_ids, context.now - RECENT)
    await settle(context, theirs)


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Let what waits go by the figures of now; ask anew for what was only noted while the program was tried out."""
    tried = changed.before.state is State.SHADOW and context.program.state is not State.SHADOW
    sheets, last = context.work.of(Sheets), 0
    while found := await sheets.open_after(last, AT_ONCE):
        last = found[-1].id
        if tried and changed.before.since is not None:
            await sheets.start_over([one.id for one in found], changed.before.since)
            found = list((await sheets.get([one.id for one in found])).values())
            await _ask(context, found, ())
        await settle(context, found)


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note what has reached people: from then on their clock runs."""
    sheets, rows = context.work.of(Sheets), _mine(fact.rows)
    if not rows:
        return
    await sheets.mark_delivered([one for one, rung in rows if not rung])
    await sheets.mark_reminders([row for row in rows if row[1]], sent_at=context.now)
    found = (await sheets.get({one for one, _ in rows})).values()
    await settle(context, found)
    # What was written while the message was on its way has to be said in it as well.
    await bring_up_to_date(context, [one for one in found if not one.waits])


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Take back reminders that were needless, and note who can't be reached."""
    sheets, rows = context.work.of(Sheets), _mine(fact.rows)
    if not rows:
        return
    if fact.dead:
        await sheets.mark_failed([one for one, rung in rows if not rung])
        await sheets.mark_reminders([row for row in rows if row[1]], failed_at=context.now)
    else:
        await sheets.unplan([row for row in rows if row[1]])
    await settle(context, (await sheets.get({one for one, _ in rows})).values())


@feature.on(TriedAgain)
async def tried_again(context: Context, fact: TriedAgain) -> None:
    """Take what couldn't be delivered as on its way again."""
    sheets, rows = context.work.of(Sheets), _mine(fact.rows)
    if not rows:
        return
    await sheets.mark_failed([one for one, rung in rows if not rung], failed=False)
    await sheets.mark_reminders([row for row in rows if row[1]], failed_at=None)
    await settle(context, (await sheets.get({one for one, _ in rows})).values())


def _mine(rows: Sequence[OutboxRow]) -> list[tuple[int, int]]:
    return [(row.args[0], row.args[1]) for row in rows if row.kind == ASK and row.effect is Effect.SEND]


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Send the reminders that are due on their way."""
    sheets = context.work.of(Sheets)
    found = [one for one in (await sheets.get([alarm.subject for alarm in alarms])).values() if one.waits]
    planned, due = await plans(context, found), {}
    for one in found:
        schedule = planned[one.id].schedule
        if schedule and not schedule.pending and schedule.nudge is not None and schedule.nudge <= context.now:
            due[one.id, schedule.rung + 1] = (one.member_id, urgency(schedule))
    rows = [
        NewRow(row_key(*key), ASK, key, due[key][0], context.now, urgency=due[key][1])
        for key in sorted(await sheets.plan(due))
    ]
    await context.work.outbox.add(rows)
    await settle(context, found)


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what is older than the policy keeps, also of sessions and goals: what points at a row before the row."""
    before = context.now - context.policy.kept.notes
    await context.work.of(Sheets).purge(before)
    await context.work.of(NextSteps).purge(before)
    await context.work.of(Sessions).purge(before)
    await context.work.of(Goals).purge(before)

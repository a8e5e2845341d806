"""What the two of a pairing ask for: what waits to be written, what was written, their rate, next steps."""

from collections.abc import Sequence

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Option, number
from bot.feedback import notes_wording, wording
from bot.feedback.composing import to_write
from bot.feedback.feature import feature
from bot.feedback.judging import judged
from bot.feedback.looking import around, chosen_goals, goals_of
from bot.feedback.showing import of_mine
from bot.forms.showing import Reader, shown, visible
from bot.nudges import wording as nudges_wording
from bot.nudges.disputes import pass_on
from bot.nudges.rules import rate
from bot.people import PAIRED
from bot.views import Block, Message
from storage.members import Members
from storage.next_steps import NextStep, NextSteps
from storage.pairings import Pairings
from storage.sessions import Sessions
from storage.sheets import Sheet, Sheets
from storage.totals import Totals

WRITTEN = 3  # sessions that are offered for reading
WAITING = 3  # sessions that are shown with their buttons; further ones are counted


@feature.command(
    "notes",
    "See what can be written about your sessions, and next steps",
    who=PAIRED,
    options=(Option("why", "what counted as in time", flag=True),),
)
async def notes(asked: Asked, why: str | None = None) -> Message:
    """Show what waits to be written, next steps, what was written lately, and the on-time rate."""
    if why is not None:
        return await show_why(asked)
    waiting, left = await to_write(asked, WAITING)
    found = await judged(asked, asked.member.id)
    how = rate([one.verdict for _, one in found], asked.policy.rate)
    said = notes_wording.overview(waiting, left, how, await _lately(asked), await _steps(asked))
    mine = (await asked.work.of(Totals).get([asked.member.id]))[asked.member.id]
    return Message((*said.blocks, *await of_mine(asked, mine)))


async def _lately(asked: Asked) -> list[Block]:
    """Offer the last sessions of which something was written that this member may read."""
    ids = [one.id for one in await asked.work.of(Pairings).going_on(asked.member.id)]
    done = await asked.work.of(Sheets).done_in(ids, 4 * WRITTEN)
    known = await around(asked, done)
    done = [one for one in done if one.member_id == asked.member.id or visible(known.form(one), Reader.PAIRING)]
    blocks: list[Block] = []
    for session_id in list(dict.fromkeys(one.session_id for one in done))[:WRITTEN]:
        one = next(one for one in done if one.session_id == session_id)
        name = known.people[known.pairings[one.pairing_id].other(asked.member.id) or 0].name
        blocks += notes_wording.read_button(session_id, name, known.at(one), asked.member.zone)
    return blocks


async def _steps(asked: Asked) -> list[Block]:
    pairings = await asked.work.of(Pairings).going_on(asked.member.id)
    found = await asked.work.of(NextSteps).still_open([one.id for one in pairings])
    every = [step for steps in found.values() for step in steps]
    return notes_wording.steps(every[: wording.LISTED], await _names(asked, every), asked.member.id)


async def _names(asked: Asked, steps: Sequence[NextStep]) -> dict[int, str]:
    people = await asked.work.of(Members).get({one.member_id for one in steps if one.member_id is not None})
    return {id_: one.name for id_, one in people.items()}


@feature.button("feedback.why", who=PAIRED)
async def show_why(asked: Asked) -> Message:
    """List what a member's on-time rate goes over, and what doesn't count in it."""
    found = await judged(asked, asked.member.id)
    return notes_wording.why(found, await around(asked, [sheet for sheet, _ in found]), asked.member.zone)


@feature.button("feedback.dispute", number, who=PAIRED)
async def dispute(asked: Asked, sheet_id: int) -> Message:
    """Ask a coordinator to look at a form that counts as late."""
    sheet = (await asked.work.of(Sheets).get([sheet_id])).get(sheet_id)
    if sheet is None or sheet.member_id != asked.member.id:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    found = {one.id: judged_ for one, judged_ in await judged(asked, asked.member.id)}
    return await pass_on(asked, found.get(sheet_id), sheet.pairing_id)


@feature.button("feedback.read", number, who=PAIRED)
async def read(asked: Asked, session_id: int) -> Message:
    """Show what was written after a session: one's own all, of the other side's what is for both."""
    session = (await asked.work.of(Sessions).get([session_id])).get(session_id)
    pairing = None if session is None else (await asked.work.of(Pairings).get([session.pairing_id]))[session.pairing_id]
    other = None if pairing is None else pairing.other(asked.member.id)
    if session is None or other is None:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    person = (await asked.work.of(Members).get([other]))[other]
    sheets = [one for one in await asked.work.of(Sheets).of_session(session_id) if _may_read(one, asked.member.id)]
    of = [part for one in sheets for part in await _written(asked, one, person.name)]
    return notes_wording.written(of, person.name, session.starts_at or session.made_at, asked.member.zone)


def _may_read(sheet: Sheet, me: int) -> bool:
    return sheet.member_id == me or (sheet.done_at is not None and not sheet.empty)


async def _written(asked: Asked, sheet: Sheet, other: str) -> list[tuple[str, Sequence[Block]]]:
    """Return what may be read of a sheet, with what it is called; nothing if that is nothing."""
    answers = (await asked.work.of(Sheets).answers([sheet.id]))[sheet.id]
    form = (await around(asked, [sheet])).form(sheet)
    goals, _ = await goals_of(asked, sheet, chosen_goals(form, answers))
    if sheet.member_id != asked.member.id:
        blocks = shown(form, answers, Reader.PAIRING, goals)
        return [(notes_wording.whose(form, other), blocks)] if blocks else []
    if sheet.empty:
        return [(notes_wording.whose(form, None), (notes_wording.nothing_said(),))]
    draft = (notes_wording.drafted(),) if sheet.done_at is None else ()
    blocks = shown(form, answers, Reader.AUTHOR, goals)
    return [(notes_wording.whose(form, None), (*blocks, *draft))] if blocks else []


@feature.button("feedback.step_done", number, who=PAIRED)
async def step_done(asked: Asked, step_id: int) -> Message:
    """Take a next step as done."""
    return await _mark(asked, step_id, done=True)


@feature.button("feedback.step_open", number, who=PAIRED)
async def step_open(asked: Asked, step_id: int) -> Message:
    """Take a next step as not done after all."""
    return await _mark(asked, step_id, done=False)


async def _mark(asked: Asked, step_id: int, *, done: bool) -> Message:
    step = await _step(asked, step_id)
    if not await asked.work.of(NextSteps).mark(step.id, done=done):
        return notes_wording.step_already()
    return notes_wording.step_done(step) if done else notes_wording.step_open(step)


async def _step(asked: Asked, step_id: int) -> NextStep:
    """Return a next step to either side of its pairing."""
    step = (await asked.work.of(NextSteps).get([step_id])).get(step_id)
    pairing = None if step is None else (await asked.work.of(Pairings).get([step.pairing_id]))[step.pairing_id]
    if step is None or pairing is None or pairing.other(asked.member.id) is None:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return step

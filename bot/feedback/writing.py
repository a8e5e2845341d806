"""Filling in what is asked after a session: a form, which can be kept as a draft."""

from collections.abc import Mapping, Sequence

from bot.context import Asked
from bot.facts import CountsChanged
from bot.feature import Answer, number
from bot.feedback import wording
from bot.feedback.counting import count
from bot.feedback.feature import feature
from bot.feedback.keeping import again
from bot.feedback.looking import around, chosen_goals, each_answer, goals_of, my_sheet
from bot.feedback.steps import steps
from bot.forms.definition import Definition, Kind
from bot.forms.filling import LENGTHS, Answers, Goals, fields, read
from bot.people import PAIRED
from bot.texts import readable
from bot.views import Errors, Form, Message, message
from storage.goals import Goals as GoalStore
from storage.next_steps import NextSteps
from storage.sheets import Sheet, Sheets

LONGEST = max(LENGTHS.values())


@feature.button("feedback.write", number, who=PAIRED, answer=Answer.FORM)
async def write(asked: Asked, sheet_id: int) -> Form | Message:
    """Open the form, filled in with what is known."""
    sheet = await my_sheet(asked, sheet_id)
    if sheet.withdrawn_at is not None:
        return wording.withdrawn()
    if not (sheet.waits or sheet.empty):
        return message(wording.already(sheet, asked.member.zone))
    written = (await asked.work.of(Sheets).answers([sheet.id]))[sheet.id]
    known = await around(asked, [sheet])
    goals, about = await goals_of(asked, sheet, chosen_goals(known.form(sheet), written))
    filled = written or _prefilled(known.form(sheet), about)
    each = await each_answer(asked)
    asks = list(fields(known.form(sheet), filled, goals, each_answer=each(sheet)))
    # A draft may be kept of which some is missing: what has to be answered is looked at when it is sent.
    asks = [wording.optional(one) for one in asks]
    return wording.form(sheet, asks, known.other(sheet).name, known.at(sheet), asked.member.zone)


def _prefilled(form: Definition, about: Sequence[int]) -> Answers:
    question = form.of_kind(Kind.GOALS)
    return {} if question is None else {question.id: ",".join(map(str, about))}


@feature.form("feedback.written", number, who=PAIRED)
async def written(asked: Asked, sheet_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep what was written: for good, or as a draft. What has mistakes in it is kept as a draft, too."""
    sheet = await my_sheet(asked, sheet_id)
    form = (await around(asked, [sheet])).form(sheet)
    typed = _typed(form, values)
    if not (sheet.waits or sheet.empty or sheet.withdrawn_at):
        return await _sent_before(asked, sheet, form, typed)
    goals, _ = await goals_of(asked, sheet, chosen_goals(form, typed))
    if sheet.withdrawn_at is not None or (sheet.waits and values.get(wording.SEND) == "draft"):
        return await _keep_draft(asked, sheet, form, typed, goals)
    answers = read(form, typed, goals)
    if isinstance(answers, Errors):
        if sheet.waits:
            await asked.work.of(Sheets).write(sheet.id, _kept(typed))
        return answers
    if not answers:
        return Errors({form.questions[0].id: wording.nothing_written()})
    return await _send(asked, sheet, form, answers)


def _typed(form: Definition, values: Mapping[str, str]) -> Answers:
    """Return what was typed."""
    typed = {one.id: readable(values.get(one.id, "")) for one in form.questions}
    return {question: value for question, value in typed.items() if value}


def _kept(typed: Answers) -> Answers:
    """Return what was typed, as far as it can be kept."""
    return {question: value[: 2 * LONGEST] for question, value in typed.items()}


async def _sent_before(asked: Asked, sheet: Sheet, form: Definition, typed: Answers) -> Message | Errors:
    """Say that a form was sent before; one that says something else stays open, so that nothing is lost."""
    there = (await asked.work.of(Sheets).answers([sheet.id]))[sheet.id]
    goals, _ = await goals_of(asked, sheet, chosen_goals(form, typed))
    if not typed or read(form, typed, goals) == there:  # what is chosen comes in any order
        return message(wording.already(sheet, asked.member.zone))
    return Errors({"": wording.other_than_sent(sheet, asked.member.zone)})


async def _keep_draft(asked: Asked, sheet: Sheet, form: Definition, typed: Answers, goals: Goals) -> Message | Errors:
    answers = read(form, typed, goals, draft=True)
    await asked.work.of(Sheets).write(sheet.id, _kept(typed) if isinstance(answers, Errors) else answers)
    if sheet.withdrawn_at is not None:
        return wording.kept_though_withdrawn(form)
    return answers if isinstance(answers, Errors) else wording.draft_kept(sheet, form)


@feature.button("feedback.send", number, who=PAIRED)
async def send(asked: Asked, sheet_id: int) -> Message:
    """Send a draft as it is."""
    sheet = await my_sheet(asked, sheet_id)
    if sheet.withdrawn_at is not None:
        return wording.withdrawn()
    if not sheet.waits:
        return message(wording.already(sheet, asked.member.zone))
    form = (await around(asked, [sheet])).form(sheet)
    draft = (await asked.work.of(Sheets).answers([sheet.id]))[sheet.id]
    goals, _ = await goals_of(asked, sheet, chosen_goals(form, draft))
    answers = read(form, draft, goals)
    if isinstance(answers, Errors) or not answers:
        return wording.not_whole(sheet, form)
    return await _send(asked, sheet, form, answers)


async def _send(asked: Asked, sheet: Sheet, form: Definition, answers: Answers) -> Message:
    sheets = asked.work.of(Sheets)
    await sheets.write(sheet.id, answers)
    await (sheets.finish([sheet.id], empty=False) if sheet.waits else sheets.reopen(sheet.id))
    await asked.work.audit.add(asked.member.key, "feedback.sent")
    other = (await around(asked, [sheet])).other(sheet)
    question = form.of_kind(Kind.STEPS)
    agreed = steps(answers.get(question.id, ""), asked.member, other, asked.now) if question is not None else []
    await asked.work.of(NextSteps).add(sheet.session_id, sheet.pairing_id, agreed)
    await count(asked, sheet, other.id)
    (done,) = await again(asked, [sheet.id])
    await asked.tell(CountsChanged([asked.member.id]))
    goals = await _worked_on(asked, sheet, form, answers)
    return wording.thanks(form, other.name, late=done.late, steps=len(agreed), goals=goals)


async def _worked_on(asked: Asked, sheet: Sheet, form: Definition, answers: Answers) -> Goals:
    """Return the goals that go on, of those that were worked on: as it was said, or as the session was booked."""
    _, about = await goals_of(asked, sheet)
    mine = chosen_goals(form, answers) if form.of_kind(Kind.GOALS) is not None else set(about)
    active = await asked.work.of(GoalStore).of_pairing(sheet.pairing_id)
    return tuple((one.id, one.text) for one in active if one.id in mine)

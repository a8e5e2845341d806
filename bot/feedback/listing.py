"""Notes and feedback for coordinators: on a pairing's card, and as lists for a spreadsheet.

Of notes nobody's words; of feedback what the form lets coordinators see, and else what several people said together.
A coordinator's own pairings are others' business.
"""

from collections.abc import AsyncIterator, Mapping, Sequence

from bot.context import Asked
from bot.feedback import listing_wording as wording
from bot.feedback.feature import feature
from bot.feedback.looking import Around, around, each_answer
from bot.feedback.totals import WHOLE, shown
from bot.forms.definition import Question
from bot.forms.filling import choices
from bot.forms.keeping import known
from bot.forms.showing import Reader, said, visible
from bot.language import later, t
from bot.people import Member, Pairing
from bot.tables import PAGE, Row
from storage.members import Members
from storage.sheets import Sheet, Sheets
from storage.totals import Totals


@feature.standing
async def how_much(asked: Asked, pairing: Pairing) -> Sequence[str]:
    """Say how much was given of what the two were asked for; not to one of them."""
    if pairing.other(asked.member.id) is not None:
        return ()
    every = await asked.work.of(Sheets).of_pairing(pairing.id, waiting=False)
    asked_for = [one for one in every if one.withdrawn_at is None and _was_asked(one)]
    given = [one.done_at for one in asked_for if one.done_at is not None]
    return [wording.standing(len(given), len(asked_for), max(given, default=None), asked.member.zone)]


def _was_asked(one: Sheet) -> bool:
    return one.delivered_at is not None or one.done_at is not None


async def _pages(asked: Asked) -> AsyncIterator[tuple[list[Sheet], Around]]:
    """Yield what people were asked for, page by page."""
    last = 0
    while page := await asked.work.of(Sheets).listed(last, PAGE):
        last = page[-1].id
        found = await around(asked, page)
        yield [one for one in page if found.pairings[one.pairing_id].other(asked.member.id) is None], found


@feature.export("notes", later("Notes and feedback: who was asked, when, and whether it came in time; never what"))
async def notes(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield everything that people were asked for, without a word of what they wrote."""
    yield [wording.heads_of_notes()]
    async for page, found in _pages(asked):
        yield [
            (
                t(found.form(one).title),
                found.people[one.member_id].name,
                found.other(one).name,
                found.at(one),
                one.delivered_at,
                one.done_at,
                wording.in_time(one, asked.now),
            )
            for one in page
        ]


@feature.export("feedback", later("Answers that are for coordinators, and what several people said together"))
async def feedback(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield each answer that coordinators may see, then totals."""
    yield [wording.heads_of_feedback()]
    each = await each_answer(asked)
    async for page, found in _pages(asked):
        done = [one for one in page if one.done_at is not None and not one.empty]
        written = await asked.work.of(Sheets).answers([one.id for one in done])
        yield [row for one in done for row in _answers(one, found, written[one.id], each_answer=each(one))]
    people = await asked.work.of(Members).every()
    questions = await _questions(asked)
    for start in range(0, len(people), PAGE):
        yield await _totals(asked, people[start : start + PAGE], questions)


def _answers(one: Sheet, found: Around, answers: Mapping[str, str], *, each_answer: bool) -> list[Row]:
    form = found.form(one)
    seen = visible(form, Reader.COORDINATOR, each_answer=each_answer)
    who = (found.people[one.member_id].name, found.other(one).name, found.at(one))
    return [
        (t(form.title), t(question.ask), *who, one.done_at, said(question, answers[question.id]), None, None)
        for question in seen
        if answers.get(question.id)
    ]


Questions = Mapping[tuple[str, str], tuple[str, Question]]
"""Questions with the titles of their forms, by the names of both."""


async def _questions(asked: Asked) -> Questions:
    forms = [one.definition for one in await known(asked)]
    return {(form.name, one.id): (form.title, one) for form in forms for one in form.questions}


async def _totals(asked: Asked, people: Sequence[Member], questions: Questions) -> list[Row]:
    """Return what several people said together about each of these, as whoever it is about sees it."""
    found = await asked.work.of(Totals).get([one.id for one in people])
    rows: list[Row] = []
    for member in people:
        for one in shown(found[member.id]):
            title, question = questions.get((one.form, one.question), (one.form, None))
            labels = dict(choices(question)) if question is not None else {}
            answer = "" if one.choice == WHOLE else labels.get(one.choice) or t(one.choice)
            asks = t(question.ask) if question is not None else one.question
            mean = round(one.mean, 1 if one.choice == WHOLE else 2)
            rows.append((t(title), asks, wording.several(), member.name, None, None, answer, one.answers, mean))
    return rows

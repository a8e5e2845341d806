"""Adding up what people answered about somebody, so many at a time, once a form is sent."""

from collections.abc import Sequence

from bot.context import Context
from bot.feedback.totals import Cells, added, chosen, group, rated
from bot.forms.definition import Kind, Question
from bot.forms.filling import counted
from bot.forms.keeping import definitions
from storage.members import Members
from storage.sheets import Given, Sheet, Sheets
from storage.totals import Total, Totals


async def count(context: Context, sheet: Sheet, about_id: int) -> None:
    """Add up what so many people answered about somebody, if with this sheet they are so many."""
    form = (await definitions(context, {sheet.form_id}))[sheet.form_id]
    if not counted(form):
        return
    await context.work.of(Members).lock(about_id)  # two who are the fifth at once are the fifth and the sixth
    for question in counted(form):
        await _count(context, sheet.form, question.id, about_id)


async def _count(context: Context, name: str, question_id: str, about_id: int) -> None:
    sheets = context.work.of(Sheets)
    given = await sheets.uncounted(about_id, name, question_id)
    these = group(given, context.policy.notes.totals_from)
    if not these:
        return
    cells = await _cells(context, question_id, list(these.values()))
    new = [Total(name, question_id, choice, len(cells), total) for choice, total in added(cells).items()]
    await context.work.of(Totals).add(about_id, new)
    await sheets.count([one.sheet_id for one in given], question_id)


async def _cells(context: Context, question_id: str, given: Sequence[Given]) -> list[Cells]:
    """Return answers as numbers, each read by the version of the form that it was given in."""
    forms = await definitions(context, {one.form_id for one in given})
    asked = [(forms[one.form_id].question(question_id), one.value) for one in given]
    return [cells(question, value) for question, value in asked if question is not None]


def cells(question: Question, value: str) -> Cells:
    """Return an answer as numbers; what can be chosen is called by its words, as they were."""
    match question.kind:
        case Kind.RATING:
            return rated(value)
        case Kind.YESNO:
            return chosen(value, ("yes", "no"))
    taken = {int(one) for one in value.split(",") if one.isdigit()}
    return {choice: int(number in taken) for number, choice in enumerate(question.choices, 1)}

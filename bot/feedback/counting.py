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
        await _count(context, sheet.form, question, about_id)


async def _count(context: Context, name: str, question: Question, about_id: int) -> None:
    sheets = context.work.of(Sheets)
    asked = await _asked_alike(context, question, await sheets.uncounted(about_id, name, question.id))
    these = group([one for one, _ in asked], context.policy.notes.totals_from)
    if not these:
        return
    as_asked = {one.sheet_id: before for one, before in asked}
    every = [cells(as_asked[one.sheet_id], one.value) for one in these.values()]
    new = [Total(name, question.id, choice, len(every), total) for choice, total in added(every).items()]
    await context.work.of(Totals).add(about_id, new)
    await sheets.count([one.sheet_id for one, _ in asked], question.id)


async def _asked_alike(context: Context, question: Question, given: Sequence[Given]) -> list[tuple[Given, Question]]:
    """Return the answers that were given for totals, to the same kind of question: each with how it was asked then.

    What an older version of the form promised to show to somebody else, or to nobody, goes into no total.
    """
    forms = await definitions(context, {one.form_id for one in given})
    asked = [(one, forms[one.form_id].question(question.id)) for one in given]
    alike = (question.kind, question.seen_by)
    return [(one, then) for one, then in asked if then is not None and (then.kind, then.seen_by) == alike]


def cells(question: Question, value: str) -> Cells:
    """Return an answer as numbers; what can be chosen is called by its words, as they were."""
    match question.kind:
        case Kind.RATING:
            return rated(value)
        case Kind.YESNO:
            return chosen(value, ("yes", "no"))
    taken = {int(one) for one in value.split(",") if one.isdigit()}
    return {choice: int(number in taken) for number, choice in enumerate(question.choices, 1)}

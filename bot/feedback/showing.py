"""Showing what several people said together: to whom it is about, and to coordinators."""

from collections.abc import Sequence

from bot.context import Context
from bot.feedback import totals_wording as wording
from bot.feedback.totals import WHOLE, Shown, shown
from bot.forms.definition import Question
from bot.forms.filling import choices
from bot.forms.keeping import known
from bot.language import t
from bot.views import Block
from storage.totals import Total


async def of_mine(context: Context, totals: Sequence[Total]) -> tuple[Block, ...]:
    """Show somebody what several others said about sessions with them."""
    return wording.mine(await lines(context, totals), context.policy.notes.totals_from) if totals else ()


async def lines(context: Context, totals: Sequence[Total]) -> list[str]:
    """Return what several people said, a line each question."""
    asked = {
        (one.definition.name, question.id): question
        for one in await known(context)
        for question in one.definition.questions
    }
    found: dict[tuple[str, str], list[Shown]] = {}
    for one in shown(totals):
        found.setdefault((one.form, one.question), []).append(one)
    return [_line(asked.get(key), these) for key, these in found.items()]


def _line(question: Question | None, these: Sequence[Shown]) -> str:
    """Say what was answered to a question, also to one that is no longer asked."""
    ask = t(question.ask) if question is not None else these[0].question
    rated = [one for one in these if one.choice == WHOLE]
    if rated:
        return wording.rated(ask, rated[0])
    labels = dict(choices(question)) if question is not None else {}
    return wording.chosen(ask, [(labels.get(one.choice) or t(one.choice), one) for one in these])

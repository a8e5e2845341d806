"""What was answered in a form, for whoever reads it: only what they may see."""

from collections.abc import Mapping
from enum import Enum, auto

from bot.forms import filling_wording as wording
from bot.forms.definition import Definition, Kind, Question, SeenBy
from bot.forms.filling import Goals, choices
from bot.language import t
from bot.views import Block, Note, Text, chosen


class Reader(Enum):
    """Who reads answers: whoever gave them, the other side of the pairing, a coordinator."""

    AUTHOR = auto()
    PAIRING = auto()
    COORDINATOR = auto()


def may_see(seen_by: SeenBy, reader: Reader, *, each_answer: bool = False) -> bool:
    """Tell whether somebody may read a single answer. Totals are no answers."""
    match reader:
        case Reader.AUTHOR:
            return True
        case Reader.PAIRING:
            return seen_by is SeenBy.PAIRING
        case Reader.COORDINATOR:
            return seen_by is SeenBy.COORDINATORS or (each_answer and seen_by is SeenBy.TOTALS)


def visible(definition: Definition, reader: Reader, *, each_answer: bool = False) -> tuple[Question, ...]:
    """Return the questions whose single answers somebody may read."""
    return tuple(one for one in definition.questions if may_see(one.seen_by, reader, each_answer=each_answer))


def shown(
    definition: Definition,
    answers: Mapping[str, str],
    reader: Reader,
    goals: Goals = (),
    *,
    each_answer: bool = False,
) -> tuple[Block, ...]:
    """Show what was answered, as far as this reader may see it; `goals` with their texts if they may read those."""
    blocks: list[Block] = []
    for question in visible(definition, reader, each_answer=each_answer):
        if answers.get(question.id):
            blocks += [Note(t(question.ask)), Text(said(question, answers[question.id], goals))]
    return tuple(blocks)


def said(question: Question, value: str, goals: Goals = ()) -> str:
    """Return an answer in words."""
    labels = dict(choices(question, goals))
    match question.kind:
        case Kind.SHORT | Kind.LONG | Kind.STEPS:
            return value
        case Kind.GOALS:
            there = [labels[one] for one in chosen(value) if one in labels]
            lost = len(chosen(value)) - len(there)
            return "\n".join([*there, *([wording.gone(lost)] if lost else [])])
    return "\n".join(labels.get(one, one) for one in chosen(value))

"""A form as somebody fills it in: its fields, each saying who will see the answer, and what they came back with."""

from collections.abc import Mapping, Sequence

from bot.forms import filling_wording as wording
from bot.forms.definition import COUNTED, Definition, Kind, Question, SeenBy
from bot.language import t
from bot.texts import readable
from bot.views import Errors, Field, chosen

Answers = dict[str, str]  # by question id: what was written, or the numbers of what was chosen
Goals = Sequence[tuple[int, str]]  # ids and texts
LENGTHS = {Kind.SHORT: 200, Kind.LONG: 2000, Kind.STEPS: 1000}
MOST_GOALS = 25
RATINGS = ("5", "4", "3", "2", "1")


def fields(
    definition: Definition, answers: Mapping[str, str], goals: Goals = (), *, each_answer: bool = False
) -> tuple[Field, ...]:
    """Return the fields of a form, filled in with what was answered so far.

    A question about the goals of a session that has none is left out. `each_answer`: coordinators see the single
    answers of what a mentor sees as totals; the fields say so.
    """
    asked = (one for one in definition.questions if one.kind is not Kind.GOALS or goals)
    return tuple(_field(one, answers.get(one.id, ""), goals, each_answer=each_answer) for one in asked)


def choices(question: Question, goals: Goals = ()) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: each value with its label; nothing where something is written."""
    match question.kind:
        case Kind.RATING:
            return tuple((value, wording.rating(value)) for value in RATINGS)
        case Kind.YESNO:
            return wording.yes_or_no()
        case Kind.ONE | Kind.SEVERAL:
            return tuple((str(number), t(choice)) for number, choice in enumerate(question.choices, 1))
        case Kind.GOALS:
            return tuple((str(id_), text) for id_, text in goals[:MOST_GOALS])
    return ()


def _field(question: Question, value: str, goals: Goals, *, each_answer: bool) -> Field:
    return Field(
        question.id,
        t(question.ask),
        value,
        wording.hint(t(question.hint), wording.who_sees(question.seen_by, each_answer=each_answer)),
        required=question.required,
        long=question.kind in {Kind.LONG, Kind.STEPS},
        limit=LENGTHS.get(question.kind, 200),
        choices=choices(question, goals),
        several=question.kind in {Kind.SEVERAL, Kind.GOALS},
    )


def read(
    definition: Definition, values: Mapping[str, str], goals: Goals = (), *, draft: bool = False
) -> Answers | Errors:
    """Return what was answered, or what is wrong by field; in a draft nothing has to be answered yet.

    What isn't asked is left out, and so is what wasn't answered.
    """
    answers: Answers = {}
    errors: dict[str, str] = {}
    for question in definition.questions:
        typed = readable(values.get(question.id, ""))
        wrong = _wrong(question, typed, goals, draft=draft)
        if wrong:
            errors[question.id] = wrong
        elif typed:
            answers[question.id] = _kept(question, typed, goals)
    return Errors(errors) if errors else answers


def _wrong(question: Question, typed: str, goals: Goals, *, draft: bool) -> str:
    if question.kind is Kind.GOALS and not goals:
        return wording.choose() if typed else ""
    if not typed:
        return wording.needed() if question.required and not draft else ""
    if question.kind in LENGTHS:
        most = LENGTHS[question.kind]
        return wording.too_long(len(typed), most) if len(typed) > most else ""
    known = {value for value, _ in choices(question, goals)}
    taken = chosen(typed) if question.kind in {Kind.SEVERAL, Kind.GOALS} else (typed,)
    return "" if taken and known.issuperset(taken) else wording.choose()


def _kept(question: Question, typed: str, goals: Goals) -> str:
    """Return an answer as it is kept: what was chosen in the order of the choices, each once."""
    if question.kind in LENGTHS:
        return typed
    return ",".join(value for value, _ in choices(question, goals) if value in chosen(typed))


def counted(definition: Definition) -> tuple[Question, ...]:
    """Return the questions that a mentor sees the totals of."""
    return tuple(one for one in definition.questions if one.seen_by is SeenBy.TOTALS and one.kind in COUNTED)

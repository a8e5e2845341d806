"""What a form asks: whom, when, which questions, and who may see the answers. It is read by `bot.forms.reading`."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from bot import durations
from bot.language import later
from bot.members.words import clean
from bot.written.parts import For, Id, Part, text

MOST_QUESTIONS = 20
MOST_CHOICES = 10


class Kind(StrEnum):
    """How a question is answered."""

    RATING = "rating"
    ONE = "one"
    SEVERAL = "several"
    YESNO = "yesno"
    SHORT = "short"
    LONG = "long"
    GOALS = "goals"
    STEPS = "steps"


class SeenBy(StrEnum):
    """Who sees an answer, beside whoever gave it."""

    AUTHOR = "author"
    PAIRING = "pairing"
    COORDINATORS = "coordinators"
    TOTALS = "totals"


COUNTED = frozenset({Kind.RATING, Kind.ONE, Kind.SEVERAL, Kind.YESNO})  # whose answers can be shown as totals
CHOSEN = frozenset({Kind.ONE, Kind.SEVERAL})  # which have choices of their own


def _seen_by(value: object) -> object:
    """Whoever gave an answer sees it in any case, so the longer way to say it means the same."""
    return SeenBy.COORDINATORS.value if value == "author and coordinators" else value


def _within(value: object) -> timedelta:
    try:
        length = durations.parse(value if isinstance(value, str) else "")
    except ValueError:
        length = timedelta(0)
    if not timedelta(hours=1) <= length <= timedelta(days=30):
        raise ValueError(later('Write a time from an hour to 30 days, such as "48h" or "7d".'))
    return length


Title = Annotated[str, Field(max_length=60), AfterValidator(text)]
Ask = Annotated[str, Field(max_length=150), AfterValidator(text)]
Hint = Annotated[str, Field(max_length=200), AfterValidator(clean)]
Choice = Annotated[str, Field(max_length=60), AfterValidator(text)]


class Question(Part):
    """One question of a form."""

    id: Id
    kind: Kind
    ask: Ask
    seen_by: Annotated[SeenBy, BeforeValidator(_seen_by)]
    hint: Hint = ""
    required: StrictBool = False
    choices: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES)] = ()


class Definition(Part):
    """A form: `within` None is as long as the policy says."""

    name: Id
    title: Title
    whom: Annotated[For, Field(alias="for")]
    when: Literal["after a session"] = "after a session"
    within: Annotated[timedelta | None, BeforeValidator(_within)] = None
    questions: Annotated[tuple[Question, ...], Field(alias="question", min_length=1, max_length=MOST_QUESTIONS)]

    def is_for(self, *, mentor: bool) -> bool:
        """Tell whether one side of a pairing is asked: the mentor, or the mentee."""
        return self.whom in {For.BOTH, For.MENTOR if mentor else For.MENTEE}

    def question(self, id_: str) -> Question | None:
        """Return a question by its id."""
        return next((one for one in self.questions if one.id == id_), None)

    def of_kind(self, kind: Kind) -> Question | None:
        """Return the first question of a kind: there is one of goals and one of next steps at most."""
        return next((one for one in self.questions if one.kind is kind), None)

    def seen_by(self, *seen_by: SeenBy) -> Self:
        """Return the form with those questions alone that these may see."""
        return self.model_copy(update={"questions": tuple(one for one in self.questions if one.seen_by in seen_by)})

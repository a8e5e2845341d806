"""What coordinators read of forms."""

from bot.forms.definition import Definition, Kind, Question, SeenBy
from bot.language import later, n, t
from bot.views import Block, Text
from bot.wording import length
from bot.written.editing_wording import Words, whom


def _about(definition: Definition) -> str:
    """Say of a form what it is, for whom, and how long."""
    return n(
        "{title} · {whom} · {n} question",
        "{title} · {whom} · {n} questions",
        len(definition.questions),
        title=t(definition.title),
        whom=whom(definition),
    )


def _details(definition: Definition) -> list[Block]:
    """Show what a form asks, and who sees the answers."""
    within = definition.within
    blocks: list[Block] = [] if within is None else [Text(t("To be filled in within {time}.", time=length(within)))]
    return [*blocks, *(Text(_question(number, one)) for number, one in enumerate(definition.questions, 1))]


def _question(number: int, question: Question) -> str:
    """Say a question, how it is answered, and who sees that."""
    values = {
        "number": number,
        "ask": t(question.ask),
        "kind": _kind(question),
        "who": _who_sees(question.seen_by),
    }
    if question.required:
        return t("{number}. {ask}\n{kind} · has to be answered · {who}", **values)
    return t("{number}. {ask}\n{kind} · {who}", **values)


def _kind(question: Question) -> str:
    choices = ", ".join(t(one) for one in question.choices)
    said = {
        Kind.RATING: t("a rating from 1 to 5"),
        Kind.ONE: t("one of these: {choices}", choices=choices),
        Kind.SEVERAL: t("any of these: {choices}", choices=choices),
        Kind.YESNO: t("yes or no"),
        Kind.SHORT: t("a line"),
        Kind.LONG: t("a few lines"),
        Kind.GOALS: t("goals of the session"),
        Kind.STEPS: t("next steps, one a line"),
    }
    return said[question.kind]


def _who_sees(seen_by: SeenBy) -> str:
    said = {
        SeenBy.AUTHOR: t("seen by nobody else"),
        SeenBy.PAIRING: t("seen by both sides, not by coordinators"),
        SeenBy.COORDINATORS: t("seen by the coordinators"),
        SeenBy.TOTALS: t("seen by the mentor only as totals"),
    }
    return said[seen_by]


WORDS = Words(
    name="forms",
    about=_about,
    details=_details,
    heading=later("What is asked after a session"),
    add=later("Add or change a form"),
    file=later("A form as a file"),
    change=later("Change a form"),
    text=later("The form"),
    hint=later("Leave its name as it is: another name makes another form."),
    how=later(
        "Change it in any text editor, then press the button and add the file. docs/forms.md explains each line."
    ),
    nothing=later("Please add a file, or paste the form below."),
    too_many=later("A program can have {most} forms. Give this one the name of another, to take its place."),
    meanwhile=later(
        "{name} changed {title} meanwhile. Nothing of yours was used. Please look at it again with "
        "/mentor-admin forms, and put your change into what is there now."
    ),
    holds=later("From the next session on it is asked like this. What was asked before stays as it was."),
    off=later("{title} is switched off: nobody is asked. What was answered stays readable."),
    off_since=later("Switched off since {day}: nobody is asked."),
)

"""The forms in which goals are written, and what is said where something in them can't be taken."""

from dataclasses import replace

from bot.goals.rules import LONGEST, STEP
from bot.language import later, t
from bot.views import Field, Form, action
from bot.wording import percent
from storage.goals import PARTS, Goal

QUESTIONS = {
    "specific": (later("What exactly?"), later("For example: I say one thing in every team meeting.")),
    "measurable": (
        later("How will you notice that you're there?"),
        later("For example: I've spoken in eight meetings."),
    ),
    "achievable": (
        later("What makes it possible?"),
        later("For example: I prepare one point the evening before."),
    ),
    "relevant": (later("Why does it matter?"), later("For example: I'd like to lead a project next year.")),
    "timed": (later("Until when?"), later("For example: until the end of June.")),
}


def new(pairing_id: int, name: str, *, complete: bool) -> Form:
    """Ask for a goal: one sentence, and all five parts where the program needs them."""
    hint = t("One sentence, such as: I want to speak in team meetings. {name} can see it, nobody else.", name=name)
    field = Field("text", t("What would you like to reach?"), hint=hint, long=True, limit=LONGEST)
    parts = [replace(_part(part), required=True) for part in PARTS] if complete else []
    return Form(t("A new goal"), action("goals.made", pairing_id), (field, *parts), submit=t("Save"))


def change(goal: Goal, name: str) -> Form:
    """Ask for other words."""
    hint = t("{name} can see it, nobody else.", name=name)
    field = Field("text", t("What would you like to reach?"), goal.text, hint, long=True, limit=LONGEST)
    return Form(t("In other words"), action("goals.changed", goal.id), (field,), submit=t("Save"))


def grow(goal: Goal) -> Form:
    """Ask for the five parts, each as far as it is known."""
    fields = [_part(part, text or "") for part, text in zip(PARTS, goal.smart, strict=True)]
    return Form(t("Five parts"), action("goals.grown", goal.id), tuple(fields), submit=t("Save"))


def _part(part: str, text: str = "") -> Field:
    question, example = QUESTIONS[part]
    return Field(part, t(question), text, t(example), required=False, limit=LONGEST)


def update(goal: Goal) -> Form:
    """Ask how far a goal is; one of the parts that aren't known yet is asked for along with it."""
    shares = tuple((str(share), percent(share / 100)) for share in range(0, 101, STEP))
    line = t("A line about it, if you like")
    fields = (
        Field("percent", t("How far is it?"), str(goal.percent), choices=shares),
        Field("line", line, hint=t("For example: spoke twice last week."), required=False, limit=LONGEST),
        *map(_part, goal.missing[:1]),
    )
    return Form(t("How far is it?"), action("goals.updated", goal.id), fields, submit=t("Save"))


def part_needed() -> str:
    """Say that a program needs all five parts."""
    return t("This program asks for it with each goal. A few words are enough, and can be changed at any time.")


def nothing_written() -> str:
    """Say that a goal needs words."""
    return t("Please write one sentence.")


def too_long(length: int) -> str:
    """Say how long a text may be."""
    return t("This has {length} characters; {longest} is the most I can take.", length=length, longest=LONGEST)


def choose() -> str:
    """Say that one of the choices has to be taken."""
    return t("Please choose one of these.")

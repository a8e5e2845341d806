"""What must fit together in a form, looked at in what a file says, however much of it is wrong."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.forms.definition import CHOSEN, COUNTED, Kind, SeenBy
from bot.language import t
from bot.members.words import clean
from bot.written.parts import For
from bot.written.reading import Found


def check(content: dict[str, Any]) -> Iterator[Found]:
    """Say what doesn't fit together; what is of the wrong kind altogether is said elsewhere."""
    rows = content.get("question")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return
    yield from _once(rows)
    for number, question in enumerate(rows):
        for key, text in _question(question, content.get("for")):
            yield ("question", number, key), text


def _once(questions: list[dict[str, Any]]) -> Iterator[Found]:
    """Each id stands in a form once, and so do the two kinds that belong to the session."""
    ids = [question.get("id") for question in questions]
    kinds = [question.get("kind") for question in questions]
    for number, (id_, kind) in enumerate(zip(ids, kinds, strict=True)):
        if isinstance(id_, str) and id_ in ids[:number]:
            yield ("question", number, "id"), t("Another question has the id {id} already.", id=id_)
        if kind in (Kind.GOALS, Kind.STEPS) and kind in kinds[:number]:
            yield ("question", number, "kind"), t("A form can have one question of the kind {kind}.", kind=kind)


def _question(question: dict[str, Any], whom: object) -> Iterator[tuple[str, str]]:
    kind, seen_by = str(question.get("kind")), question.get("seen_by")
    yield from _choices(kind, question.get("choices"))
    if seen_by == SeenBy.TOTALS and kind in set(Kind) - COUNTED:
        yield "seen_by", t("Only ratings, choices and yes or no can be shown as totals.")
    if seen_by == SeenBy.TOTALS and whom in (For.MENTOR, For.BOTH):
        yield "seen_by", t("Totals are what a mentor sees of several mentees' answers: the form has to be for mentees.")
    if kind == Kind.STEPS and isinstance(seen_by, str) and seen_by != SeenBy.PAIRING:
        yield "seen_by", t('Both sides have to see their next steps: write seen_by = "pairing".')


def _choices(kind: str, choices: object) -> Iterator[tuple[str, str]]:
    if kind in CHOSEN and (choices is None or (isinstance(choices, list) and len(choices) < 2)):  # noqa: PLR2004
        yield "choices", t('At least two choices are needed: choices = ["…", "…"].')
    if kind in set(Kind) - CHOSEN and choices:
        yield "choices", t("Only questions of the kinds one and several have choices.")
    if isinstance(choices, list):
        words = Counter(clean(one).casefold() for one in choices if isinstance(one, str))
        if any(number > 1 for number in words.values()):
            yield "choices", t("Two of the choices are the same.")

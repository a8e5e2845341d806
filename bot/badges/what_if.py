"""What if a badge asked for more, or for less: pure functions of how it stands."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bot.badges.checking import check
from bot.badges.definition import Criterion, Definition
from bot.badges.judging import Judged
from bot.badges.measures import Kind
from bot.language import t
from bot.people import Member
from bot.views import Errors


def changed(source: str, definition: Definition, index: int, at_least: str, within: str) -> Definition | Errors:
    """Return a badge with another threshold, or time, of one criterion; or what is wrong with them, by field."""
    content = tomllib.loads(source.removeprefix("\ufeff"))
    row = content["criterion"][index]
    row["at_least"] = _typed(definition.criteria[index], at_least)
    if within.strip() or "within" in row:
        row["within"] = within.strip()
    errors = {str(path[2]): text for path, text in check(content) if path[1] == index}
    try:
        new = Criterion.model_validate(row)
    except ValidationError as error:
        found = {str(one["loc"][0]): t(str(one["ctx"]["error"])) for one in error.errors()}
        return Errors(_by_field(found | errors, definition.criteria[index]))
    if errors:
        return Errors(_by_field(errors, definition.criteria[index]))
    criteria = (*definition.criteria[:index], new, *definition.criteria[index + 1 :])
    return definition.model_copy(update={"criteria": criteria})


def _by_field(errors: dict[str, str], criterion: Criterion) -> dict[str, str]:
    """Put what is wrong with a criterion as a whole beside its threshold; here nobody writes a line of a file."""
    said = errors | ({"at_least": _expected(criterion)} if "at_least" in errors else {})
    return {key if key == "within" else "at_least": text for key, text in said.items()}


def _expected(criterion: Criterion) -> str:
    if criterion.about.kind is Kind.RATE:
        return t("Write a share from 1% to 100%, such as 90%.")
    return t("Write a whole number from 1 to 1000, such as 3.")


def _typed(criterion: Criterion, text: str) -> str | int:
    """Return a threshold as it stands in a file: people leave a share's sign out."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):  # noqa: PLR2004 - more than any threshold
        return typed
    return f"{typed}%" if criterion.about.kind is Kind.RATE else int(typed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who meets a badge's criteria now, and who would: how many, and whom it makes a difference for."""

    now: int
    then: int
    gain: tuple[Member, ...]
    lose: tuple[Member, ...]

    def __add__(self, other: "Outcome") -> "Outcome":
        """Return the outcome for others as well."""
        return Outcome(self.now + other.now, self.then + other.then, self.gain + other.gain, self.lose + other.lose)


def compared(now: Sequence[Judged], then: Sequence[Judged]) -> Outcome:
    """Compare how a badge stands for the same people with how another would; given by hand, it stays in any case."""
    pairs = [(one, other) for one, other in zip(now, then, strict=True) if one.award is None or not one.award.by_hand]
    return Outcome(
        sum(one.standing.met for one, _ in pairs),
        sum(other.standing.met for _, other in pairs),
        tuple(other.member for one, other in pairs if other.standing.met and not one.standing.met),
        tuple(one.member for one, other in pairs if one.standing.met and not other.standing.met),
    )

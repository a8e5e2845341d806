"""What somebody may see of what others answered about them: only what several people said, so many at a time.

Nobody can work out what one person answered: answers are added up for so many different people at once (five, or more
as the policy says), once for all, and what is shown of such a group hides whether all of them said the utmost. From
one group to the next the difference is a whole group again. Pure functions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.sheet_tables import Given, Total

WHOLE = ""  # the choice of what has no choices: a rating
LOWEST, HIGHEST = 1, 5
ROOM = 2  # how far the sum of a group's ratings stays from the least and the greatest that there could be

Cells = Mapping[str, int]
"""An answer as numbers: a rating is one, of a choice there is 0 or 1 for each that could be taken."""


def group(given: Sequence[Given], people: int) -> dict[int, Given]:
    """Return the next group, by member: their newest answers, once so many different people have answered; or nothing.

    `given` are the answers that are in no group so far, oldest first.
    """
    newest = {one.member_id: one for one in given}
    return newest if len(newest) >= people else {}


def rated(value: str) -> Cells:
    """Return a rating as numbers."""
    return {WHOLE: min(max(int(value), LOWEST), HIGHEST)}


def chosen(value: str, choices: Sequence[str]) -> Cells:
    """Return what was chosen as numbers."""
    taken = {word.strip() for word in value.split(",")}
    return {choice: int(choice in taken) for choice in choices}


def added(cells: Sequence[Cells]) -> dict[str, int]:
    """Return what a group said together, without the utmost: nobody sees that all of them said the same."""
    choices = dict.fromkeys(choice for one in cells for choice in one)
    return {choice: _hidden(choice, [one.get(choice, 0) for one in cells]) for choice in choices}


def _hidden(choice: str, values: Sequence[int]) -> int:
    least, most = (
        (LOWEST * len(values) + ROOM, HIGHEST * len(values) - ROOM)
        if choice == WHOLE
        else (
            1,
            len(values) - 1,
        )
    )
    return min(max(sum(values), least), most)


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be seen of one question, or of one choice of it: from how many answers, and their sum."""

    form: str
    question: str
    choice: str
    answers: int
    total: int

    @property
    def mean(self) -> float:
        """The mean of a rating; of a choice, the share of those who took it."""
        return self.total / self.answers


def shown(totals: Sequence[Total]) -> list[Shown]:
    """Put all groups together, question by question."""
    found: dict[tuple[str, str, str], list[Total]] = {}
    for one in totals:
        found.setdefault((one.form, one.question, one.choice), []).append(one)
    return [Shown(*key, sum(t.people for t in these), sum(t.total for t in these)) for key, these in found.items()]

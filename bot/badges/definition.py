"""What a badge is: for whom, how it looks, and what earns it. It is read by `bot.badges.reading`."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from bot import durations
from bot.badges.measures import MEASURES, About, Kind, Measure
from bot.language import later
from bot.members.words import clean
from bot.people import Role
from bot.written.parts import For, Id, Part, text

MOST_CRITERIA = 10
MOST_PERKS = 6
QUARTER = timedelta(days=92)
LONGEST = timedelta(days=366)
MOST_NEEDED = 1000
_ROLES = {
    For.MENTOR: frozenset({Role.MENTOR}),
    For.MENTEE: frozenset({Role.MENTEE}),
    For.BOTH: frozenset({Role.MENTOR, Role.MENTEE}),
}
_SHARE = re.compile(r"([1-9][0-9]?|100)%")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Shape(StrEnum):
    """What a badge's picture looks like."""

    SHIELD = "shield"
    CIRCLE = "circle"
    STAR = "star"
    HEXAGON = "hexagon"


def _needed(value: object) -> int:
    """Read a share such as "95%", or a whole number; which of both it has to be is said by the measure."""
    if isinstance(value, str) and _SHARE.fullmatch(value):
        return int(value.removesuffix("%"))
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_NEEDED:
        return value
    raise ValueError(later('Write a share from "1%" to "100%", or a whole number from 1 to 1000.'))


def _within(value: object) -> timedelta:
    if value == "quarter":
        return QUARTER
    try:
        length = durations.parse(value if isinstance(value, str) else "")
    except ValueError:
        length = timedelta(0)
    if not timedelta(days=1) <= length <= LONGEST or length % timedelta(days=1):
        raise ValueError(later('Write whole days from 1 to 366, such as "60d", or "quarter".'))
    return length


def _sign(value: str) -> str:
    kept = clean(value)
    if not 1 <= len(kept) <= 2:  # noqa: PLR2004 - more has no room in a picture
        raise ValueError(later("The sign of a badge is one or two characters."))
    return kept


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value.lower()):
        raise ValueError(later('Write a colour as "#" and six of 0-9 and a-f, such as "#1b6e53".'))
    return value.lower()


Title = Annotated[str, Field(max_length=40), AfterValidator(text)]
Line = Annotated[str, Field(max_length=150), AfterValidator(text)]
Perk = Annotated[str, Field(max_length=80), AfterValidator(text)]
Source = Annotated[str, Field(max_length=150), AfterValidator(clean)]


class Criterion(Part):
    """One thing that a badge needs: a measure's threshold, in percent or as a number, within a time or at any."""

    measure: Measure
    needed: Annotated[int, Field(alias="at_least"), BeforeValidator(_needed)] = 0
    within: Annotated[timedelta | None, BeforeValidator(_within)] = None
    source: Source = ""

    @property
    def about(self) -> About:
        """What its measure is."""
        return MEASURES[self.measure]

    @property
    def is_rate(self) -> bool:
        """Whether `needed` is a percentage."""
        return self.about.kind is Kind.RATE


class Definition(Part):
    """A badge. `certificate`: one can be had of it.

    `perks` are only said, nothing follows from them; with `perks_of` only programs of that preset promise them.
    """

    name: Id
    title: Title
    whom: Annotated[For, Field(alias="for")]
    shape: Shape = Shape.SHIELD
    colour: Annotated[str, AfterValidator(_colour)] = "#1b6e53"
    sign: Annotated[str, AfterValidator(_sign)] = "✓"
    about: Line
    perks: Annotated[tuple[Perk, ...], Field(max_length=MOST_PERKS)] = ()
    perks_of: Annotated[str, Field(pattern="^[a-z0-9_-]{0,30}$")] = ""
    certificate: StrictBool = False
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion", min_length=1, max_length=MOST_CRITERIA)]

    def promised(self, preset: str) -> tuple[str, ...]:
        """Return what comes with it in programs of a preset."""
        return self.perks if self.perks_of in {"", preset} else ()

    @property
    def roles(self) -> frozenset[Role]:
        """Who can earn it."""
        return _ROLES[self.whom]

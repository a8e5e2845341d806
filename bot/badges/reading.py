"""Badges as they are written: read from TOML, or refused with every line that is wrong, and why."""

from functools import lru_cache

from bot.badges.checking import check
from bot.badges.definition import Criterion, Definition, Shape
from bot.badges.measures import Measure
from bot.language import later
from bot.written.parts import For
from bot.written.reading import Reader

_NO_CRITERION = later("At least one criterion is needed: it begins with a line [[criterion]].")
_READER = Reader(
    Definition,
    check,
    {"criterion": Criterion},
    {"measure": Measure, "for": For, "shape": Shape},
    texts={
        ("string_type", "perks"): later('{key} has to be a list of texts: ["…", "…"]'),
        ("too_long", "perks"): later("There can be {most} perks at most."),
        ("too_long", "criterion"): later("There can be {most} criteria at most."),
        ("missing", "criterion"): _NO_CRITERION,
        ("too_short", "criterion"): _NO_CRITERION,
    },
    shapes={"criterion": later("Each criterion begins with a line [[criterion]].")},
)


@lru_cache(maxsize=256)
def parse(text: str) -> Definition:
    """Read a badge. Raises Miswritten, which names every line that is wrong and says why."""
    return _READER.read(text)

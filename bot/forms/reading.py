"""Forms as they are written: read from TOML, or refused with every line that is wrong, and why."""

from functools import lru_cache

from bot.forms.checking import check
from bot.forms.definition import Definition, Kind, Question, SeenBy
from bot.language import later
from bot.written.parts import For
from bot.written.reading import Reader

_NO_QUESTION = later("At least one question is needed: it begins with a line [[question]].")
_READER = Reader(
    Definition,
    check,
    {"question": Question},
    {"kind": Kind, "seen_by": SeenBy, "for": For, "when": ["after a session"]},
    texts={
        ("string_type", "choices"): later('{key} has to be a list of texts: ["…", "…"]'),
        ("too_long", "choices"): later("There can be {most} choices at most."),
        ("too_long", "question"): later("There can be {most} questions at most."),
        ("missing", "question"): _NO_QUESTION,
        ("too_short", "question"): _NO_QUESTION,
    },
    shapes={"question": later("Each question begins with a line [[question]].")},
)


@lru_cache(maxsize=256)
def parse(text: str) -> Definition:
    """Read a form. Raises Miswritten, which names every line that is wrong and says why."""
    return _READER.read(text)

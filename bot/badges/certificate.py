"""A certificate of what somebody earned, drawn by typst: one page to keep, the same whenever it is made again."""

from dataclasses import asdict, dataclass
from datetime import datetime

from bot.badges.colours import on
from bot.badges.definition import Shape
from bot.drawing import pdf


@dataclass(frozen=True, slots=True)
class Words:
    """What a certificate says, in the language and as it was said at the award; only `name` may be another one's.

    From top to bottom: program, heading ("Certificate"), given ("is given to"), name, earned ("who has earned the
    badge"), title (of the badge), done ("What it stands for"), about (the badge's own line), lines (one a criterion),
    stands ("Given by Riverside"), made_on ("Wednesday 3 June 2026"), number ("Number 7F3B-2C9D-01A4").
    """

    language: str
    program: str
    heading: str
    given: str
    name: str
    earned: str
    title: str
    done: str
    about: str
    lines: tuple[str, ...]
    stands: str
    made_on: str
    number: str
    shape: Shape
    colour: str
    sign: str


def certificate(words: Words, made_at: datetime) -> bytes:
    """Return a certificate as PDF/A-2, tagged, made at the award's instant. Raises NoGlyph with what no font has."""
    content = asdict(words) | {"on": on(words.colour)}
    return pdf("badges/certificate.typ", content, words.language, made_at)

"""The picture of a badge, drawn by typst."""

from dataclasses import asdict, dataclass

from bot.badges.colours import faint, on
from bot.badges.definition import Shape
from bot.drawing import NoGlyph, missing, png


@dataclass(frozen=True, slots=True)
class Picture:
    """What a badge looks like: a colour as #rrggbb, a sign of one or two characters, a title.

    Whose it is and since when, already said in their language, stand in it only where they may.
    """

    shape: Shape
    colour: str
    sign: str
    title: str
    language: str
    name: str | None = None
    date: str | None = None


def picture(badge: Picture) -> bytes:
    """Return a picture as PNG, 800 pixels by 400. Raises NoGlyph with what no font has."""
    if absent := missing(" ".join(filter(None, (badge.sign, badge.title, badge.name, badge.date)))):
        raise NoGlyph(absent)
    colours = {"on": on(badge.colour), "ground": faint(badge.colour)}
    return png("badges/picture.typ", asdict(badge) | colours, badge.language)

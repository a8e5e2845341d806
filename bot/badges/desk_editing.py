"""What coordinators do with badges themselves: look at what earns them, add and change them, switch them off."""

import asyncio

from bot.badges import desk_editing_wording as wording
from bot.badges.feature import feature
from bot.badges.keeping import BADGES
from bot.badges.reading import parse
from bot.badges.resting import switched_off
from bot.context import Asked
from bot.drawing import missing
from bot.people import COORDINATORS
from bot.texts import is_blank
from bot.views import Message
from bot.written.editing import Editing
from bot.written.lines import line_of, lines
from bot.written.reading import Miswritten, Problem


async def can_be_drawn(source: str) -> None:
    """Raise Miswritten for what has no place in a badge's picture: no font has it, or nothing of it can be seen."""
    definition, at = parse(source), lines(source)
    drawn = {"title": definition.title, "sign": definition.sign}
    absent = {key: await asyncio.to_thread(missing, text) for key, text in drawn.items()}
    problems = [Problem(line_of(at, (key,)), wording.no_glyph(signs)) for key, signs in absent.items() if signs]
    problems += [Problem(line_of(at, (key,)), wording.nothing_seen()) for key, text in drawn.items() if is_blank(text)]
    if problems:
        raise Miswritten(*problems)


EDITING = Editing(BADGES, wording.WORDS, can_be_drawn, switched_off)
EDITING.declare(feature)


@feature.button("badges.kinds", who=COORDINATORS)
async def kinds(asked: Asked) -> Message:
    """List every badge of the program."""
    return await EDITING.every(asked)

"""Pictures of badges for messages, drawn in a thread. What can't be drawn is left out: the text says it all."""

import asyncio

from bot.badges.definition import Definition
from bot.badges.picture import Picture, picture
from bot.drawing import NoGlyph
from bot.language import spoken, t


async def drawn(definition: Definition, name: str | None = None, date: str | None = None) -> bytes | None:
    """Return a badge's picture in the language in use, with a name in it only if one is given; None: it can't be.

    A name with characters that can't be drawn is left out as a whole.
    """
    title = t(definition.title)
    wanted = Picture(definition.shape, definition.colour, definition.sign, title, spoken(), name, date)
    try:
        return await asyncio.to_thread(picture, wanted)
    except NoGlyph:
        return None if name is None else await drawn(definition, date=date)

"""From the name of a language to its code."""

from babel import Locale

from bot.language import languages
from bot.members.words import plain

AS_IN_PROGRAM = "program"


def find(text: str) -> str | None:
    """Find the code of a language that the bot speaks, by its code or its name in any of them; None: it doesn't."""
    wanted = plain(text)
    for code in languages():
        names = {Locale.parse(code).get_display_name(other) or code for other in {"en", "es", *languages()}}
        if wanted in {code, *map(plain, names)}:
            return code
    return None


def is_language(text: str) -> str:
    """Read a button's argument; nothing stands for the program's. Raises ValueError for what the bot doesn't speak."""
    if text == AS_IN_PROGRAM:
        return ""
    if text not in languages():
        raise ValueError
    return text

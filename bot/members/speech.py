"""From the name of a language to its code."""

import re
from difflib import get_close_matches
from functools import cache

from babel import Locale

from bot.language import languages, locale, nearest
from bot.members.words import plain

AS_IN_PROGRAM = "program"
LONGEST = 100  # characters that are looked at
_WRITTEN = ("de", "fr", "it", "pt")  # whose own names are known besides
_LONGEST_CODE = 3
_CLOSE = 0.7  # as difflib counts, from 0 to 1


def find(text: str) -> str | None:
    """Find the code of a language that the bot speaks, by its code or its name in any of them; None: it doesn't."""
    return nearest(called(text))


def called(text: str) -> str | None:
    """Return the code of any language, by its code (`es`, `es-MX`) or by its name; None if there is none."""
    wanted = plain(text)
    return _names().get(wanted) or _names().get(re.split(r"[-_]", wanted)[0])


def near(text: str) -> str:
    """Return the name of the language that somebody may have meant, in the language in use; nothing if none is near."""
    names = [name for name in _names() if len(name) > _LONGEST_CODE]
    close = get_close_matches(plain(text)[:LONGEST], names, n=1, cutoff=_CLOSE)
    return Locale.parse(locale()).languages.get(_names()[close[0]], "") if close else ""


def is_language(text: str) -> str:
    """Read a button's argument; nothing stands for the program's. Raises ValueError for what the bot doesn't speak."""
    if text == AS_IN_PROGRAM:
        return ""
    if text not in languages():
        raise ValueError
    return text


@cache
def _names() -> dict[str, str]:
    """Return the languages' codes by code and by name, made plain: in English, Spanish, and all that the bot speaks."""
    found = {str(code): str(code) for code in Locale.parse("en").languages if "_" not in str(code)}
    for spoken in dict.fromkeys(("en", "es", *languages())):
        for code, name in Locale.parse(spoken).languages.items():
            if "_" not in str(code):
                found.setdefault(plain(name), str(code))
    for code in _WRITTEN:
        found.setdefault(plain(Locale.parse(code).get_display_name(code) or code), code)
    return found

"""Whether there is anything in a text that can be seen: a pure function."""

import unicodedata

_NOTHING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Mn", "Me"})  # blanks, signs without width, bare accents
_LOOK_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers: letters and a symbol that show nothing


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text can be seen."""
    return all(sign in _LOOK_BLANK or unicodedata.category(sign) in _NOTHING for sign in text)

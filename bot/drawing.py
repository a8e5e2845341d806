"""Everything that is drawn, by typst. What a page says comes in as data, and is never a part of its source.

Only the fonts of bot/fonts are used, so that a page looks the same wherever it is made. typst holds the interpreter's
lock for some milliseconds a page: whoever serves others meanwhile draws in a thread.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypedDict

import typst

from bot.errors import MentorbotError
from bot.language import SOURCE
from bot.lettering import characters, cleaned, of

Content = str | float | bool | None | Sequence["Content"] | Mapping[str, "Content"]

PIXELS_PER_INCH = 72  # a point of a page is a pixel
ARCHIVED: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]  # a-2a: all of PDF/A-2b, and tagged; ua-1: fit to be read aloud
ROOT = Path(__file__).parent  # of all sources: they import each other from here
FONTS = ROOT / "fonts"

_GLYPHS = "glyphs.typ"


class NoGlyph(MentorbotError):
    """No font has these `characters`. They may be of somebody's name, so the error's text doesn't tell them."""

    def __init__(self, characters: Sequence[str]) -> None:
        super().__init__(f"{len(characters)} characters have no glyph")
        self.characters = tuple(characters)


class _Given(TypedDict):
    sys_inputs: dict[str, str]
    root: Path
    font_paths: typst.Fonts
    ignore_system_fonts: bool


def png(source: str, content: Content, language: str) -> bytes:
    """Draw a page of bot/, such as "nudges/chart.typ", as a picture; what has no glyph becomes an empty box."""
    return _one(typst.compile(ROOT / source, format="png", ppi=PIXELS_PER_INCH, **_given(content, language)))


def pdf(source: str, content: Content, language: str, made_at: datetime) -> bytes:
    """Draw a page of bot/ as a file to keep: the same bytes for the same content and instant.

    Raises NoGlyph with what no font has.
    """
    given, stamp = _given(content, language), made_at.replace(microsecond=0)  # typst refuses parts of a second
    try:
        return _one(typst.compile(ROOT / source, format="pdf", pdf_standards=ARCHIVED, timestamp=stamp, **given))
    except typst.TypstError:
        if absent := missing(" ".join(_texts(content))):
            raise NoGlyph(absent) from None
        raise


def missing(text: str) -> list[str]:
    """Return what of a text no font has: each character, with the marks on it, once."""
    return _missing(list(dict.fromkeys(characters(cleaned(text)))))


def writable(text: str) -> str:
    """Return a text without the signs, such as emoji, that no font has; it is empty if there are letters of none."""
    kept = cleaned(text)
    if _is_drawn(kept):
        return kept
    each = list(characters(kept))
    if not _is_drawn(" ".join(one for one in each if not _is_sign(one))):
        return ""
    absent = set(_missing(list(dict.fromkeys(filter(_is_sign, each)))))
    return " ".join("".join(one for one in each if one not in absent).split())


def _is_sign(character: str) -> bool:
    """Tell whether a text says as much without a character: it is neither a letter, a number nor a stop."""
    return unicodedata.category(character[0])[0] not in "LNPMZ"


def _missing(some: list[str]) -> list[str]:
    """Look for them half by half, as mostly nothing is missing."""
    if _is_drawn(" ".join(some)):
        return []
    middle = len(some) // 2
    return [*_missing(some[:middle]), *_missing(some[middle:])] if middle else some


def _is_drawn(text: str) -> bool:
    try:  # of what isn't archived, typst draws boxes instead of missing glyphs
        typst.compile(ROOT / _GLYPHS, format="pdf", pdf_standards=ARCHIVED, **_given(text, SOURCE))
    except typst.TypstError:
        return False
    return True


def _given(content: Content, language: str) -> _Given:
    written = of(language)
    direction = "rtl" if written.character_order == "right-to-left" else "ltr"
    told = {"language": written.language, "direction": direction, "content": _cleaned(content)}
    inputs = {"given": json.dumps(told, ensure_ascii=False)}
    return {"sys_inputs": inputs, "root": ROOT, "font_paths": _fonts(), "ignore_system_fonts": True}


def _cleaned(content: Content) -> Content:
    if isinstance(content, str):
        return cleaned(content)
    if isinstance(content, Mapping):
        return {name: _cleaned(value) for name, value in content.items()}
    return [_cleaned(value) for value in content] if isinstance(content, Sequence) else content


def _texts(content: Content) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping | Sequence):
        values = content.values() if isinstance(content, Mapping) else content
        for value in values:
            yield from _texts(value)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _one(pages: bytes | list[bytes] | None) -> bytes:
    if not isinstance(pages, bytes):
        raise TypeError("what is drawn is one page")
    return pages

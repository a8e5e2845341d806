"""In which language the bot speaks: one catalogue a language (bot/languages/*.po), and the one in use just now.

Texts stand in the code in English. `t` says one in the language of whoever is spoken to; a language is added by a file.
"""

import gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError, negotiate_locale

SOURCE = "en"
_LOCALES = {"en": "en_GB"}  # where a language alone doesn't say how days are written

# Unicode's kinds of characters that turn the order of a text around, and the marks that keep them from it.
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_FROM_THE_LEFT = frozenset({"L", "LRE", "LRO", "LRI"})
_ISOLATE, _END = "\u2068", "\u2069"
_ISOLATED = re.compile("\u2068[^\u2066-\u2069]*\u2069")

_folders: list[Traversable] = [resources.files("bot").joinpath("languages")]
_speaking: ContextVar[str] = ContextVar("speaking", default=SOURCE)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Let everything be said in a language; None, and one that there is no catalogue of, stand for English."""
    token = _speaking.set(SOURCE)
    try:
        speak(language)
        yield
    finally:
        _speaking.reset(token)


def speak(language: str | None) -> None:
    """Go on in a language, as `speaking` does, until what that began has ended."""
    _speaking.set(language if language in languages() else SOURCE)


def spoken() -> str:
    """Return the code of the language in use."""
    return _speaking.get()


def locale() -> str:
    """Return the locale of the language in use, for dates and numbers."""
    return _LOCALES.get(spoken(), spoken())


@cache
def languages() -> dict[str, str]:
    """Return the languages that the bot speaks: each code with the language's own name."""
    codes = [SOURCE, *sorted(_catalogues())]
    return {code: str(Locale.parse(code).get_display_name(code)).capitalize() for code in codes}


def nearest(wanted: str | None) -> str | None:
    """Return the language that comes nearest to a platform's locale, such as `es` to `es-MX`; None if none does."""
    return negotiate_locale([(wanted or "").replace("-", "_")], list(languages()))


def t(text: str, /, **values: object) -> str:
    """Say a text in the language in use, with `values` in the place of its {names}."""
    if not text:
        return ""  # which a catalogue has its own description under
    return _filled(_catalogue(spoken()).gettext(text), text, values)


def n(one: str, many: str, number: int, /, **values: object) -> str:
    """Say a text with a number, `{n}`, in the form that belongs to it."""
    said = _catalogue(spoken()).ngettext(one, many, number)
    return _filled(said, one if number == 1 else many, {"n": number, **values})


def later(text: str) -> str:
    """Mark a text that is said later on, by `t`."""
    return text


def isolated(text: str) -> str:
    """Return a name as it may stand amid a sentence: one that is read the other way round doesn't turn that around."""
    other_way = _read_the_other_way(spoken())
    if any(bidirectional(char) in other_way for char in _ISOLATED.sub("", text)):
        return f"{_ISOLATE}{text}{_END}"
    return text


@contextmanager
def also_from(folder: Traversable) -> Iterator[None]:
    """Take catalogues from a further folder for a while: to try translations out."""
    _folders.append(folder)
    _look_again()
    try:
        yield
    finally:
        _folders.remove(folder)
        _look_again()


def _filled(said: str, source: str, values: Mapping[str, object]) -> str:
    if not values:
        return said
    shown = {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
    try:
        return said.format(**shown)
    except (LookupError, ValueError, AttributeError):  # a slip of the translation's: English is better than nothing
        return source.format(**shown)


@cache
def _read_the_other_way(language: str) -> frozenset[str]:
    backwards = Locale.parse(language).character_order == "right-to-left"
    return _FROM_THE_LEFT if backwards else _FROM_THE_RIGHT


def _look_again() -> None:
    languages.cache_clear()
    _catalogue.cache_clear()


def misnamed() -> list[str]:
    """Return the catalogues that no language is called like: they can't be used."""
    return sorted(str(file) for code, file in _files().items() if not _is_language(code))


def _catalogues() -> dict[str, Traversable]:
    return {code: file for code, file in _files().items() if _is_language(code)}


def _files() -> dict[str, Traversable]:
    files = [file for folder in _folders for file in folder.iterdir()]
    return {file.name.removesuffix(".po"): file for file in files if file.name.endswith(".po")}


def _is_language(code: str) -> bool:
    try:
        return str(Locale.parse(code)) == code
    except (ValueError, UnknownLocaleError):
        return False


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - slow to import, and not needed for English
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(_catalogues()[language].read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

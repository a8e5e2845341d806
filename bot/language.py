"""In which language the bot speaks: one catalogue a language (bot/languages/*.po), and the one in use just now.

Texts stand in the code in English. `t` says one in the language of whoever is spoken to; a language is added by a file.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from io import BytesIO
from unicodedata import bidirectional

from babel import Locale, negotiate_locale

SOURCE = "en"
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})  # Unicode's letters and digits of such scripts
_LOCALES = {"en": "en_GB"}  # where a language alone doesn't say how days are written

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
    files = resources.files("bot").joinpath("languages").iterdir()
    codes = [SOURCE, *sorted(file.name.removesuffix(".po") for file in files if file.name.endswith(".po"))]
    return {code: str(Locale.parse(code).get_display_name(code)).capitalize() for code in codes}


def nearest(wanted: str | None) -> str | None:
    """Return the language that comes nearest to a platform's locale, such as `es` to `es-MX`; None if none does."""
    return negotiate_locale([(wanted or "").replace("-", "_")], list(languages()))


def t(text: str, /, **values: object) -> str:
    """Say a text in the language in use, with `values` in the place of its {names}."""
    said = _catalogue(spoken()).gettext(text)
    return said.format(**values) if values else said


def n(one: str, many: str, number: int, /, **values: object) -> str:
    """Say a text with a number, `{n}`, in the form that belongs to it."""
    return _catalogue(spoken()).ngettext(one, many, number).format(n=number, **values)


def later(text: str) -> str:
    """Mark a text that is said later on, by `t`."""
    return text


def isolated(text: str) -> str:
    """Return a name as it may stand amid a sentence: one that is read the other way round doesn't turn that around."""
    return f"\u2068{text}\u2069" if any(bidirectional(char) in _FROM_THE_RIGHT for char in text) else text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - slow to import, and not needed for English
    from babel.messages.pofile import read_po  # noqa: PLC0415

    file = resources.files("bot").joinpath("languages", f"{language}.po")
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

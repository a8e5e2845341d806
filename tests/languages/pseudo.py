"""A made-up translation in which every text is marked, and what of the bot's words has no mark.

Marks end where a value is filled in, so a value that isn't marked itself stands out: somebody's name, or a text that
was forgotten. Days, lengths and numbers are as in Finnish.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.units import format_unit

from bot.events.rules import ALPHABET
from bot.language import languages
from bot.views import Actions, Errors, Form, Link, Message, Reply
from tests.languages import texts

LANGUAGE = "fi"
HEADER = 'msgid ""\nmsgstr ""\n"Language: eo\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
# Commands, mentions, zones, codes, names of reports, keys of age and an encoding are the same in every language.
ALIKE = re.compile(
    r"/mentor(?:-admin)?(?: [a-z]+(?:-[a-z]+)*)?|@\w+|\b[A-Z]\w+/[A-Z]\w+|\b[0-9A-Z]{5}-[0-9A-Z]{5}\b|\bUTF-8\b"
    r"|\bR-[0-9A-Z]{6}\b|\bage1\w+(?:…\w+)?"
    rf"|\b[{ALPHABET}]{{5}}\b"
)
MARKED = re.compile("⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]+")
UNITS = ("minute", "hour", "day", "week", "month", "year")


def write(folder: Path) -> None:
    """Put the translation into a folder."""
    catalog = Catalog(locale=LANGUAGE)
    for message in texts.texts():
        if message.id:
            forms = message.id if isinstance(message.id, list | tuple) else (message.id,)
            marked = tuple(map(_marked, forms))
            catalog.add(message.id, marked if message.pluralizable else marked[0])
    (folder / f"{LANGUAGE}.po").write_text(texts.written(catalog, HEADER), "utf-8")


def _marked(text: str) -> str:
    parts = re.split(r"(\{[^{}]*\})", text)
    return "".join(part if part.startswith("{") or not part else f"⟦{part}⟧" for part in parts)


def words(reply: Reply) -> Iterator[str]:
    """Yield every text of a view that a person reads."""
    match reply:
        case Message(blocks):
            for block in blocks:
                if isinstance(block, Actions):
                    yield from (item.label for item in block.items)
                else:
                    yield block.text
        case Form():
            yield from (reply.title, reply.submit)
            for field in reply.fields:
                yield from (field.label, field.hint, *(label for _, label in field.choices))
        case Errors(errors):
            yield from errors.values()


def buttons(reply: Reply) -> list[str]:
    """Return the actions of a view's buttons."""
    rows = [block.items for block in reply.blocks if isinstance(block, Actions)] if isinstance(reply, Message) else []
    return [item.action for row in rows for item in row if not isinstance(item, Link)]


def unmarked(text: str, data: Collection[str]) -> str:
    """Return what is neither marked nor one of the values in `data`, nor said alike by everybody; "" if all is well."""
    rest = MARKED.sub(" ", text)
    for pattern in (ALIKE, _any_of(frozenset(data)), _any_of(vocabulary())):
        rest = pattern.sub(" ", rest)
    return rest.strip() if WORD.search(rest) else ""


@cache
def vocabulary() -> frozenset[str]:
    """Return the words for days, lengths and countries in the made-up language, and what languages call themselves."""
    known = Locale.parse(LANGUAGE)
    days = {word for forms in known.days.values() for word in forms["wide"].values()}
    lengths = {format_unit(count, f"duration-{unit}", locale=LANGUAGE) for unit in UNITS for count in (1, 2, 5)}
    words = {word for text in lengths for word in WORD.findall(text)}
    return frozenset({*days, *words, *known.territories.values(), *languages().values()})


@cache
def _any_of(values: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, values), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

"""A made-up translation in which every text is marked, and what of the bot's words has no mark.

Marks end where a value is filled in, so a value that isn't marked itself stands out: somebody's name, or a text that
was forgotten. Days, lengths and numbers are as in Finnish.
"""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path

from babel.messages import Catalog

from bot.language import speaking
from bot.views import Actions, Errors, Form, Link, Message, Reply
from bot.wording import length
from tests.languages import texts

LANGUAGE = "fi"
HEADER = 'msgid ""\nmsgstr ""\n"Language: eo\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
COMMAND = re.compile(r"/mentor(?:-admin)?(?: [a-z]+)?")
MARKED = re.compile("⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]+")
SPANS = [timedelta(**{unit: count}) for unit in ("minutes", "hours", "days", "weeks") for count in (1, 2, 5)]


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
    """Return what is neither marked nor one of the values in `data`, nor a command nor a length; "" if all is well."""
    rest = COMMAND.sub("", MARKED.sub(" ", text))
    for value in sorted({*data, *_lengths()}, key=len, reverse=True):
        rest = rest.replace(value, " ")
    return rest.strip() if WORD.search(rest) else ""


def _lengths() -> set[str]:
    with speaking(LANGUAGE):
        return {word for span in SPANS for word in WORD.findall(length(span))}

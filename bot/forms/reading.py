"""Forms as they are written: read from TOML, or refused with every line that is wrong, and why."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from bot.errors import UserError
from bot.forms.checking import check
from bot.forms.definition import Definition, For, Kind, Question, SeenBy
from bot.forms.lines import Path, line_of, lines
from bot.language import later, n, t

LONGEST = 20_000  # bytes of a file
MOST_LINES = 500
SHOWN = 15  # mistakes; the rest are counted
KEY_SHOWN = 40

_WORDS: dict[str, type[StrEnum]] = {"kind": Kind, "seen_by": SeenBy, "for": For}
_TEXTS = {  # by what pydantic calls a mistake, and the key in which it is
    ("missing", ""): later("{key} is missing."),
    ("string_type", ""): later('{key} has to be a text in quotes: "…"'),
    ("string_type", "choices"): later('{key} has to be a list of texts: ["…", "…"]'),
    ("bool_type", ""): later("{key} has to be true or false, without quotes."),
    ("string_pattern_mismatch", ""): later("{key} is written with a-z, 0-9, - and _ alone, 30 of them at most."),
    ("string_too_long", ""): later("{key} is too long: {most} characters are the most."),
    ("too_long", "choices"): later("There can be {most} choices at most."),
    ("too_long", "question"): later("There can be {most} questions at most."),
    ("missing", "question"): later("At least one question is needed: it begins with a line [[question]]."),
    ("too_short", "question"): later("At least one question is needed: it begins with a line [[question]]."),
}
_SHAPES = {
    "question": later("Each question begins with a line [[question]]."),
    "": later('{key} has to be a list of texts: ["…", "…"]'),
}
_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, and on which line."""

    line: int
    text: str


class WrongForm(UserError):
    """A file that is no form, with all that is wrong in it."""

    def __init__(self, *problems: Problem) -> None:
        """Take what is wrong."""
        self.problems = tuple(sorted(set(problems)))
        told = [t("Line {line}: {what}", line=one.line, what=one.text) for one in self.problems[:SHOWN]]
        more = len(self.problems) - len(told)
        super().__init__("\n".join([*told, *([n("and {n} more", "and {n} more", more)] if more else [])]))


def decoded(content: bytes) -> str:
    """Return the text of a file. Raises WrongForm for what is none, or too much."""
    if len(content) > LONGEST:
        raise WrongForm(_too_long())
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = t("There are characters here that I can't read. Please save the file as plain text in UTF-8.")
        raise WrongForm(Problem(line, text)) from None


@lru_cache(maxsize=256)
def parse(text: str) -> Definition:
    """Read a form. Raises WrongForm, which names every line that is wrong and says why."""
    text = text.removeprefix("\ufeff")  # which some editors put before what is pasted from them
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise WrongForm(_too_long())
    if text.count("\n") >= MOST_LINES:
        raise WrongForm(Problem(MOST_LINES, t("A form has {most} lines at most.", most=MOST_LINES)))
    content = _content(text)
    found = list(check(content))
    try:
        definition = Definition.model_validate(content)
    except ValidationError as error:
        found += [_found(detail) for detail in map(dict, error.errors()) if not _follows(detail)]
    else:
        if not found:
            return definition
    where = lines(text)
    raise WrongForm(*(Problem(line_of(where, path), said) for path, said in _told_once(found)))


def _too_long() -> Problem:
    return Problem(1, t("This is too long for a form: {most} characters are the most.", most=f"{LONGEST:,}"))


def _content(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongForm(_unreadable(text, str(error))) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets within brackets within …
        raise WrongForm(Problem(_stumbles(text), t("I can't read this line."))) from None


def _unreadable(text: str, reason: str) -> Problem:
    at = _AT_LINE.search(reason)
    line = int(at[1]) if at and at[1] else len(text.rstrip().split("\n"))
    return Problem(line, t("I can't read this line. Maybe a quote, a bracket or an = is missing, here or just above."))


def _stumbles(text: str) -> int:
    """Return the line on which reading ends with something else than a mistake in how it is written."""
    for number, row in enumerate(text.split("\n"), 1):
        try:
            tomllib.loads(row)
        except tomllib.TOMLDecodeError:
            continue
        except (ValueError, RecursionError):
            return number
    return 1


def _told_once(found: list[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """Leave out what lies within something that is wrong itself, as far as that is said already."""
    seen: set[Path] = set()
    for path, said in found:
        if path not in seen:
            seen.add(path)
            yield path, said


def _found(detail: dict[str, Any]) -> tuple[Path, str]:
    path: Path = tuple(detail["loc"])
    return path, _said(str(detail["type"]), path, detail.get("ctx", {}))


def _follows(detail: dict[str, Any]) -> bool:
    """Tell whether there are too few of something only because those that are there are wrong."""
    return bool(detail["type"] == "too_short" and detail["input"])


def _said(kind: str, path: Path, context: dict[str, Any]) -> str:
    """Say in plain words what pydantic found."""
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    shown = key if len(key) <= KEY_SHOWN else f"{key[:KEY_SHOWN]}…"
    match kind:
        case "extra_forbidden":
            return _unknown(shown, within_question=len(path) > 1)
        case "enum" | "literal_error":
            words = ["after a session"] if key == "when" else [one.value for one in _WORDS[key]]
            return t("{key} has to be one of these: {words}", key=shown, words=", ".join(f'"{one}"' for one in words))
        case "value_error":
            return t(str(context["error"]))
    said = _TEXTS.get((kind, key)) or _TEXTS.get((kind, "")) or _SHAPES.get(key, _SHAPES[""])
    return t(said, key=shown, most=context.get("max_length", ""))


def _unknown(key: str, *, within_question: bool) -> str:
    fields = (Question if within_question else Definition).model_fields
    near = get_close_matches(key, [field.alias or name for name, field in fields.items()], n=1)
    if near:
        return t("There is no {key} here. Did you mean {near}?", key=key, near=near[0])
    return t("There is no {key} here.", key=key)

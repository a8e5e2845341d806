"""What somebody wrote as TOML is read, or refused with every line that is wrong, and why."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import UserError
from bot.language import later, n, t
from bot.written.lines import Path, line_of, lines

LONGEST = 20_000  # bytes of a file
MOST_LINES = 500
MOST_DOTS = 20  # on a line, outside of texts and comments
SHOWN = 15  # mistakes; the rest are counted
KEY_SHOWN = 40

M = TypeVar("M", bound=BaseModel)
Found = tuple[Path, str]
"""Where something is wrong, and what."""

_TEXTS = {  # by what pydantic calls a mistake, and the key in which it is
    ("missing", ""): later("{key} is missing."),
    ("string_type", ""): later('{key} has to be a text in quotes: "…"'),
    ("bool_type", ""): later("{key} has to be true or false, without quotes."),
    ("string_pattern_mismatch", ""): later("{key} is written with a-z, 0-9, - and _ alone, 30 of them at most."),
    ("string_too_long", ""): later("{key} is too long: {most} characters are the most."),
}
_LIST = later('{key} has to be a list of texts: ["…", "…"]')
_TEXTS_AND_COMMENTS = (r'"""(?:\\.|[^\\])*?"""', r"'{3}.*?'{3}", r'"(?:\\[^\n]|[^"\\\n])*"?', r"'[^'\n]*'?", r"#[^\n]*")
_NO_KEYS = re.compile("|".join(_TEXTS_AND_COMMENTS), re.DOTALL)
_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, and on which line."""

    line: int
    text: str


class Miswritten(UserError):
    """A text that can't be used, with all that is wrong in it."""

    def __init__(self, *problems: Problem) -> None:
        """Take what is wrong."""
        self.problems = tuple(sorted(set(problems)))
        told = [t("Line {line}: {what}", line=one.line, what=one.text) for one in self.problems[:SHOWN]]
        more = len(self.problems) - len(told)
        super().__init__("\n".join([*told, *([n("and {n} more", "and {n} more", more)] if more else [])]))


@dataclass(frozen=True, slots=True)
class Reader(Generic[M]):
    """How one kind of text is read.

    `check` says what doesn't fit together in what a text says, however much of it is wrong. `parts` are the records of
    its tables, by key. `words` are what can stand in a key that has words of its own, `texts` what is said of mistakes
    by what pydantic calls them and the key, `shapes` what is said of anything else that is wrong with a key.
    """

    model: type[M]
    check: Callable[[dict[str, Any]], Iterable[Found]]
    parts: Mapping[str, type[BaseModel]]
    words: Mapping[str, Sequence[str] | type[StrEnum]]
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str) -> M:
        """Read a text. Raises Miswritten, which names every line that is wrong and says why."""
        text = text.removeprefix("\ufeff")  # which some editors put before what is pasted from them
        if len(text.encode("utf-8", "replace")) > LONGEST:
            raise Miswritten(_too_long())
        if text.count("\n") >= MOST_LINES:
            raise Miswritten(Problem(MOST_LINES, t("There can be {most} lines at most.", most=MOST_LINES)))
        content = _content(text)
        found = list(self.check(content))
        try:
            whole = self.model.model_validate(content)
        except ValidationError as error:
            found += [self._found(detail) for detail in map(dict, error.errors()) if not _follows(detail)]
        else:
            if not found:
                return whole
        where = lines(text)
        raise Miswritten(*(Problem(line_of(where, path), said) for path, said in _told_once(found)))

    def _found(self, detail: dict[str, Any]) -> Found:
        path: Path = tuple(detail["loc"])
        return path, self._said(str(detail["type"]), path, detail.get("ctx", {}))

    def _said(self, kind: str, path: Path, context: dict[str, Any]) -> str:
        """Say in plain words what pydantic found."""
        key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        shown = key if len(key) <= KEY_SHOWN else f"{key[:KEY_SHOWN]}…"
        match kind:
            case "extra_forbidden":
                return self._unknown(shown, path)
            case "enum" | "literal_error":
                words = ", ".join(f'"{one}"' for one in self.words[key])
                return t("{key} has to be one of these: {words}", key=shown, words=words)
            case "value_error":
                return t(str(context["error"]))
        texts = {**_TEXTS, **self.texts}
        said = texts.get((kind, key)) or texts.get((kind, "")) or self.shapes.get(key, _LIST)
        return t(said, key=shown, most=context.get("max_length", ""))

    def _unknown(self, key: str, path: Path) -> str:
        part = self.parts[str(path[0])] if len(path) > 1 else self.model
        names = [one.alias or name for name, one in part.model_fields.items()]
        near = get_close_matches(key, names, n=1)
        if near:
            return t("There is no {key} here. Did you mean {near}?", key=key, near=near[0])
        return t("There is no {key} here.", key=key)


def decoded(content: bytes) -> str:
    """Return the text of a file. Raises Miswritten for what is none, or too much."""
    if len(content) > LONGEST:
        raise Miswritten(_too_long())
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = t("There are characters here that I can't read. Please save the file as plain text in UTF-8.")
        raise Miswritten(Problem(line, text)) from None


def _too_long() -> Problem:
    return Problem(1, t("This is too long: {most} characters are the most.", most=f"{LONGEST:,}"))


def _content(text: str) -> dict[str, Any]:
    if line := _too_deep(text):
        raise Miswritten(Problem(line, t("I can't read this line.")))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Miswritten(_unreadable(text, str(error))) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets within brackets within …
        raise Miswritten(Problem(_stumbles(text), t("I can't read this line."))) from None


def _too_deep(text: str) -> int:
    """Return the first line with a key of names within names without end; 0: none. Reading it takes them squared."""
    bare = _NO_KEYS.sub(lambda found: "\n" * found[0].count("\n"), text)
    return next((number for number, row in enumerate(bare.split("\n"), 1) if row.count(".") > MOST_DOTS), 0)


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


def _told_once(found: list[Found]) -> Iterator[Found]:
    """Leave out what lies within something that is wrong itself, as far as that is said already."""
    seen: set[Path] = set()
    for path, said in found:
        if path not in seen:
            seen.add(path)
            yield path, said


def _follows(detail: dict[str, Any]) -> bool:
    """Tell whether there are too few of something only because those that are there are wrong."""
    return bool(detail["type"] == "too_short" and detail["input"])

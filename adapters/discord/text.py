r"""Texts on their way to Discord, so that they are seen as they are; and what Discord makes of what people type.

Discord has no plain text in messages: everything is Markdown. A backslash before a sign that is neither a letter, a
digit nor a blank shows that sign and lets it mean nothing, so each sign that could mean something where it stands gets
one: `*`, `_`, `<@1>`, `[a](b)` anywhere, `#`, `>`, `-` and `1.` where a line begins, `:` in a link or an emoji's name.
Nothing is linked. Who is named by `@` and an id is shown as Discord shows people, since nobody knows ids; mentions are
switched off for every message besides, so nobody is told of it. Labels, titles and what is typed are plain on
Discord; they only are cut.
"""

import re
from typing import Any

from bot import cutting
from bot.cutting import size

Json = dict[str, Any]

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")  # control characters, halves of characters
_MEANING = re.compile(
    r"[\\*_~`|<\[]"  # anywhere
    r"|@(?=everyone|here)"
    r"|:(?=//|[\w+-]+:)"  # a link's, an emoji's
    r"|(?:(?<=^)|(?<=[\n\u2028\u2029]))[^\S\n\u2028\u2029]*(?:-?#|>|[-+]|[0-9]+\.)"  # where a line begins
)
PERSON = re.compile(r"(?<![\w@])@([1-9][0-9]{16,18})(?![\w@])")  # what an id is that Discord has given to somebody
_MARKED = re.compile(r"<(?:@[!&]?|(#)|(a?:))([^<>]*)>")
_MORE = "…"


def escape(text: str) -> str:
    """Return a text in which nothing means anything to Discord, but for who is named by an id."""
    plain = _MEANING.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], clean(text))
    return PERSON.sub(r"<@\1>", plain)


def clean(text: str) -> str:
    """Return a text without what nobody sees and JSON or Discord might stumble over."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def heading(text: str) -> str:
    """Return a line of larger letters."""
    return f"### {escape(text).strip()}"


def note(text: str) -> str:
    """Return small print: each line is marked by itself."""
    return "\n".join(f"-# {line}" if line.strip() else line for line in escape(text).split("\n"))


def pieces(text: str, limit: int, *, small: bool = False) -> list[str]:
    """Return a text escaped, in pieces that keep to a limit: cut between lines or words, if there are any."""
    dress = note if small else escape
    rest, found = clean(text), list[str]()
    while rest:
        end = min(len(rest), limit)
        while end > 1 and size(dress(rest[:end])) > limit:
            end = max(end - max((size(dress(rest[:end])) - limit) // 2, 1), 1)
        end = cutting.cut(rest, end)
        found.append(dress(rest[:end]))
        rest = rest[end:]
    return [piece for piece in found if piece.strip()]


def short(text: str, limit: int) -> str:
    """Return a text of which nothing is escaped; one that is too long is cut, with … at its end."""
    whole = clean(text)
    if size(whole) <= limit:
        return whole
    return whole[: cutting.cut(whole, cutting.fits(whole, limit - len(_MORE)))].rstrip() + _MORE


def label(text: str, limit: int) -> str:
    """Return one line: for a button, a title, a choice. There has to be something in it."""
    return short(" ".join(text.split()), limit).strip() or _MORE


def cut(text: str, limit: int) -> str:
    """Return a text that is data, as far as there is room for it."""
    whole = clean(text)
    return whole[: cutting.fits(whole, limit)]


def read(text: str) -> str:
    """Return what somebody typed behind a command, from the way in which Discord writes it.

    People stand in it as `@` and their id (`<@1>`), channels as `#` and theirs, emoji by their names.
    """
    return _MARKED.sub(_typed, text)


def _typed(found: re.Match[str]) -> str:
    if found[2]:
        return f":{found[3].partition(':')[0]}:"
    return f"{found[1] or '@'}{found[3]}"

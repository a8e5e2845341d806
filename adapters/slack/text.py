"""Texts on their way to Slack, so that they are seen as they are; and what Slack makes of what people type, read back.

Everything goes out as `plain_text` with `emoji` off: there Slack formats nothing (*, _, ~, `, > and :wave: stay as
they were written) and links nothing, and decodes &amp; &lt; &gt; alone, so a text that is escaped once is seen
literally and can't hold a <!channel>. mrkdwn can't do that: it has no way to escape * and _, and `verbatim` leaves its
formatting on. rich_text would be literal too, but it has no limits that are documented, and headers, buttons, labels
and options take plain_text alone: so there is one rule for all.
"""

import re
from typing import Any

from bot import cutting
from bot.cutting import size

Json = dict[str, Any]

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNESCAPED = {written: char for char, written in _ESCAPED.items()}
_WRITTEN = re.compile("|".join(_UNESCAPED))
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # control characters, and halves of characters
_MARKED = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_MORE = "…"


def escape(text: str) -> str:
    """Return a text in which nothing means anything to Slack."""
    return "".join(_ESCAPED.get(char, char) for char in clean(text))


def unescape(text: str) -> str:
    """Undo `escape`, once."""
    return _WRITTEN.sub(lambda found: _UNESCAPED[found[0]], text)


def clean(text: str) -> str:
    """Return a text without what nobody sees and JSON or Slack might stumble over."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str, limit: int) -> list[str]:
    """Return a text escaped, in pieces that keep to a limit: cut between lines or words, if there are any."""
    rest, found = clean(text), list[str]()
    while rest:
        end = _cut(rest, limit)
        found.append(escape(rest[:end]))
        rest = rest[end:]
    return [piece for piece in found if piece.strip()]


def short(text: str, limit: int) -> str:
    """Return a text escaped; one that is too long is cut, with … at its end."""
    whole = clean(text)
    if size(escape(whole)) <= limit:
        return escape(whole)
    return escape(whole[: _cut(whole, limit - len(_MORE))].rstrip()) + _MORE


def plain(text: str) -> Json:
    """Return a text object of a text that is escaped and short enough."""
    return {"type": "plain_text", "text": text, "emoji": False}


def label(text: str, limit: int) -> Json:
    """Return a text object of one line: for a button, a title, a choice. There has to be something in it."""
    return plain(short(" ".join(clean(text).split()), limit) or _MORE)


def read(text: str) -> str:
    """Return what somebody typed after a command, from the way in which Slack writes it.

    People stand in it as `@` and their id (`<@U1|amara>`), channels as # and their name, addresses and links as typed.
    """
    return unescape(_MARKED.sub(_typed, text))


def _typed(found: re.Match[str]) -> str:
    sign, target, shown = found[1], found[2], found[3]
    match sign:
        case "@":
            return f"@{target}"
        case "#":
            return f"#{shown or target}"
        case "!":
            return _called(target, shown)
    scheme, _, rest = target.partition(":")
    if scheme in ("mailto", "tel"):
        return rest.partition("?")[0]
    return shown or target


def _called(target: str, shown: str | None) -> str:
    """Read <!here>, <!subteam^S1|@team> and <!date^0^{date}|5 March>."""
    kind = target.partition("^")[0]
    if kind == "date":
        return shown or ""
    return "@" + (shown or kind).removeprefix("@")


def _cut(text: str, limit: int) -> int:
    """Return how much of a text fits: all of it, or up to the end of a line, a word, or a character."""
    return cutting.cut(text, cutting.fits(text, limit, lambda char: len(_ESCAPED.get(char, char))))

r"""What Discord's client makes of a text: its Markdown, read by the rules as they are known, written once more.

`shown` gives back what is seen, and fails where a sign means something: formatting, a mention, a link, an emoji's name.
Somebody's mention by an id is seen as `@` and the id: who it shows, the driver knows.
Headings and small print at the beginning of a line are the bot's own, and are taken off where they are allowed.
"""

import re

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_PERSON = re.compile(r"<@([1-9][0-9]{16,18})>")
_INLINE = (
    re.compile(r"\*[^\s*][\s\S]*?\*|\*\*[\s\S]+?\*\*"),
    re.compile(r"_[\s\S]+?_"),
    re.compile(r"~~[\s\S]+?~~"),
    re.compile(r"`+[\s\S]*?`+"),
    re.compile(r"\|\|[\s\S]+?\|\|"),
    re.compile(r"\[[^\]]*\]\([^)]*\)"),
    re.compile(r"<(?:@[!&]|@(?![0-9]{17,19}>)|#|a?:\w+:|t:|/|id:)[^>]*>"),
    re.compile(r"<?[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE),
    re.compile(r"<[^\s@]+@[^\s@]+>"),
    re.compile(r"@(?:everyone|here)"),
    re.compile(r":[\w+-]+:"),
)
_BLOCK = re.compile(r"[^\S\n]*(?:#{1,3}\s|-#\s|>\s|>>>\s|[-*+]\s|\d+\.\s)")
OWN = ("### ", "-# ")


class Means(AssertionError):
    """Something in a text means something."""


def shown(text: str, *, own: bool = True) -> str:
    """Return what is seen of a text. Raises Means where a sign isn't only itself."""
    lines = []
    for line in re.split("(?<=[\n\u2028\u2029])", text):
        rest = next((line.removeprefix(mark) for mark in OWN if own and line.startswith(mark)), line)
        if rest is line and _BLOCK.match(line):
            raise Means(line)
        lines.append(rest)
    return _inline("".join(lines))


def _inline(text: str) -> str:
    seen: list[str] = []
    at = 0
    while at < len(text):
        found = _ESCAPE.match(text, at)
        if found is not None:
            seen.append(found[1])
            at = found.end()
            continue
        person = _PERSON.match(text, at)
        if person is not None:
            seen.append(f"@{person[1]}")
            at = person.end()
            continue
        for rule in _INLINE:
            if rule.match(text, at):
                raise Means(text[at : at + 40])
        seen.append(text[at])
        at += 1
    return "".join(seen)

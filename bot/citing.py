"""Where a figure comes from, in words that a coordinator knows: rules are called by their preset, not by a number."""

from bot.language import t

RULES = {"000": "imstl", "001": "imstl", "002": "safety", "003": "amps", "004": "inzpireu"}


def cited(source: str) -> str:
    """Return a source as people read it: `004, mentor 8: …` is `inzpireu's rules, mentor 8: …`."""
    number, comma, rest = source.partition(", ")
    if not comma or number not in RULES:
        return source
    return t("{preset}'s rules, {clause}", preset=RULES[number], clause=rest)

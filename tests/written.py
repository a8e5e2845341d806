"""What is found wrong in what coordinators write."""

from collections.abc import Callable

from bot.written.reading import Miswritten


def wrong_in(parse: Callable[[str], object], text: str) -> list[tuple[int, str]]:
    """Return each line that is wrong, and why; nothing if the text can be used."""
    try:
        parse(text)
    except Miswritten as wrong:
        return [(one.line, one.text) for one in wrong.problems]
    return []

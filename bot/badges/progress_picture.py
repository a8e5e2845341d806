"""How far somebody is on the way to a badge, as a picture."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.badges.rules import Verdict
from bot.drawing import png


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion, said in a language, with its bar.

    criterion ("At least 3 sessions held · within 60 days"), figure ("2 of 3"), since ("since Tuesday 3 March"), verdict
    and how it is `said` ("not yet"). `reached` is the bar's part, `mark` where what is needed lies, both from 0 to 1;
    None: nothing is measured, and the bar stays empty.
    """

    criterion: str
    figure: str
    since: str
    verdict: Verdict
    said: str
    reached: float | None
    mark: float | None


def progress(title: str, rows: Sequence[Row], language: str) -> bytes:
    """Return a picture as PNG, 900 pixels wide and as tall as its rows. What a row says stands beside its colours."""
    return png("badges/progress.typ", {"title": title, "rows": [asdict(row) for row in rows]}, language)

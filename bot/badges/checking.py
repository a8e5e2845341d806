"""What must fit together in a badge, looked at in what a file says, however much of it is wrong."""

from collections.abc import Iterator
from typing import Any

from bot.badges.measures import MEASURES, Kind, Measure, Window
from bot.language import t
from bot.written.reading import Found


def check(content: dict[str, Any]) -> Iterator[Found]:
    """Say what doesn't fit together; what is of the wrong kind altogether is said elsewhere."""
    rows = content.get("criterion")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return
    seen: list[tuple[object, object]] = []
    for number, row in enumerate(rows):
        for key, text in _criterion(row):
            yield ("criterion", number, key), text
        same = (row.get("measure"), row.get("within"))
        if same in seen:
            yield ("criterion", number, "measure"), t("Another criterion measures the same already.")
        seen.append(same)


def _criterion(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row.get("measure") not in list(Measure):
        return
    about = MEASURES[Measure(row["measure"])]
    if about.kind is not Kind.NOT_THERE and "at_least" not in row:
        yield "measure", t("{key} is missing.", key="at_least")
    if about.kind is Kind.RATE and "at_least" in row and not isinstance(row["at_least"], str):
        yield "at_least", t('This measure is a share: write at_least = "90%".')
    if about.kind is Kind.COUNT and isinstance(row.get("at_least"), str):
        yield "at_least", t("This measure is a number: write at_least = 3, without quotes.")
    if about.window is Window.ALWAYS and "within" not in row:
        yield "measure", t('This measure needs a time: write within = "60d".')
    if about.window is Window.NEVER and "within" in row:
        yield "within", t("This measure goes over no time: leave this line out.")

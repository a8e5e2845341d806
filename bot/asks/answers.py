"""The answers to a request as a table that opens in a spreadsheet."""

from collections.abc import Sequence

from bot.asks import desk_wording
from bot.tables import as_csv
from storage.asks import Answered


def table(answers: Sequence[Answered]) -> bytes:
    """Return all answers as CSV."""
    rows = ((one.name, desk_wording.says(one), one.text, one.at) for one in answers)
    return as_csv((desk_wording.columns(), *rows))

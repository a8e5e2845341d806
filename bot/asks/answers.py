"""The answers to a request as a table that opens in a spreadsheet."""

import csv
from collections.abc import Sequence
from io import StringIO

from bot.asks import desk_wording
from storage.asks import Answered

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # so that a spreadsheet reads it as UTF-8


def table(answers: Sequence[Answered]) -> bytes:
    """Return all answers as CSV. No spreadsheet takes what somebody wrote for a formula."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(desk_wording.columns())
    for one in answers:
        at = "" if one.at is None else one.at.isoformat(" ", "minutes")
        rows.writerow([harmless(one.name), desk_wording.says(one), harmless(one.text or ""), at])
    return (MARK + written.getvalue()).encode()


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) or text.lstrip().startswith(FORMULAS) else text

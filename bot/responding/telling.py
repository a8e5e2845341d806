"""Whoever reported with a name is told that there is a private note; and that is all that is said."""

import hmac
from collections.abc import Sequence

from bot.context import Asked, Context
from bot.feature import Part
from bot.responding.feature import feature
from bot.responding.note_wording import private_note
from bot.responding.opening import hidden_of
from storage.cases import Case
from storage.outbox import NewRow, OutboxRow, Urgency

NOTE = "responding.note"


async def tell_reporter(asked: Asked, case: Case, entry_id: int) -> bool:
    """Tell whoever reported, if it was with a name, at their hours. The row doesn't say of which report it is."""
    reporter = hidden_of(asked, case).reporter
    if reporter is None:
        return False
    about = hmac.new(asked.house.secret, f"note {entry_id}".encode(), "sha256").hexdigest()[:32]
    row = NewRow(f"{NOTE}:{about}", NOTE, (), reporter, asked.now, urgency=Urgency.ASKED)
    await asked.work.outbox.add([row])
    return True


@feature.composer(NOTE, private=True)
async def compose(_context: Context, _member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Say that there is a private note, once for all of them."""
    return Part(private_note("reports.begin"), frozenset(row.id for row in rows))

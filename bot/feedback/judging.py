"""Which sheets somebody's on-time rate goes over."""

from bot.context import Context
from bot.feedback.rules import verdict
from bot.nudges.judging import COUNTED
from bot.nudges.rules import Verdict
from storage.sheets import Sheet, Sheets


async def judged(context: Context, member_id: int) -> list[tuple[Sheet, Verdict]]:
    """Return somebody's newest sheets, until as many as a rate goes over count; the newest first."""
    most = context.policy.rate.turns
    found: list[tuple[Sheet, Verdict]] = []
    for sheet in await context.work.of(Sheets).of_member(member_id, 5 * most):
        found.append((sheet, verdict(sheet, context.now)))
        if sum(counts in COUNTED for _, counts in found) == most:
            break
    return found

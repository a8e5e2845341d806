"""Which sheets somebody's on-time rate goes over."""

from collections.abc import Mapping

from bot.context import Context
from bot.feedback.rules import turn_of, verdict
from bot.nudges.judging import COUNTED, Judged
from bot.nudges.rules import Verdict
from storage.disputes import Dispute, Disputes, Subject
from storage.sheets import Sheet, Sheets


async def judged(context: Context, member_id: int) -> list[tuple[Sheet, Judged]]:
    """Return somebody's newest sheets, until as many as a rate goes over count; the newest first."""
    most = context.policy.rate.turns
    disputes = await context.work.of(Disputes).of_member(member_id)
    found: list[tuple[Sheet, Judged]] = []
    for sheet in await context.work.of(Sheets).of_member(member_id, 5 * most):
        found.append((sheet, _judge(context, sheet, disputes)))
        if sum(one.verdict in COUNTED for _, one in found) == most:
            break
    return found


def _judge(context: Context, sheet: Sheet, disputes: Mapping[Subject, Dispute]) -> Judged:
    subject = Subject(sheet_id=sheet.id)
    dispute = disputes.get(subject)
    taken_out = dispute is not None and bool(dispute.taken_out)
    counts = Verdict.TAKEN_OUT if taken_out else verdict(sheet, context.now)
    return Judged(turn_of(sheet), counts, subject, dispute)

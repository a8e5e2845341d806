"""What there is to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping

from bot.calls import Submit
from storage.next_steps import NewStep, NextSteps
from storage.sheets import Sheets
from tests.feedback.meeting import met
from tests.world import World

STEP, NOTE = "Call", "A quiet room"  # what they write


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Amara and Lena have met and be asked, Amara have a draft, and one of two next steps be done."""
    session_id = await met(riverside)
    await riverside.jobs.round()
    async with riverside.database.work(1) as work:
        amara, lena = await riverside.member(work, "amara"), await riverside.member(work, "lena")
        theirs = {(one.member_id, one.form): one for one in await work.of(Sheets).of_session(session_id)}
        notes, draft = theirs[amara, "notes"], theirs[amara, "mentor-feedback"]
        await work.of(NextSteps).add(session_id, notes.pairing_id, [NewStep(STEP, None, None)] * 2)
        step, ended = await work.of(NextSteps).of_session(session_id)
        await work.of(NextSteps).mark(ended.id, done=True)
    values = {"team": NOTE, "Send": "draft"}
    form = Submit("a draft", riverside.account("amara"), f"feedback.written:{draft.id}", values)
    await riverside.core.handle(form)
    await riverside.jobs.round()
    return {
        "met": str(session_id),
        "sheet": str(notes.id),
        "draft_sheet": str(draft.id),
        "step": str(step.id),
        "ended": str(ended.id),
        "lena": str(lena),
    }

"""What there is of session notes and feedback in a program that has a row in every table."""

from dataclasses import dataclass

from storage.forms import Forms
from storage.next_steps import NewStep, NextSteps
from storage.sheets import NewSheet, Sheets
from storage.totals import Total, Totals
from storage.work import Work
from tests.storage.programs import Ids

TOTAL = Total("notes", "rating", "", 5, 20)
STEP = NewStep("Send the CV", None, "2026-03-06")


@dataclass(frozen=True)
class Wrote:
    """The first program's sheet that waits, the one that is done, and its next step."""

    waits: int = 0
    done: int = 0
    step: int = 0


async def wrote(work: Work, ids: Ids, session_id: int) -> Wrote:
    """Let the mentor be asked and reminded, and the mentee have written."""
    form = await work.of(Forms).put("written", 'name = "written"', None)
    sheets = work.of(Sheets)
    await sheets.make([new_sheet(ids, member_id, session_id, form.id) for member_id in (ids.mentor, ids.mentee)])
    by = {one.member_id: one.id for one in await sheets.of_session(session_id)}
    await sheets.mark_delivered(by.values())
    await sheets.plan([(by[ids.mentor], 1)], ids.mentor)
    await sheets.write(by[ids.mentee], {"rating": "4"})
    await sheets.finish([by[ids.mentee]], empty=False)
    await work.of(Totals).add(ids.mentor, [TOTAL])
    await work.of(NextSteps).add(session_id, ids.pairing, [STEP])
    (step,) = await work.of(NextSteps).of_session(session_id)
    return Wrote(by[ids.mentor], by[ids.mentee], step.id)


def new_sheet(ids: Ids, member_id: int, session_id: int, form_id: int) -> NewSheet:
    """Return something to be filled in."""
    return NewSheet(session_id, ids.pairing, member_id, form_id, "notes")

"""What there is of private reports in a program that has a row in every table."""

from dataclasses import dataclass

from storage.cases import Case, Cases, NewCase, new_id, reader
from storage.report_drafts import ReportDrafts
from storage.responders import Responders
from storage.work import Work
from tests.storage.programs import HOUR, Ids


@dataclass(frozen=True)
class Reported:
    """The first program's case, with its entry, and what its mentor has unlocked."""

    case: Case
    entry: int
    unlock: str


def new_case() -> NewCase:
    """Return a case that nobody could open."""
    receipt = b"receipt".ljust(32)
    return NewCase(new_id(), "age1", receipt, b"coded", b"hidden")


async def reported(work: Work, ids: Ids) -> Reported:
    """Let the mentor have a key that is unlocked, and read a case that they have taken."""
    cases, responders, entry = work.of(Cases), work.of(Responders), new_id()
    await responders.put_key(ids.mentor, "age1", b"sealed")
    await responders.unlock("session", ids.mentor, b"sealed", work.now + HOUR)
    await work.of(ReportDrafts).add("draft", b"sealed")
    await responders.put_too_close(ids.mentor, [ids.mentee])
    await responders.put_contact(recovery="age1", outside="age1")
    case = await cases.add(new_case(), {reader(ids.mentor): b"wrapped"}, entry, b"sealed")
    assert case is not None
    await cases.change(case.id, taken_by_id=ids.mentor)
    return Reported(case, entry, "session")

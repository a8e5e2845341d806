"""What there is of private reports in a program that has a row in every table."""

from dataclasses import dataclass

from storage.cases import Case, Cases, NewCase, new_id, reader
from storage.report_drafts import ReportDrafts
from storage.responders import Responders
from storage.work import Work
from tests.storage.programs import HOUR


@dataclass(frozen=True)
class Reported:
    """The first program's case, with its entry, and what its mentor has unlocked."""

    case: Case
    entry: int
    unlock: str


def new_case(number: int = 1) -> NewCase:
    """Return a case that nobody could open; `number` tells its receipt from others'."""
    return NewCase(new_id(), "age1", f"receipt {number}".encode(), b"coded", b"hidden")


async def reported(work: Work, member_id: int, other_id: int) -> Reported:
    """Let a member have a key that is unlocked, be too close with another, and read a case that they have taken."""
    cases, responders, entry, unlock = work.of(Cases), work.of(Responders), new_id(), f"session {member_id}"
    await responders.put_key(member_id, "age1", b"sealed")
    await responders.unlock(unlock, member_id, b"sealed", work.now + HOUR)
    await responders.put_too_close(member_id, [other_id])
    await work.of(ReportDrafts).add(f"draft {member_id}", b"sealed")
    await responders.put_contact(recovery="age1", outside="age1")
    case = await cases.add(new_case(member_id), {reader(member_id): b"wrapped"}, entry, b"sealed")
    assert case is not None
    await cases.change(case.id, taken_by_id=member_id)
    return Reported(case, entry, unlock)

"""How far a program's set-up is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.context import Context
from bot.people import Role
from bot.policy_sections import HourFigures
from bot.setup.arranged import Arranged, arranged
from bot.setup.rules import not_yet
from storage.channels import Channels
from storage.contacts import Contacts
from storage.members import Members
from storage.pairings import Pairings
from storage.programs import Program
from storage.settings import PRESET, Change, Settings


class Need(StrEnum):
    """What has to be there before a program starts."""

    PEOPLE = "people"
    PAIRINGS = "pairings"
    CONTACT = "contact"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Reached:
    """Who the contact is, by name or address; `proven`: somebody answered there."""

    who: str
    outside: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How the set-up of a program stands. `not_yet` counts the rules of its preset that aren't carried out."""

    program: Program
    people: int
    mentors: int
    mentees: int
    pairings: int
    preset: str
    not_yet: int
    hours: HourFigures
    has_channel: bool
    contact: Reached | None
    reports: Arranged

    @property
    def missing(self) -> list[Need]:
        """What Start waits for."""
        there = {
            Need.PEOPLE: bool(self.mentors and self.mentees),
            Need.PAIRINGS: bool(self.pairings),
            Need.CONTACT: self.contact is not None and self.contact.proven,
            Need.REPORTS: self.reports.decided,
        }
        return [need for need in Need if not there[need]]


async def status(context: Context) -> Status:
    """Look how far the set-up of a program is."""
    people = [member for member in await context.work.of(Members).every() if member.active]
    preset = preset_of(context.program, await context.work.of(Settings).changes())
    return Status(
        program=context.program,
        people=len(people),
        mentors=sum(Role.MENTOR in member.roles for member in people),
        mentees=sum(Role.MENTEE in member.roles for member in people),
        pairings=len(await context.work.of(Pairings).going_on()),
        preset=preset,
        not_yet=len(not_yet(preset)),
        hours=context.policy.hours,
        has_channel=bool(await context.work.of(Channels).every()),
        contact=await reached(context),
        reports=await arranged(context),
    )


async def reached(context: Context) -> Reached | None:
    """Return who the contact is; somebody who is no longer a member is none."""
    contact = await context.work.of(Contacts).get()
    if contact is None:
        return None
    if contact.member_id is None:
        return Reached(contact.address or "", outside=True, proven=contact.proven_at is not None)
    member = (await context.work.of(Members).get([contact.member_id]))[contact.member_id]
    return Reached(member.name, outside=False, proven=contact.proven_at is not None) if member.active else None


def preset_of(program: Program, changes: Sequence[Change]) -> str:
    """Return the preset that a program follows after its changes."""
    chosen = [change.value for change in changes if change.figure == PRESET]
    return (chosen[-1] if chosen else None) or program.policy

"""Who else could read a report."""

from bot.context import Context
from bot.people import Role
from storage.cases import Case, Cases, reader, reading_member
from storage.members import Members
from storage.report_tables import OUTSIDE
from storage.responders import Responders


async def others(context: Context, case_id: int, member_id: int) -> set[int]:
    """Return which other responders can open a report; to be asked once it is locked, as they may step aside, too."""
    wrapped = (await context.work.of(Cases).readers([case_id]))[case_id]
    ids = {reading_member(name) for name in wrapped}
    return {id_ for id_ in await _responders(context) if id_ in ids and id_ != member_id}


async def has_outside(context: Context, case_id: int) -> bool:
    """Tell whether the outside contact can read a report, or could be given it."""
    wrapped = (await context.work.of(Cases).readers([case_id]))[case_id]
    return OUTSIDE in wrapped or (await context.work.of(Responders).contact()).outside is not None


async def opens_to_nobody_but(context: Context, member_id: int, *, held: bool = False) -> list[Case]:
    """Return the reports that open to a member, and to no other responder or outside contact.

    `held`: it stays so until this transaction ends. What is just being sealed for them is sealed before or not at all.
    """
    cases = context.work.of(Cases)
    if held:
        await context.work.of(Responders).key(member_id)
        for id_ in sorted(case.id for case in await cases.read_by(reader(member_id))):
            await cases.lock(id_)
    mine = await cases.read_by(reader(member_id))
    wrapped = await cases.readers([case.id for case in mine])
    able = {OUTSIDE, *map(reader, await _responders(context) - {member_id})}
    return [case for case in mine if not wrapped[case.id] & able]


async def _responders(context: Context) -> set[int]:
    return {one.id for one in await context.work.of(Members).with_role(Role.RESPONDER)}

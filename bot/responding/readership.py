"""Who else could read a report."""

from bot.context import Asked
from bot.people import Role
from storage.cases import Cases, reading_member
from storage.members import Members
from storage.report_tables import OUTSIDE
from storage.responders import Responders


async def others(asked: Asked, case_id: int) -> set[int]:
    """Return which other responders can open a report; to be asked once it is locked, as they may step aside, too."""
    wrapped = (await asked.work.of(Cases).readers([case_id]))[case_id]
    ids = {reading_member(name) for name in wrapped}
    active = [one.id for one in await asked.work.of(Members).with_role(Role.RESPONDER)]
    return {id_ for id_ in active if id_ in ids and id_ != asked.member.id}


async def has_outside(asked: Asked, case_id: int) -> bool:
    """Tell whether the outside contact can read a report, or could be given it."""
    wrapped = (await asked.work.of(Cases).readers([case_id]))[case_id]
    return OUTSIDE in wrapped or (await asked.work.of(Responders).contact()).outside is not None

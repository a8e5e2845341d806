"""Who looks after the program, and whom of them something is for."""

from collections.abc import Sequence

from bot.people import Role
from storage.members import Members
from storage.work import Work


async def is_last(work: Work, member_id: int) -> bool:
    """Tell whether somebody is the only coordinator: without them nobody could look after the program."""
    return [one.id for one in await work.of(Members).with_role(Role.COORDINATOR)] == [member_id]


def nearest_of(able: Sequence[int], nearest: int | None) -> list[int]:
    """Return whom to turn to: the one who is nearest to it, if they're able to; or else all who are."""
    return [nearest] if nearest is not None and nearest in able else list(able)

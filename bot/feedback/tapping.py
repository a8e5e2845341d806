"""What takes one tap after a session: there is nothing to add, or it can be asked again later today."""

from collections.abc import Sequence

from bot.context import Asked
from bot.errors import UserError
from bot.facts import CountsChanged
from bot.feature import number
from bot.feedback import wording
from bot.feedback.feature import feature
from bot.feedback.keeping import again, plans, row_key
from bot.feedback.looking import around, my_sheet
from bot.feedback.rules import LATER_TODAY
from bot.nudges import wording as nudges_wording
from bot.people import PAIRED
from bot.views import Message, message
from storage.outbox import Move, Urgency
from storage.sheets import Sheet, Sheets


@feature.button("feedback.nothing", number, who=PAIRED)
async def nothing(asked: Asked, session_id: int) -> Message:
    """Take it that there is nothing to add about a session; what was written and not sent isn't thrown away so."""
    mine = await _mine_of(asked, session_id)
    waiting = [one for one in mine if one.waits]
    if not waiting:
        return _stands(asked, mine)
    known = await around(asked, mine)
    begun = await asked.work.of(Sheets).begun([one.id for one in waiting])
    if begun:
        return wording.has_draft([one for one in waiting if one.id in begun], known, session_id)
    return await _nothing(asked, waiting)


@feature.button("feedback.drop", number, who=PAIRED)
async def drop(asked: Asked, session_id: int) -> Message:
    """Throw drafts away: there is nothing to add."""
    mine = await _mine_of(asked, session_id)
    waiting = [one for one in mine if one.waits]
    if not waiting:
        return _stands(asked, mine)
    for one in waiting:
        await asked.work.of(Sheets).write(one.id, {})
    return await _nothing(asked, waiting)


async def _nothing(asked: Asked, waiting: Sequence[Sheet]) -> Message:
    await asked.work.of(Sheets).finish([one.id for one in waiting], empty=True)
    await asked.work.audit.add(asked.member.key, "feedback.nothing")
    done = await again(asked, [one.id for one in waiting])
    await asked.tell(CountsChanged([asked.member.id]))
    return wording.nothing(done, await around(asked, done))


def _stands(asked: Asked, mine: Sequence[Sheet]) -> Message:
    """Say to an old button how it stands."""
    done = [one for one in mine if one.done_at is not None]
    return message(wording.already(done[-1], asked.member.zone)) if done else wording.withdrawn()


@feature.button("feedback.later", number, who=PAIRED)
async def later(asked: Asked, session_id: int) -> Message:
    """Ask again in some hours."""
    mine = await _mine_of(asked, session_id)
    waiting = [one for one in mine if one.waits]
    if not waiting:
        return _stands(asked, mine)
    at = asked.now + LATER_TODAY
    ids = [one.id for one in waiting]
    await asked.work.of(Sheets).remind_at(ids, at)
    await asked.work.outbox.move([Move(row_key(id_, 0), at, Urgency.ASKED) for id_ in ids])
    planned = await plans(asked, await again(asked, ids))
    found = [one.schedule.nudge for one in planned.values() if one.schedule is not None]
    return wording.put_off(
        min((one for one in found if one is not None), default=at if not found else None), asked.member.zone
    )


async def _mine_of(asked: Asked, session_id: int) -> list[Sheet]:
    """Return somebody's sheets of a session, locked."""
    ids = [one.id for one in await asked.work.of(Sheets).of_session(session_id, asked.member.id)]
    if not ids:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return [await my_sheet(asked, id_) for id_ in sorted(ids)]

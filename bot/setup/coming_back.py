"""After the bot was away: each coordinator is told once."""

from collections.abc import Sequence

from bot.context import Context
from bot.facts import CameBack
from bot.feature import Part
from bot.people import Role
from bot.setup import telling
from bot.setup.feature import feature
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.presence import Presence
from storage.programs import State
from storage.schema import from_micros, micros

ABSENCE = "setup.absence"


@feature.on(CameBack)
async def came_back(context: Context, fact: CameBack) -> None:
    """Tell the coordinators, at an hour that suits them; before Start nobody missed anything."""
    if context.program.state is State.SET_UP:
        return
    read = await context.work.of(Presence).messages(fact.since, fact.until)
    args = (micros(fact.since), micros(fact.until), read, fact.missed)
    told = await context.work.of(Members).with_role(Role.COORDINATOR)
    key = f"absence:{{}}:{args[0]}"
    rows = [
        NewRow(key.format(member.id), ABSENCE, args, member.id, context.now, urgency=Urgency.ASKED) for member in told
    ]
    await context.work.outbox.add(rows)


@feature.composer(ABSENCE, always=True)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell from when to when, how many messages were read up on, and what was late because of it."""
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    blocks = [
        block
        for row in rows
        for block in telling.absence(from_micros(row.args[0]), from_micros(row.args[1]), row.args[2], row.args[3], zone)
    ]
    return Part(tuple(blocks), frozenset(row.id for row in rows))

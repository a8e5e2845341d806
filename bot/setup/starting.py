"""/mentor-admin start, shadow and stop."""

from collections.abc import Sequence

from bot.context import Asked, Context
from bot.errors import UserError
from bot.facts import ProgramChanged
from bot.feature import Part
from bot.people import COORDINATORS, Role
from bot.setup import starting_wording as wording
from bot.setup.feature import feature
from bot.setup.status import Need, Status, status
from bot.views import Message
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.programs import Program, State
from storage.schema import micros
from storage.settings import Settings

STARTED = "setup.started"
TRIED_WITHOUT = (Need.CONTACT, Need.REPORTS)  # what trying out doesn't need: it reaches nobody


@feature.command("start", "Start the program: from then on I write to its members", who=COORDINATORS)
async def start(asked: Asked) -> Message:
    """Say what Start will do, and ask; or say what is missing."""
    now = await status(asked)
    if asked.program.state is State.RUNNING:
        return wording.stands(now, asked.member.zone)
    return wording.not_ready(now.missing) if now.missing else wording.start_question(now)


@feature.button("setup.start", who=COORDINATORS)
async def start_button(asked: Asked) -> Message:
    """Say what Start will do, and ask."""
    return await start(asked)


@feature.button("setup.start_now", who=COORDINATORS)
async def start_now(asked: Asked) -> Message:
    """Start, if nothing is missing and nobody else was first."""
    before, fresh = await _locked(asked)
    now = await status(fresh)
    if before.state is State.RUNNING:
        return wording.stands(now, asked.member.zone)
    if now.missing:
        return wording.not_ready(now.missing)
    await _begin(asked, before, State.RUNNING)
    await _tell_others(asked)
    return wording.started(now)


@feature.command(
    "shadow",
    "Try the program out: I tell you what I would send, and send nothing",
    who=COORDINATORS,
)
async def shadow(asked: Asked) -> Message:
    """Do everything as if, and send members nothing."""
    before, fresh = await _locked(asked)
    now = await status(fresh)
    if before.state is State.RUNNING:
        raise UserError(wording.SHADOW_WHILE_RUNNING)
    if before.state is State.SHADOW:
        return wording.stands(now, asked.member.zone)
    if needs := [need for need in now.missing if need not in TRIED_WITHOUT]:
        return wording.not_ready(needs)
    await _begin(asked, before, State.SHADOW)
    return wording.shadow_begun()


@feature.button("setup.shadow", who=COORDINATORS)
async def shadow_button(asked: Asked) -> Message:
    """Do everything as if."""
    return await shadow(asked)


@feature.command("stop", "Stop the program: nothing goes out until Start", who=COORDINATORS)
async def stop(asked: Asked) -> Message:
    """Say what Stop will do, and ask."""
    now = await status(asked)
    if asked.program.state is State.SET_UP:
        return wording.stands(now, asked.member.zone)
    return wording.stop_question(now)


@feature.button("setup.stop", who=COORDINATORS)
async def stop_button(asked: Asked) -> Message:
    """Say what Stop will do, and ask."""
    return await stop(asked)


@feature.button("setup.stop_now", who=COORDINATORS)
async def stop_now(asked: Asked) -> Message:
    """Let nothing go out any more."""
    before, fresh = await _locked(asked)
    now: Status = await status(fresh)
    if before.state is State.SET_UP:
        return wording.stands(now, asked.member.zone)
    await _begin(asked, before, State.SET_UP)
    return wording.stopped(now)


async def _locked(asked: Asked) -> tuple[Program, Context]:
    """Return the program as it is now, which nobody else changes meanwhile."""
    program = await asked.work.of(Settings).lock()
    return program, await asked.house.context(asked.work, program)


async def _tell_others(asked: Asked) -> None:
    """Tell the other coordinators that it runs."""
    others = [one.id for one in await asked.work.of(Members).with_role(Role.COORDINATOR) if one.id != asked.member.id]
    args = (asked.member.id, micros(asked.now))
    rows = [NewRow(f"started:{args[1]}:{id_}", STARTED, args, id_, asked.now, urgency=Urgency.ASKED) for id_ in others]
    await asked.work.outbox.add(rows)


@feature.composer(STARTED)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator who started the program; needless once it was stopped again."""
    since = context.program.since
    row = next((row for row in rows if since is not None and row.args[1] == micros(since)), None)
    if row is None or context.program.state is not State.RUNNING:
        return Part((), frozenset())
    people = await context.work.of(Members).get([row.args[0]])
    by = people[row.args[0]].name if row.args[0] in people else None
    return Part(wording.started_by(by, context.program.name), frozenset({row.id}))


async def _begin(asked: Asked, before: Program, state: State) -> None:
    await asked.work.of(Settings).put(state=state, since=asked.now)
    await asked.work.audit.add(asked.member.key, f"setup.{state}")
    _, fresh = await _locked(asked)
    await fresh.tell(ProgramChanged(before))

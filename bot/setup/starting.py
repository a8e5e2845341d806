"""/mentor-admin start, shadow and stop."""

from bot.context import Asked, Context
from bot.errors import UserError
from bot.facts import ProgramChanged
from bot.people import COORDINATORS
from bot.setup import starting_wording as wording
from bot.setup.feature import feature
from bot.setup.status import Need, Status, status
from bot.views import Message
from storage.programs import Program, State
from storage.settings import Settings


@feature.command(
    "start", "Start the program: from then on I write to its members", who=COORDINATORS, root="mentor-admin"
)
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
    return wording.started(now)


@feature.command(
    "shadow",
    "Try the program out: I tell you what I would send, and send nothing",
    who=COORDINATORS,
    root="mentor-admin",
)
async def shadow(asked: Asked) -> Message:
    """Do everything as if, and send members nothing."""
    before, fresh = await _locked(asked)
    now = await status(fresh)
    if before.state is State.RUNNING:
        raise UserError(wording.SHADOW_WHILE_RUNNING)
    if before.state is State.SHADOW:
        return wording.stands(now, asked.member.zone)
    if needs := [need for need in now.missing if need is not Need.CONTACT]:
        return wording.not_ready(needs)
    await _begin(asked, before, State.SHADOW)
    return wording.shadow_begun()


@feature.button("setup.shadow", who=COORDINATORS)
async def shadow_button(asked: Asked) -> Message:
    """Do everything as if."""
    return await shadow(asked)


@feature.command("stop", "Stop the program: nothing goes out until Start", who=COORDINATORS, root="mentor-admin")
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


async def _begin(asked: Asked, before: Program, state: State) -> None:
    await asked.work.of(Settings).put(state=state, since=asked.now)
    await asked.work.audit.add(asked.member.key, f"setup.{state}")
    _, fresh = await _locked(asked)
    await fresh.tell(ProgramChanged(before))

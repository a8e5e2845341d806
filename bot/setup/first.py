"""Who may set a program up that has nobody yet: whoever holds the code, or runs the workspace anyway."""

from datetime import timedelta

from bot.codes import taken
from bot.context import Context, Newcomer
from bot.core import Core
from bot.errors import UserError
from bot.feature import ADMIN_ROOT, Option
from bot.language import speaking
from bot.members import wording as members_wording
from bot.members.newcomers import new_member
from bot.people import COORDINATORS, Role
from bot.setup import wording
from bot.setup.feature import feature
from bot.setup.status import status
from bot.views import Message
from storage.codes import Codes, Purpose
from storage.members import Members
from storage.programs import Program
from storage.settings import Settings

VALID_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
CODE = Option("code", "the code that mentorbot printed when it was started")


async def codes_needed(core: Core) -> list[tuple[Program, str]]:
    """Make a code for each program that has no coordinator yet."""
    codes: list[tuple[Program, str]] = []
    for program in await core.programs():
        async with core.at_work(program) as context:
            code = await code_if_needed(context)
        if code is not None:
            codes.append((program, code))
    return codes


async def code_if_needed(context: Context) -> str | None:
    """Make the code with which somebody can become the first coordinator; None if the program has one."""
    await context.work.of(Settings).lock()
    if await context.work.of(Members).with_role(Role.COORDINATOR):
        return None
    return await context.work.of(Codes).make(Purpose.SETUP, context.now + VALID_FOR)


@feature.newcomer("setup", root=ADMIN_ROOT, options=(CODE,))
async def first_coordinator(newcomer: Newcomer, code: str | None = None) -> Message:
    """Make somebody who is no member yet the first coordinator."""
    await _let_in(newcomer, code, manages=newcomer.profile is not None and newcomer.profile.manages)
    members = newcomer.work.of(Members)
    person = new_member(newcomer.account, newcomer.profile, COORDINATORS)
    before = await members.known(person)  # somebody who was a member once
    if before is None:
        member_id = await members.save(person)
    else:
        member_id = before.id
        await members.change(member_id, roles=before.roles | {Role.COORDINATOR}, active=True)
    return await welcomed(newcomer, member_id)


async def make_first(context: Context, member_id: int, code: str) -> Message:
    """Make a member the first coordinator of a program that has none any more."""
    await _let_in(context, code)
    members = context.work.of(Members)
    member = (await members.get([member_id]))[member_id]
    await members.change(member_id, roles=member.roles | {Role.COORDINATOR})
    return await welcomed(context, member_id)


async def welcomed(context: Context, member_id: int) -> Message:
    """Note who is the first coordinator, and show what is to be done."""
    member = (await context.work.of(Members).get([member_id]))[member_id]
    await context.work.of(Codes).withdraw(Purpose.SETUP)
    await context.work.audit.add(member.key, "setup.coordinator", member.key)
    with speaking(member.language or context.program.language):
        return wording.welcome(member.name, await status(context), member.zone)


async def _let_in(context: Context, code: str | None, *, manages: bool = False) -> None:
    """Raise UserError unless somebody may become the first coordinator. Of two at once one does."""
    await context.work.of(Settings).lock()
    if code is not None and not manages:
        await taken(context, code, Purpose.SETUP)
    if await context.work.of(Members).with_role(Role.COORDINATOR):
        raise UserError(members_wording.STRANGER if code is None else wording.HAS_COORDINATORS)
    if code is None and not manages:
        raise UserError(wording.CODE_NEEDED)


@feature.daily
async def tidy(context: Context) -> None:
    """Delete codes that nobody can use any more."""
    await context.work.of(Codes).purge(context.now - KEPT_FOR)

"""/mentor-admin setup and channel."""

from bot.context import Asked
from bot.errors import UserError
from bot.feature import ADMIN_ROOT, Option
from bot.members import wording as members_wording
from bot.people import COORDINATORS, EVERYONE, Role
from bot.setup import wording
from bot.setup.feature import feature
from bot.setup.first import make_first
from bot.setup.status import status
from bot.views import Message
from storage.channels import Channels
from storage.members import Members
from storage.pairings import Pairings
from storage.settings import Settings


@feature.command(
    "setup",
    "Set the program up: see what is done and what is to be done",
    who=EVERYONE,  # whoever holds the code may be a member already, in a program without a coordinator
    root=ADMIN_ROOT,
    options=(Option("code", "the code that mentorbot printed when it was started, for the first coordinator"),),
)
async def setup(asked: Asked, code: str | None = None) -> Message:
    """Show the list; let a member in who holds the code, in a program that has no coordinator."""
    if Role.COORDINATOR in asked.member.roles:
        now = await status(asked)
        shown = wording.checklist if code is None else wording.already_coordinator
        return shown(now, asked.member.zone)
    if await asked.work.of(Members).with_role(Role.COORDINATOR):
        raise UserError(members_wording.OTHERS)
    if code is None:
        raise UserError(wording.CODE_NEEDED)
    return await make_first(asked, asked.member.id, code)


@feature.button("setup.show", who=COORDINATORS)
async def show(asked: Asked) -> Message:
    """Show the list."""
    return wording.checklist(await status(asked), asked.member.zone)


@feature.command("channel", "Let this channel be the one in which I speak to all", who=COORDINATORS)
async def channel(asked: Asked) -> Message:
    """Take the place in which this is written as the program's channel."""
    place = asked.place
    if place is None:
        raise UserError(wording.CHANNEL_WHERE)
    if await asked.work.of(Pairings).spaces_at([place]):
        raise UserError(wording.CHANNEL_OF_PAIR)
    await asked.work.of(Settings).lock()
    if place in await asked.work.of(Channels).every():
        return wording.channel_already()
    await asked.work.of(Channels).put(place)
    await asked.work.audit.add(asked.member.key, "setup.channel")
    return wording.channel_set()

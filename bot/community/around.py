"""What the handlers of this room share: who is there, and being alone while people are changed."""

from collections.abc import Sequence

from bot.community import wording
from bot.community.planning import There
from bot.context import Asked
from bot.errors import UserError
from bot.members import wording as members_wording
from bot.members.coordinators import is_last
from bot.members.words import fold
from bot.people import Member, Profile, Role
from storage.members import Members
from storage.pairings import Pairings
from storage.settings import Settings


async def alone(asked: Asked) -> None:
    """Let others who want to change people wait until this is done. Raises UserError for who may no longer do it."""
    await asked.work.of(Settings).lock()
    me = (await asked.work.of(Members).get([asked.member.id])).get(asked.member.id)
    if me is None or not me.active:
        raise UserError(members_wording.STRANGER)
    if Role.COORDINATOR not in me.roles:
        raise UserError(members_wording.OTHERS)


def profiles(asked: Asked) -> dict[str, Profile]:
    """Return whom the platform knows here, by word: somebody of another workspace is none of this program's."""
    here = (asked.account.platform, asked.account.workspace)
    return {word: one for word, one in asked.profiles.items() if (one.account.platform, one.account.workspace) == here}


async def there(asked: Asked) -> There:
    """Return who is in the program, as seen from where somebody asks."""
    store, here = asked.work.of(Members), (asked.account.platform, asked.account.workspace)
    users = await store.users(*here)
    return There(
        *here,
        zone=asked.member.zone,
        members={member.id: member for member in await store.every()},
        users=users,
        handles={member_id: f"@{user}" for user, member_id in users.items()},
        pairings={one.sides: one for one in await asked.work.of(Pairings).every()},
    )


async def member(asked: Asked, member_id: int) -> Member:
    """Return a member by the id in a button. Raises UserError if there is none."""
    found = (await asked.work.of(Members).get([member_id])).get(member_id)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    return found


def sorted_by_name(people: Sequence[Member]) -> list[Member]:
    """Return people by name, as people look names up: case and accents don't count."""
    return sorted(people, key=lambda one: (fold(one.name), one.name, one.id))


async def not_the_last(asked: Asked, one: Member) -> None:
    """Raise UserError if nobody else is a coordinator."""
    if await is_last(asked.work, one.id):
        raise UserError(wording.LAST_COORDINATOR)

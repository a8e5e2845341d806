"""From somebody whom a platform knows to a new member."""

from collections.abc import Collection

from bot.language import nearest
from bot.members import zones
from bot.members.words import NAME_LIMIT, clean
from bot.people import Account, Profile, Role
from storage.members import NewMember


def new_member(account: Account, profile: Profile | None, roles: Collection[Role]) -> NewMember:
    """Return somebody as a new member, with what the platform says of them, as far as there is such a zone."""
    name = clean(profile.name if profile else "") or account.user
    return NewMember(
        name=name[:NAME_LIMIT],
        roles=frozenset(roles),
        accounts=(account,),
        zone=zones.named((profile and profile.zone) or "") or "UTC",
        language=nearest(profile.language if profile else None),
    )

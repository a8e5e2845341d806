"""The people of a program and where they are met, in the words of the whole project."""

from dataclasses import dataclass

from storage.members import Account, Member, Role
from storage.pairings import Pairing, Place

__all__ = ["COORDINATORS", "EVERYONE", "PAIRED", "Account", "Member", "Pairing", "Place", "Profile", "Role"]

EVERYONE = frozenset(Role)
PAIRED = frozenset({Role.MENTOR, Role.MENTEE})
COORDINATORS = frozenset({Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody as a platform knows them. `zone` and `language` are as the platform says them, None where it doesn't.

    `manages`: the platform lets this person manage the workspace or server.
    """

    account: Account
    name: str
    zone: str | None = None
    language: str | None = None
    manages: bool = False

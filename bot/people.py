"""The people of a program and where they are met, in the words of the whole project."""

from storage.members import Account, Member, Role
from storage.pairings import Pairing, Place

__all__ = ["COORDINATORS", "EVERYONE", "PAIRED", "Account", "Member", "Pairing", "Place", "Role"]

EVERYONE = frozenset(Role)
PAIRED = frozenset({Role.MENTOR, Role.MENTEE})
COORDINATORS = frozenset({Role.COORDINATOR})

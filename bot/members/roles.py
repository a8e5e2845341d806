"""What roles are called amid a sentence."""

from collections.abc import Iterable

from bot.language import later, t
from bot.people import Role
from bot.wording import names

_ROLES = {
    Role.MENTOR: later("mentor"),
    Role.MENTEE: later("mentee"),
    Role.COORDINATOR: later("coordinator"),
    Role.RESPONDER: later("responder"),
}


def role_name(role: Role) -> str:
    """Name a role."""
    return t(_ROLES[role])


def role_names(roles: Iterable[Role]) -> str:
    """Name roles in a row, in the order in which they are always named."""
    return names([role_name(role) for role in Role if role in frozenset(roles)] or [t("no role")])

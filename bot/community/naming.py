"""How roles, and what somebody typed, are named amid a sentence."""

from collections.abc import Iterable

from bot.language import isolated, later, t
from bot.people import Role
from bot.wording import names

SHORT = 40  # characters of what somebody typed that are said back

_ROLES = {
    Role.MENTOR: later("mentor"),
    Role.MENTEE: later("mentee"),
    Role.COORDINATOR: later("coordinator"),
    Role.RESPONDER: later("responder"),
}


def shown(text: str) -> str:
    """Return what somebody typed, shortened, as it can be said back amid a sentence."""
    return isolated(text if len(text) <= SHORT else f"{text[: SHORT - 1]}…")


def role_name(role: Role) -> str:
    """Name a role."""
    return t(_ROLES[role])


def role_names(roles: Iterable[Role]) -> str:
    """Name roles in a row, in the order in which they are always named."""
    return names([role_name(role) for role in Role if role in frozenset(roles)] or [t("no role")])

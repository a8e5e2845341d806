"""What is said about a link to a meeting that can't be taken."""

from collections.abc import Sequence

from bot.language import n, t


def not_a_link() -> str:
    """Say what a link looks like."""
    return t("Please paste the whole link, as the meeting gives it: it begins with https:// and has no spaces.")


def too_long(limit: int) -> str:
    """Say how long a link can be."""
    return n(
        "That's longer than {n} character. Please paste the link alone.",
        "That's longer than {n} characters. Please paste the link alone.",
        limit,
    )


def with_user() -> str:
    """Say that a link can't hold a name before its host."""
    return t("There is an @ before the address of the meeting, which can lead elsewhere. Please paste the plain link.")


def with_port() -> str:
    """Say that a link can't hold a port."""
    return t("There is a number after the address (:8080 or the like). Please paste the plain link without it.")


def leads_on() -> str:
    """Say that a link may not lead to another one."""
    return t("This link leads on to another address. Please paste the link of the meeting itself.")


def disguised(hosts: Sequence[str]) -> str:
    """Say that a link's host has letters that may look like others."""
    return t(
        "The address has letters that look like others, so I can't tell where it leads. "
        "Sessions of this program take place on: {hosts}.",
        hosts=", ".join(hosts),
    )


def other_host(host: str, hosts: Sequence[str]) -> str:
    """Say where sessions may take place."""
    return t(
        "{host} isn't one of the places that this program approved for sessions. "
        "Please use a link of one of these: {hosts}. If another is needed, ask a coordinator.",
        host=host[:80] or t("This address"),
        hosts=", ".join(hosts),
    )

"""What is said of somebody who is to stop answering reports, and to whom alone some of them open."""

from collections.abc import Sequence

from bot.language import isolated, t
from bot.wording import names


def theirs(name: str) -> str:
    """Tell somebody else that there is something, and no more."""
    return t(
        "{name} still has private notes to hand over, so nothing was changed. Please ask them to do it in "
        "/mentor reports; I've told them as well. Then try again.",
        name=isolated(name),
    )


def yours(reports: Sequence[str]) -> str:
    """Tell a responder what opens to them alone."""
    return t(
        "Nobody but you can open {reports}, so nothing was changed. Please unlock first, in /mentor reports, and let "
        "somebody in, or step aside: then it goes to the outside contact.",
        reports=names(reports),
    )


def alone(reports: Sequence[str]) -> str:
    """Say what opens to a responder alone."""
    return t(
        "Nobody but you can open {reports}. Before you leave, or stop answering reports, please let somebody in or "
        "step aside.",
        reports=names(reports),
    )

"""The reason for which a coordinator gives or withdraws a badge: its member reads it."""

from bot.badges import desk_proposals_wording as wording
from bot.views import Errors

LONGEST = 300


def wrong_reason(reason: str) -> Errors | None:
    """Say what is wrong with a reason; None: nothing."""
    if not reason:
        return Errors({"reason": wording.no_reason()})
    return Errors({"reason": wording.too_long(len(reason), LONGEST)}) if len(reason) > LONGEST else None

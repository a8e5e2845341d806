"""Sessions: two people agree on a time to meet, are reminded of it, and say afterwards whether they met."""

from bot.sessions import (
    afterwards,
    answering,
    approval,
    changing,
    composing,
    deciding,
    desk,
    drafting,
    events,
    handlers,
    lateness,
    listing,
    recording,
    reminding,
    sending,
    starting,
    unbooked,
)
from bot.sessions.feature import feature

__all__ = [
    "afterwards",
    "answering",
    "approval",
    "changing",
    "composing",
    "deciding",
    "desk",
    "drafting",
    "events",
    "feature",
    "handlers",
    "lateness",
    "listing",
    "recording",
    "reminding",
    "sending",
    "starting",
    "unbooked",
]

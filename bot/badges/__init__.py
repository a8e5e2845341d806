"""Badges that people can trust: what earns them is data, and what they rest on can be read by whoever has one."""

from bot.badges import (
    announcing,
    asking,
    certifying,
    choosing,
    composing,
    daily,
    desk,
    desk_editing,
    desk_listing,
    desk_people,
    desk_preview,
    desk_proposals,
    leaving_out,
    resting,
    showing,
    starting,
)
from bot.badges.feature import feature

__all__ = [
    "announcing",
    "asking",
    "certifying",
    "choosing",
    "composing",
    "daily",
    "desk",
    "desk_editing",
    "desk_listing",
    "desk_people",
    "desk_preview",
    "desk_proposals",
    "feature",
    "leaving_out",
    "resting",
    "showing",
    "starting",
]

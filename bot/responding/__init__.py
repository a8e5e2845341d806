"""Answering private reports: whoever may read one opens it, looks after it, and answers; and nobody else can."""

from bot.responding import (
    closeness,
    entering,
    hour,
    keys,
    leaving,
    listing,
    reading,
    stepping,
    telling,
    unlocking,
    unreached,
    writing,
)
from bot.responding.feature import feature

__all__ = [
    "closeness",
    "entering",
    "feature",
    "hour",
    "keys",
    "leaving",
    "listing",
    "reading",
    "stepping",
    "telling",
    "unlocking",
    "unreached",
    "writing",
]

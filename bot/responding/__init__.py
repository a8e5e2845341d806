"""Answering private reports: whoever may read one opens it, looks after it, and answers; and nobody else can."""

from bot.responding import (
    closeness,
    entering,
    keys,
    listing,
    reading,
    stepping,
    telling,
    unlocking,
    writing,
)
from bot.responding.feature import feature

__all__ = [
    "closeness",
    "entering",
    "feature",
    "keys",
    "listing",
    "reading",
    "stepping",
    "telling",
    "unlocking",
    "writing",
]

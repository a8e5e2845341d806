"""What the parts of what coordinators write have in common."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.language import later
from bot.members.words import clean


class For(StrEnum):
    """Whom it is for."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


class Part(BaseModel):
    """A part of what somebody wrote: nothing else may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


Id = Annotated[str, Field(pattern="^[a-z0-9_-]{1,30}$")]


def text(value: str) -> str:
    """Return what people read, as one line; they have to see all of it in its order, and something."""
    kept = clean(value)
    if not kept:
        raise ValueError(later("Please write something here."))
    return kept

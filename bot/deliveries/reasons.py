"""Why something couldn't be delivered: what is noted beside it, so that it can be said in plain words later."""

from collections.abc import Sequence
from enum import StrEnum

from bot.errors import Closed, Forbidden, Gone, PlatformError
from storage.outbox import AT_PLACES, OF_TITLES, Effect, OutboxRow

FAILED = "it failed"  # how the reason begins of what was tried again and again


class Reason(StrEnum):
    """A reason, as it stands beside a row of the outbox. What a platform refuses otherwise has its own text there."""

    CLOSED = "they take no direct messages"
    GONE = "the account is gone"
    PLACE_GONE = "the conversation is gone, or the bot is no longer in it"
    NO_ACCOUNT = "there is no account on a connected platform"
    NO_PLACE = "its space is on no connected platform"
    NO_CHANNEL = "the program has no channel"
    CHANNEL_GONE = "a channel is gone, or the bot is not in it"
    CHANNEL_SHUT = "the bot may not write in a channel"
    NO_ROLES = "the bot may not give or take a role"
    NO_SHARED = "the two share no workspace or server"
    FAILED = "it failed again and again"
    REFUSED = "the platform refused it"


_GONE: dict[Effect, Reason] = {
    **dict.fromkeys((*AT_PLACES, Effect.EDIT), Reason.PLACE_GONE),
    Effect.ANNOUNCE: Reason.CHANNEL_GONE,
}
_FORBIDDEN = {Effect.ANNOUNCE: Reason.CHANNEL_SHUT, **dict.fromkeys(OF_TITLES, Reason.NO_ROLES)}


def reason_of(error: PlatformError, rows: Sequence[OutboxRow]) -> str:
    """Return what to note beside rows that a platform will not do."""
    effect = rows[0].effect if rows else Effect.SEND  # what travels together is of one effect
    if isinstance(error, Closed):
        return Reason.CLOSED
    if isinstance(error, Gone):
        return _GONE.get(effect, Reason.GONE)
    if isinstance(error, Forbidden):
        return _FORBIDDEN.get(effect, str(error))
    return str(error)


def read(noted: str | None) -> Reason:
    """Return which reason it was that was noted."""
    if noted is not None and noted.startswith(FAILED):
        return Reason.FAILED
    return Reason(noted) if noted in set(Reason) else Reason.REFUSED

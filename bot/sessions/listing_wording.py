"""What coordinators are told of sessions, without a word of what they are about."""

from datetime import datetime

from bot.language import later, n, t
from bot.tables import Row
from bot.wording import full_day, moment
from storage.sessions import Session, State

_STATES = {
    State.BOOKED: later("booked"),
    State.CANCELLED: later("called off"),
    State.HELD: later("they met"),
    State.NOT_HELD: later("they didn't meet"),
    State.UNCLEAR: later("they say different things"),
}


def standing(coming: datetime | None, held: datetime | None, unmarked: int, late: int, zone: str) -> tuple[str, ...]:
    """Say when two meet next, when they last met, of how many sessions it isn't known, for how many one was late."""
    following = t("Next session: {when}", when=moment(coming, zone)) if coming else t("Next session: none is booked")
    last = t("Last session: {day}", day=full_day(held, zone)) if held else t("Last session: none so far")
    over = n(
        "Of {n} session that is over it isn't clear whether they met.",
        "Of {n} sessions that are over it isn't clear whether they met.",
        unmarked,
    )
    delayed = n(
        "For {n} session somebody said that they would come a little later.",
        "For {n} sessions somebody said that they would come a little later.",
        late,
    )
    return following, last, *((over,) if unmarked else ()), *((delayed,) if late else ())


def heads() -> Row:
    """Return what stands above the columns of the list."""
    return (
        t("Mentor"),
        t("Mentee"),
        t("Begin"),
        t("Minutes"),
        t("How it stands"),
        t("Noted afterwards"),
        t("Called off or moved late"),
        t("Missed without notice"),
    )


def state(one: Session, now: datetime) -> str:
    """Say how a session stands."""
    over = one.state is State.BOOKED and one.ends_at is not None and one.ends_at <= now
    return t("nobody has said so far") if over else t(_STATES[one.state])

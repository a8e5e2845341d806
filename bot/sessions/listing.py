"""How sessions stand, for coordinators: on a pairing's card and as a list. Never what they are about.

What the two wrote about a session, and its link, isn't even read here.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from bot.context import Asked
from bot.language import later, t
from bot.pairings.sides import Sides, sides
from bot.people import Pairing
from bot.sessions import listing_wording as wording
from bot.sessions.feature import feature
from bot.sessions.outcome import missed_by
from bot.sessions.rules import is_coming
from bot.tables import PAGE, Row
from storage.session_words import SessionWords, Word
from storage.sessions import Session, Sessions, State


@feature.standing
async def how_it_stands(asked: Asked, pairing: Pairing) -> Sequence[str]:
    """Say when the two meet next, when they last met, of how many sessions it isn't known, and how many began later."""
    store = asked.work.of(Sessions)
    booked = await store.in_state([pairing.id], {State.BOOKED})
    coming = next((one for one in booked if is_coming(one, asked.now)), None)
    held = await store.latest([pairing.id], {State.HELD}, 1)
    unmarked = sum(one.ends_at is not None and one.ends_at <= asked.now for one in booked)
    unclear = (await store.counts([pairing.id]))[pairing.id].get(State.UNCLEAR, 0)
    late = await asked.work.of(SessionWords).count_late(pairing.id)
    last = _at(held[0] if held else None)
    return wording.standing(_at(coming), last, unmarked + unclear, late, asked.member.zone)


def _at(session: Session | None) -> datetime | None:
    return session.starts_at if session else None


@feature.export("sessions", later("Sessions: when, how long, whether they met, and what was called off or moved late"))
async def sessions(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield all sessions that were booked or noted."""
    yield [wording.heads()]
    last = 0
    while page := await asked.work.of(Sessions).listed(last, PAGE):
        last = page[-1].id
        who = await sides(asked, {one.pairing_id for one in page})
        words = await asked.work.of(SessionWords).get([one.id for one in page if one.state is State.NOT_HELD])
        yield [_row(asked, one, who, words) for one in page]


def _row(asked: Asked, one: Session, who: Sides, words: Mapping[int, Sequence[Word]]) -> Row:
    return (
        *who.names(one.pairing_id),
        one.starts_at,
        one.minutes,
        wording.state(one, asked.now),
        t("yes") if one.logged else t("no"),
        t("yes") if one.short_notice else t("no"),
        _missed(asked, one, who, words.get(one.id, ())),
    )


def _missed(asked: Asked, one: Session, who: Sides, words: Sequence[Word]) -> str:
    """Name who missed a session without notice; not to a coordinator who is the other side."""
    pairing = who.pairings[one.pairing_id]
    if pairing.other(asked.member.id) is not None:
        return ""
    missed = missed_by(one, words, pairing.sides)
    return ", ".join(who.people[id_].name for id_ in sorted(missed))

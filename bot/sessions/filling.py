"""The form of a session before it is opened: what can be chosen in it, and what it is filled in with."""

from collections.abc import Mapping, Sequence

from bot.context import Asked
from bot.errors import UserError
from bot.people import Pairing
from bot.sessions import form_wording, wording
from bot.sessions.form_wording import Choices
from bot.sessions.looking import texts_of
from bot.views import Form
from storage.goals import Goals
from storage.members import Members
from storage.pairings import Pairings
from storage.sessions import Session, Sessions

CHOICES = 25  # of a field, as the platforms allow
LABEL = 75  # characters of a choice


async def my_pairings(asked: Asked) -> list[Pairing]:
    """Return the pairings of whoever asks. Raises UserError if there are none."""
    found = await asked.work.of(Pairings).going_on(asked.member.id)
    if not found:
        raise UserError(wording.NO_PAIRING)
    return found


async def choices(asked: Asked, pairings: Sequence[Pairing]) -> tuple[Choices, Choices]:
    """Return whom one can meet, if there are several, and their newest goals, which then are named with whom."""
    names = await _names(asked, pairings)
    several = len(pairings) > 1
    goals = [
        (str(goal.id), _short(form_wording.goal_of(names[pairing.id], goal.text) if several else goal.text))
        for pairing in pairings
        for goal in await asked.work.of(Goals).of_pairing(pairing.id)
    ]
    people = [(str(pairing.id), names[pairing.id]) for pairing in pairings]
    return people[:CHOICES] if several else (), goals[-CHOICES:]


async def _names(asked: Asked, pairings: Sequence[Pairing]) -> dict[int, str]:
    others = {pairing.id: pairing.other(asked.member.id) or 0 for pairing in pairings}
    people = await asked.work.of(Members).get(set(others.values()))
    return {id_: people[other].name for id_, other in others.items()}


def _short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


async def form(asked: Asked, pairings: Sequence[Pairing], made: str, title: str, values: Mapping[str, str]) -> Form:
    """Return the form in which a session with one of these pairings is proposed."""
    people, goals = await choices(asked, pairings)
    known = {value for value, _ in goals}
    chosen = ",".join(one for one in values.get("goals", "").split(",") if one in known)
    needed = asked.policy.sessions.goals_needed
    return form_wording.form(made, title, {**values, "goals": chosen}, people=people, goals=goals, needed=needed)


async def filled(asked: Asked, session: Session, *, with_times: bool = False) -> dict[str, str]:
    """Return how the form is filled in with what a session has."""
    texts = await texts_of(asked, session)
    goals = (await asked.work.of(Sessions).goals([session.id]))[session.id]
    values = {"minutes": str(session.minutes), "link": session.link or "", "with": str(session.pairing_id)}
    values |= {"agenda": texts.agenda, "prepare": texts.prepare, "goals": ",".join(map(str, goals))}
    if with_times:
        proposed = (await asked.work.of(Sessions).times([session.id]))[session.id]
        values |= {f"time{time.place}": time.typed for time in proposed}
    return values

"""Somebody may be a mentor in one pairing and a mentee in another: neither badge is had for the other's work."""

from datetime import datetime

import pytest

from tests.badges.town import BEN, DAY, HOUR, START, Town, one, town

WITH_NOOR, WITH_AMARA = 3, 4  # Ben's pairings: he is Noor's mentor, and Amara's mentee


async def answers(riverside: Town, pair: int, at: datetime) -> None:
    """Let Ben answer a message."""
    await riverside.turn(pair, BEN, at, at + HOUR)


async def books(riverside: Town, pair: int, at: datetime) -> None:
    """Let a session be booked that is still to come."""
    await riverside.session(pair, START + DAY, booked_at=at, state="booked")


async def meets(riverside: Town, pair: int, at: datetime) -> None:
    """Let a session be held."""
    await riverside.session(pair, at)


async def writes(riverside: Town, pair: int, at: datetime) -> None:
    """Let Ben write on a session that was held."""
    await riverside.sheet(await riverside.session(pair, at), pair, BEN, at, done_at=at + HOUR)


async def wants(riverside: Town, pair: int, at: datetime) -> None:
    """Let the two have a goal."""
    await riverside.goal(pair, at)


async def speaks_of_it(riverside: Town, pair: int, at: datetime) -> None:
    """Let the two have a goal that a session is about."""
    await riverside.session(pair, at, about=[await riverside.goal(pair, at)])


async def moves(riverside: Town, pair: int, at: datetime) -> None:
    """Let Ben say how far a goal is."""
    await riverside.update(await riverside.goal(pair, at), BEN, at)


CASES = {
    "response_rate": ('"50%"', "", answers),
    "forms_on_time": ('"50%"', "", writes),
    "sessions_booked": ("1", "30d", books),
    "sessions_attended": ("1", "30d", meets),
    "feedback_given": ("1", "", writes),
    "goals_active": ("1", "", wants),
    "goals_linked": ("1", "", speaks_of_it),
    "goal_updates": ("1", "30d", moves),
}


@pytest.mark.parametrize("measure", CASES)
async def test_a_badge_counts_what_somebody_does_as_that(measure: str, database_url: str) -> None:
    """Whoever is both earns the mentors' badge as a mentor, the mentees' as a mentee, and one for both as either."""
    at_least, within, happens = CASES[measure]
    async with town(database_url, {"rate.neutral_under": "1"}) as riverside:
        await riverside.without("mentor-accountability", "mentee-accountability")
        for whom in ("mentor", "mentee", "both"):
            await riverside.badge(one(measure, at_least, within, name=whom, whom=whom))
        await happens(riverside, WITH_AMARA, START - DAY)
        assert {"mentee", "both"} == await _earned(riverside)
        await happens(riverside, WITH_NOOR, START - DAY)
        assert {"mentor", "mentee", "both"} == await _earned(riverside)


async def _earned(riverside: Town) -> set[str]:
    await riverside.look(BEN)
    return {award.badge for award in await riverside.has(BEN)}

"""What there is of booking to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping
from datetime import timedelta

from storage.sessions import NewSession, NewTime, Sessions, State
from storage.work import Work
from tests.world import World

DAY = timedelta(days=1)


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Lena propose a session to Amara and be about to propose another one; there is one that is booked, too.

    Malik proposes one to Mira.
    """
    async with riverside.database.work(1) as work:
        lena, malik = await riverside.member(work, "lena"), await riverside.member(work, "malik")
        proposed = await _session(work, NewSession(1, lena, 60), State.PROPOSED, 10)
        typed = await work.of(Sessions).draft(NewSession(1, lena, 60))
        await _session(work, NewSession(3, malik, 60), State.PROPOSED, 10)
        booked = await _session(work, NewSession(1, lena, 60), State.BOOKED, 12)
        await work.of(Sessions).change(booked, starts_at=work.now + 12 * DAY, booked_at=work.now)
        readings = [NewTime(1, work.now + days * DAY, "4/5 18:00") for days in (20, 21)]
        await work.of(Sessions).propose(typed, readings)
        times = await work.of(Sessions).times([proposed, typed])
    one = {"time": str(times[proposed][0].id), "reading": str(times[typed][0].id)}
    return {"proposed": str(proposed), "typed": str(typed), "booked": str(booked), **one}


async def _session(work: Work, new: NewSession, state: State, days: int) -> int:
    session_id = await work.of(Sessions).draft(new)
    times = [NewTime(place, work.now + (days + place) * DAY, "") for place in (1, 2)]
    await work.of(Sessions).propose(session_id, times)
    await work.of(Sessions).change(session_id, state=state, sent_at=work.now, answer_by=work.now + 2 * DAY)
    return session_id

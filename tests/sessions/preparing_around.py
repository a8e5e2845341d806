"""What there is around sessions to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping
from datetime import timedelta

from storage.session_words import Answer, Reason, SessionWords
from storage.sessions import NewSession, NewTime, Sessions, State
from storage.work import Work
from tests.world import World

STATES = {"coming": State.BOOKED, "over": State.BOOKED, "unclear": State.UNCLEAR, "asks": State.APPROVAL}


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Amara and Lena have a session to come, one that is over, one that is unclear, one that waits for a yes."""
    async with riverside.database.work(1) as work:
        return {name: str(await _session(work, riverside, name)) for name in STATES}


async def _session(work: Work, riverside: World, name: str) -> int:
    amara, lena = await riverside.member(work, "amara"), await riverside.member(work, "lena")
    store, said = work.of(Sessions), work.of(SessionWords)
    session_id = await store.draft(NewSession(1, lena, 60))
    at = work.now + timedelta(hours=5 if name == "coming" else 50 if name == "asks" else -5 - session_id)
    await store.propose(session_id, [NewTime(1, at, "then")])
    values = {} if name == "asks" else {"starts_at": at, "booked_at": work.now}
    await store.change(session_id, state=STATES[name], sent_at=work.now, **values)
    if name == "unclear":
        await said.say(session_id, amara, answer=Answer.NO, reason=Reason.WAITED)
        await said.say(session_id, lena, answer=Answer.YES)
    return session_id

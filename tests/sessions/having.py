"""How a test has a session booked, and looks at it, without the talk that books it."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.sessions.keeping import go
from bot.sessions.reminding import arrange
from storage.pairings import Pairings
from storage.session_words import SessionWords, Word
from storage.sessions import NewSession, Session, Sessions, State
from storage.settings import Settings
from storage.work import Work
from tests.drivers.driver import Seen
from tests.world import MONDAY, World

THURSDAY = MONDAY + timedelta(days=3, hours=8)  # 18:00
PREPARE, AGENDA, LINK = "Bring your CV", "Talk about interviews", "https://zoom.us/j/1"


async def context_of(riverside: World, work: Work) -> Context:
    """Return the context of a transaction."""
    return await riverside.core.context(work, await work.of(Settings).lock())


async def books(riverside: World, at: datetime = THURSDAY, minutes: int = 60, mentee: str = "lena") -> int:
    """Let Amara and a mentee have a session booked."""
    async with riverside.database.work(1) as work:
        context = await context_of(riverside, work)
        amara, other = await riverside.member(work, "amara"), await riverside.member(work, mentee)
        pairing = await work.of(Pairings).between(amara, other)
        assert pairing is not None
        store = work.of(Sessions)
        new = NewSession(pairing.id, amara, minutes, LINK, AGENDA, PREPARE)
        session_id = await store.draft(new)
        session = (await store.get([session_id]))[session_id]
        proposed = await go(context, session, State.PROPOSED, sent_at=work.now)
        await arrange(context, [await go(context, proposed, State.BOOKED, starts_at=at, booked_at=work.now)])
    return session_id


async def session(riverside: World, session_id: int = 1) -> Session:
    """Return a session."""
    async with riverside.database.work(1) as work:
        return (await work.of(Sessions).get([session_id]))[session_id]


async def words(riverside: World, session_id: int = 1) -> list[Word]:
    """Return what was said of a session."""
    async with riverside.database.work(1) as work:
        return (await work.of(SessionWords).get([session_id]))[session_id]


async def moves(riverside: World, at: datetime, session_id: int = 1) -> None:
    """Give a session that is booked another time."""
    async with riverside.database.work(1) as work:
        context = await context_of(riverside, work)
        before = (await work.of(Sessions).get([session_id]))[session_id]
        await work.of(Sessions).change(session_id, starts_at=at, sequence=before.sequence + 1)
        await arrange(context, list((await work.of(Sessions).get([session_id])).values()))


async def told(riverside: World, user: str) -> list[Seen]:
    """Return what somebody was told of sessions, without what asks for notes and feedback."""
    return [seen for seen in await riverside.inbox(user) if "a few words while it's fresh" not in seen.text]


async def asked(riverside: World, user: str) -> Seen:
    """Return the newest message that asks somebody whether they met."""
    return [
        seen for seen in await told(riverside, user) if "Your session with" in seen.text or "noted that" in seen.text
    ][-1]


async def says(riverside: World, user: str, *buttons: str) -> str:
    """Press a button of the question, and those of the answers to it; return the last answer."""
    seen = await asked(riverside, user)
    for button in buttons:
        seen = await riverside.driver.presses(user, button, seen)
    await riverside.jobs.round()
    return seen.text

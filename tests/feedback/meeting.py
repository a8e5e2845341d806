"""How a test lets two people have met, and what they then see."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.facts import Fact, SessionHeld, SessionNotHeld
from bot.feedback.counting import count
from storage.members import Members, NewMember, Role
from storage.pairings import Pairings
from storage.session_words import Answer, SessionWords
from storage.sessions import NewSession, Sessions, State
from storage.sheets import Sheets
from tests.drivers.driver import Seen, SeenForm
from tests.world import World

SEND = "Send"  # the field that says what is to become of a form


async def met(
    riverside: World, mentee: str = "lena", said_yes: Collection[str] = ("amara", "lena"), goals: Collection[int] = ()
) -> int:
    """Let Amara and a mentee have met for the last hour, as these say; return the session's id."""
    async with riverside.database.work(1) as work:
        amara, other = await riverside.member(work, "amara"), await riverside.member(work, mentee)
        pairing = await work.of(Pairings).between(amara, other)
        assert pairing is not None
        sessions = work.of(Sessions)
        session_id = await sessions.draft(NewSession(pairing.id, amara, 60))
        starts_at = work.now - timedelta(hours=1, minutes=10)
        await sessions.change(session_id, state=State.HELD, starts_at=starts_at, held_at=work.now)
        await sessions.set_goals(session_id, goals)
        for user in said_yes:
            await work.of(SessionWords).say(session_id, await riverside.member(work, user), answer=Answer.YES)
    await tell(riverside, SessionHeld(session_id))
    return session_id


async def says_yes(riverside: World, user: str, session_id: int) -> None:
    """Let the other side say that they met, too."""
    async with riverside.database.work(1) as work:
        await work.of(SessionWords).say(session_id, await riverside.member(work, user), answer=Answer.YES)
    await tell(riverside, SessionHeld(session_id))


async def not_held(riverside: World, session_id: int) -> None:
    """Let it turn out that they didn't meet."""
    async with riverside.database.work(1) as work:
        await work.of(Sessions).change(session_id, state=State.NOT_HELD)
    await tell(riverside, SessionNotHeld(session_id))


async def tell(riverside: World, fact: Fact) -> None:
    """Tell all rooms of a fact, in a transaction of its own."""
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        await context.tell(fact)


async def newest(riverside: World, user: str) -> Seen:
    """Return the newest message that somebody got."""
    return (await riverside.inbox(user))[-1]


async def opened(riverside: World, user: str, button: str, on: Seen | None = None) -> SeenForm:
    """Open a form with a button of the newest message."""
    form = (await riverside.driver.presses(user, button, on or await newest(riverside, user))).form
    assert form is not None
    return form


async def writes(riverside: World, user: str, button: str, values: Mapping[str, str]) -> Seen:
    """Fill in a form of the newest message and send it."""
    return await riverside.driver.submits(user, await opened(riverside, user, button), values)


async def rated_by_somebody(riverside: World, name: str, rating: str) -> None:
    """Let somebody new, who is on no platform, have met Amara and rate that."""
    async with riverside.database.work(1) as work:
        amara = await riverside.member(work, "amara")
        mentee = await work.of(Members).save(NewMember(name, frozenset({Role.MENTEE}), ()))
        pairing_id = await work.of(Pairings).save(amara, mentee, [])
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        session_id = await context.work.of(Sessions).draft(NewSession(pairing_id, amara, 60))
        await context.work.of(Sessions).change(session_id, starts_at=context.now - timedelta(hours=1))
        await context.tell(SessionHeld(session_id))
        sheets = context.work.of(Sheets)
        (sheet,) = await sheets.of_session(session_id, mentee)
        await sheets.write(sheet.id, {"rating": rating})
        await sheets.finish([sheet.id], empty=False)
        await count(context, sheet, amara)

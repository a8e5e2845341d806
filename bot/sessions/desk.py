"""What waits for a coordinator around sessions, also for one who wasn't there yet when it was asked."""

from collections.abc import Collection

from bot.context import Asked
from bot.pairings.looking import responsible
from bot.people import COORDINATORS, Pairing
from bot.sessions import approval, approval_wording, deciding_wording
from bot.sessions.deciding import cases
from bot.sessions.feature import feature
from bot.sessions.missed import WINDOW
from bot.sessions.outcome import needs_decision
from bot.views import Block
from storage.pairings import Pairings
from storage.session_words import SessionWords
from storage.sessions import Session, Sessions, State

LISTED = 3  # of each kind; the rest are counted


@feature.waiting
async def what_waits(asked: Asked) -> tuple[Block, ...]:
    """List the sessions that need a decision, and the proposals that wait for a yes."""
    if not asked.member.roles & COORDINATORS:
        return ()
    decisions, proposals = await _to_decide(asked), await _to_let_go_on(asked)
    blocks: list[Block] = []
    for case in (await cases(asked, [one.id for one in decisions[:LISTED]], asked.member)).values():
        blocks += deciding_wording.ask(case)
    for plan in await approval.plans(asked, proposals[:LISTED]):
        blocks += approval_wording.ask(plan)
    more = sum(max(0, len(found) - LISTED) for found in (decisions, proposals))
    return deciding_wording.waiting(blocks, more)


async def _to_decide(asked: Asked) -> list[Session]:
    begun = await asked.work.of(Sessions).begun((State.UNCLEAR, State.NOT_HELD), asked.now - WINDOW)
    words = await asked.work.of(SessionWords).get([one.id for one in begun])
    return await _mine(asked, [one for one in begun if needs_decision(one, words[one.id])])


async def _to_let_go_on(asked: Asked) -> list[Session]:
    waiting = await asked.work.of(Sessions).every_open()
    return await _mine(asked, [one for one in waiting if one.state is State.APPROVAL])


async def _mine(asked: Asked, found: Collection[Session]) -> list[Session]:
    """Return those sessions that whoever asks is to look after."""
    pairings = await asked.work.of(Pairings).get({one.pairing_id for one in found})
    mine = {id_ for id_, pairing in pairings.items() if await _looks_after(asked, pairing)}
    return [one for one in found if one.pairing_id in mine]


async def _looks_after(asked: Asked, pairing: Pairing) -> bool:
    return pairing.ended_at is None and asked.member.id in {one.id for one in await responsible(asked, pairing)}

"""What is written to people about proposals and what becomes of them, and what waits for them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Asked, Context
from bot.feature import Part
from bot.sessions import invites, telling_wording, wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.keeping import PROPOSED, TOLD, WITH_INVITE, News, ends
from bot.sessions.looking import look_at, of_rows, texts_of
from bot.sessions.rules import has_begun
from bot.views import Block, File
from storage.outbox import OutboxRow
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.sessions import Sessions, State

LISTED = 5
_STANDING = frozenset({News.BOOKED, News.MOVED, News.LINK})  # said only as long as nothing newer is


@feature.composer(PROPOSED)
async def compose_proposals(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask about proposed times; in a message that is out, say what has become of them."""
    seen = await of_rows(context, rows, member_id)
    return Part.of({row.id: await _proposal(context, seen[row.args[0]], row) for row in rows if row.args[0] in seen})


async def _proposal(context: Context, one: About, row: OutboxRow) -> Sequence[Block]:
    newest = one.session.round == row.args[1]
    if newest and one.session.state is State.PROPOSED:
        return wording.proposal(await _from_now(context, one), await texts_of(context, one.session))
    if row.state is not RowState.SENT:
        return ()
    return wording.settled(one) if newest else wording.answered_with_times(one)


async def _from_now(context: Context, one: About) -> About:
    """Return a proposal with the time to answer that begins when it goes out."""
    asked = replace(one.session, asked_at=one.session.asked_at or context.now)
    return replace(one, session=replace(asked, answer_by=(await ends(context, [asked]))[asked.id]))


@feature.composer(TOLD)
async def compose_told(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell what has become of sessions; what is no longer so is left out."""
    seen = await of_rows(context, rows, member_id)
    return Part.of({row.id: await _told(context, seen[row.args[0]], row) for row in rows if row.args[0] in seen})


def _is_so(one: About, news: News, sequence: int) -> bool:
    if one.pairing.ended_at is not None and news is not News.PAIRING_ENDED:
        return False
    if news is News.SOMEBODY_LEFT and has_begun(one.session, one.now):  # whoever comes back learns of what is to come
        return False
    return news not in _STANDING or (one.session.state is State.BOOKED and one.session.sequence == sequence)


async def _told(context: Context, one: About, row: OutboxRow) -> Sequence[Block]:
    news, sent = News(row.args[1]), row.state is RowState.SENT
    if not sent and not _is_so(one, news, row.args[2]):
        return ()
    if news in _STANDING and one.session.state is not State.BOOKED:
        return wording.settled(one)
    if news is News.CANCELLED:
        said = telling_wording.cancelled(one, await texts_of(context, one.session))
    else:
        said = telling_wording.SAY[news](one)
    return said if sent or news not in WITH_INVITE else (*said, _file(context, one, news))


def _file(context: Context, one: About, news: News) -> File:
    make = invites.cancellation if one.session.state is State.CANCELLED else invites.invite
    content = make(one.session, one.name, context.program.name, context.now)
    return File(invites.NAME, content, telling_wording.invite(news))


@feature.waiting
async def what_waits(asked: Asked) -> Sequence[Block]:
    """List the proposals that wait for whoever asks."""
    return wording.waiting(await proposed_to(asked))


async def proposed_to(asked: Asked) -> list[Block]:
    """Return the proposals that wait for whoever asks, with all that can be answered."""
    pairings = await asked.work.of(Pairings).going_on(asked.member.id)
    sessions = await asked.work.of(Sessions).in_state([pairing.id for pairing in pairings], {State.PROPOSED})
    blocks: list[Block] = []
    for one in [one for one in await look_at(asked, sessions, asked.member.id) if not one.is_mine][:LISTED]:
        blocks += wording.proposal(one, await texts_of(asked, one.session))
    return blocks

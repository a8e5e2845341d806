"""Which reports there are: by name, how each stands, its clock. Who may not read one doesn't see that it is there."""

from collections.abc import Collection
from dataclasses import replace

from bot.context import Asked
from bot.feature import number, word
from bot.reports.clock import working
from bot.responding import key_wording, list_wording
from bot.responding.clocks import in_order
from bot.responding.feature import RESPONDERS, feature
from bot.responding.list_wording import Listed, Seen
from bot.responding.opening import own_secret
from bot.responding.readership import opens_to_nobody_but
from bot.views import Message
from storage.cases import Case, Cases, State, reader
from storage.members import Members
from storage.responders import Responders

LOCKED = 12  # reports that are listed while all is locked
PAGE = 6  # on a page, with a button for each


@feature.command(
    "reports", "See which private reports wait, read them, and say who is too close to you", who=RESPONDERS
)
async def reports(asked: Asked) -> Message:
    """List the reports that come to whoever asks, or say what a key is for."""
    if await asked.work.of(Responders).key(asked.member.id) is None:
        return key_wording.none()
    found = await _mine(asked)
    still = [(case, until) for case, until in found if case.state is not State.CLOSED]
    shown = still[:LOCKED]
    seen = await _seen(asked, shown)
    return list_wording.overview(shown, seen, len(still) - len(shown), len(found) - len(still))


@feature.button("responding.open", who=RESPONDERS)
async def open_list(asked: Asked) -> Message:
    """Do the same."""
    return await reports(asked)


@feature.button("responding.cases", word, number, who=RESPONDERS)
async def cases(asked: Asked, token: str, page: int) -> Message:
    """Turn to a page of the reports that are unlocked."""
    await own_secret(asked, token)
    return await listed(asked, token, page)


async def listed(asked: Asked, token: str, page: int) -> Message:
    """List what can be opened with a token."""
    found = await _mine(asked)
    pages = max(-(-len(found) // PAGE), 1)
    page = min(page, pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    return list_wording.cases(shown, await _seen(asked, shown), token, page, pages)


async def seen_by(asked: Asked, cases: Collection[Case]) -> Seen:
    """Return who looks at reports, with the names of whoever has them."""
    people = await asked.work.of(Members).get({case.taken_by_id for case in cases if case.taken_by_id is not None})
    names = {id_: one.name for id_, one in people.items()}
    return Seen(names, asked.member.id, asked.now, asked.member.zone)


async def _seen(asked: Asked, shown: Listed) -> Seen:
    """Return who looks at a list, and what of all there is opens to nobody else."""
    alone = await opens_to_nobody_but(asked, asked.member.id)
    return replace(await seen_by(asked, [case for case, _ in shown]), alone=tuple(case.name for case in alone))


async def _mine(asked: Asked) -> Listed:
    mine = await asked.work.of(Cases).read_by(reader(asked.member.id))
    figures = asked.policy.reports
    return in_order(mine, working(figures.country), figures)

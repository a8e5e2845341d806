"""Looking back with the code: how it stands with a report, what was answered, and something to add.

The code is what counts: whoever is no member any more looks back as before.
"""

from collections.abc import Collection
from datetime import datetime

from bot.context import Anybody, Asked
from bot.errors import UserError
from bot.facts import DangerReported
from bot.feature import Answer, number
from bot.people import EVERYONE
from bot.reports import looking_wording as wording
from bot.reports.checking import typed
from bot.reports.clock import limits, working
from bot.reports.contents import FOR_REPORTERS, Content, Kind, Line, Told, pack, unpack
from bot.reports.feature import feature
from bot.reports.fields_wording import LONG, nothing_written, too_long
from bot.reports.looking_wording import Seen
from bot.reports.memory import memory
from bot.reports.pages import pages
from bot.reports.sealing import Unreadable, by_code, public_of, read_code, receipt, seal, unhide, unseal
from bot.views import Errors, Form, Message, Reply, message
from storage.cases import Case, Cases, Entry, State, new_id
from storage.members import Members


@feature.button("reports.look", who=EVERYONE, answer=Answer.FORM, newcomers=True)
async def look(asked: Anybody) -> Form:
    """Ask for the code."""
    return wording.ask_code()


@feature.form("reports.looked", who=EVERYONE, newcomers=True)
async def looked(asked: Anybody, values: dict[str, str]) -> Reply:
    """Show what a code leads to."""
    try:
        code = read_code(values.get("code", ""))
    except ValueError:
        return Errors({"code": wording.no_code()})
    found = await _tried(asked, code)
    return Errors({"code": found}) if isinstance(found, str) else await _shown(asked, code, found)


@feature.button("reports.turn", read_code, number, who=EVERYONE, newcomers=True)
async def turn(asked: Anybody, code: str, page: int) -> Message:
    """Turn to a page of what a code leads to."""
    found = await _tried(asked, code)
    return message(found) if isinstance(found, str) else await _shown(asked, code, found, page)


@feature.button("reports.reply", read_code, number, who=EVERYONE, answer=Answer.FORM, newcomers=True)
async def reply(asked: Anybody, code: str, entry_id: int) -> Form:
    """Ask what is to be added."""
    return wording.add(code, entry_id)


@feature.form("reports.replied", read_code, number, who=EVERYONE, newcomers=True)
async def replied(asked: Anybody, code: str, entry_id: int, values: dict[str, str]) -> Reply:
    """Add it; sent twice, it is there once."""
    text = typed(values, "text")
    if not text:
        return Errors({"text": nothing_written()})
    if len(text) > LONG:
        return Errors({"text": too_long(len(text), LONG)})
    found = await _tried(asked, code)
    if isinstance(found, str):
        return Errors({"": found})
    case, secret = found
    if not memory(asked.house).added.take(asked.account, asked.now):
        return Errors({"": wording.added_too_often()})
    danger = _is_danger(asked, case)
    line = Line(Kind.REPLY, None, text, asked.now)
    if await asked.work.of(Cases).write(case.id, entry_id, seal(pack(case.id, line), [public_of(secret)])):
        await _goes_on(asked, case, danger=danger)
    after = (await asked.work.of(Cases).get([case.id]))[case.id]
    return wording.added(await _seen(asked, after), danger=danger)


async def _goes_on(asked: Anybody, case: Case, *, danger: bool) -> None:
    """Let a report wait for its readers again; in danger, as at its making, they are told at once."""
    await asked.work.of(Cases).change(case.id, told=danger, **_waits_again(case, asked.now))
    if danger:
        await asked.tell(DangerReported(case.id))


def _waits_again(case: Case, now: datetime) -> dict[str, object]:
    """Return how a report stands once something was added. After an answer all of its time begins anew."""
    if case.answered_at is None:
        return {"state": State.TAKEN if case.state is State.ASKED else case.state}
    over = ("acknowledged_at", "answered_at", "closed_at")
    return {"state": State.NEW, "since": now, **dict.fromkeys(over)}


def _is_danger(asked: Anybody, case: Case) -> bool:
    """Tell whether somebody is in danger; not if what the bot knows of a report was changed from outside."""
    try:
        return unhide(asked.house.secret, case.id, case.hidden).danger
    except Unreadable:
        return False


async def _tried(asked: Anybody, code: str) -> tuple[Case, str] | str:
    """Return what a code leads to, or why it leads nowhere. Nobody tries many wrong ones."""
    tried = memory(asked.house).tried
    if tried.again(asked.account, asked.now) > asked.now:
        return wording.tried_too_often()
    found = await _opened(asked, code)
    if found is None:
        tried.take(asked.account, asked.now)
    return found or wording.unknown_code()


async def _opened(asked: Anybody, code: str) -> tuple[Case, str] | None:
    """Return the case that a code leads to, which nobody else changes now, and its secret; None if there is none.

    Raises UserError if it doesn't open.
    """
    case = await asked.work.of(Cases).by_receipt(receipt(code))
    locked = await asked.work.of(Cases).lock(case.id) if case else None
    try:
        return (locked, by_code(locked.coded, code)) if locked else None
    except Unreadable:
        raise UserError(wording.DAMAGED) from None


async def _shown(asked: Anybody, code: str, found: tuple[Case, str], page: int = 0) -> Message:
    case, secret = found
    lines = [_read(case, entry, secret) for entry in await asked.work.of(Cases).entries(case.id)]
    said = [one for one in lines if isinstance(one, Told) or (isinstance(one, Line) and one.kind in FOR_REPORTERS)]
    by = {one.by for one in said if isinstance(one, Line) and one.by is not None}
    seen = await _seen(asked, case, by)
    whole = None not in lines and any(isinstance(one, Told) for one in said)
    leaves = pages(wording.whole(seen, said, damaged=not whole))
    page = min(page, len(leaves) - 1)
    return wording.page(case.name, leaves[page], page, len(leaves), code, new_id())


async def _seen(asked: Anybody, case: Case, by: Collection[int] = ()) -> Seen:
    """Return how whoever made a report sees it, with the names of whoever has it or wrote in it."""
    people = await asked.work.of(Members).get({*by, *filter(None, [case.taken_by_id])})
    figures, names = asked.policy.reports, {id_: one.name for id_, one in people.items()}
    return Seen(case, names, _zone(asked), asked.now, limits(figures, case.waits_since), figures.outside)


def _zone(asked: Anybody) -> str:
    """Return by whose clocks days are said: for somebody who is no member, by those that count working days."""
    return asked.member.zone if isinstance(asked, Asked) else working(asked.policy.reports.country).zone.key


def _read(case: Case, entry: Entry, secret: str) -> Content | None:
    """Return what is in an entry; None for one that isn't of this case, or was changed."""
    try:
        return unpack(case.id, unseal(entry.sealed, secret))
    except Unreadable:
        return None


@feature.button("reports.close_look", who=EVERYONE, newcomers=True)
async def close_look(asked: Anybody) -> Message:
    """Put away what the code has shown."""
    return wording.seen_enough()

"""What is said when somebody is asked for notes and feedback, when they are reminded, and after things have changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.context import Asked, Context
from bot.feature import Part
from bot.feedback import wording
from bot.feedback.feature import feature
from bot.feedback.keeping import ASK, Planned, plans
from bot.feedback.looking import Around, around
from bot.feedback.rules import is_last
from bot.views import Block
from storage.members import Members
from storage.outbox import OutboxRow, State
from storage.rests import Rest, Rests
from storage.sheets import Sheet, Sheets

ASK_AGAIN = timedelta(days=1)
TOGETHER = 2  # sessions of which one message says all; further ones are counted


@feature.composer(ASK)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask, or remind; in a message that is out, say what has been done since."""
    sheets = await context.work.of(Sheets).get({row.args[0] for row in rows})
    waiting = [one for one in sheets.values() if one.waits]
    found = await plans(context, waiting)
    resting = await context.work.of(Rests).going_on({one.pairing_id for one in waiting})
    said: list[OutboxRow] = []
    later: dict[int, datetime] = {}
    for row in (row for row in rows if row.args[0] in sheets):
        one = sheets[row.args[0]]
        if row.state is State.SENT:
            said.append(row)
        elif one.waits:
            at = _due(context.now, row, found[one.id], resting.get(one.pairing_id))
            if at > context.now:
                later[row.id] = at
            else:
                said.append(row)
    blocks = await _blocks(context, member_id, said, sheets, found)
    return Part(blocks, frozenset(row.id for row in said), later)


def _due(now: datetime, row: OutboxRow, planned: Planned, rest: Rest | None) -> datetime:
    """Return when a row may go out that is still needed: not while the pairing rests."""
    if rest is not None:
        return min(rest.until or now + ASK_AGAIN, now + ASK_AGAIN)
    by_id = {one.rung: one.by_id for one in planned.reminders}.get(row.args[1])
    if row.args[1] == 0 or by_id is not None:
        return now
    return (planned.schedule and planned.schedule.nudge) or now + ASK_AGAIN


async def _blocks(
    context: Context,
    member_id: int,
    rows: Sequence[OutboxRow],
    sheets: Mapping[int, Sheet],
    found: Mapping[int, Planned],
) -> tuple[Block, ...]:
    """Speak of each session once, however many rows there are of it."""
    rungs = {row.args[0]: row.args[1] for row in sorted(rows, key=lambda row: row.args[1])}
    mine = [sheets[id_] for id_ in rungs]
    known = await around(context, mine)
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    blocks: list[Block] = []
    waiting = 0
    for these in _by_session(mine):
        waits = any(one.waits for one in these)
        waiting += waits
        if not waits or waiting <= TOGETHER:
            blocks += session(these, known, context.now, zone, again=any(rungs[one.id] for one in these))
    if waiting > TOGETHER:
        blocks.append(wording.more(waiting - TOGETHER))
    if waiting:
        blocks.append(await _note(context, [one for one in mine if one.waits], rungs, found))
    return tuple(blocks)


def _by_session(sheets: Iterable[Sheet]) -> list[list[Sheet]]:
    """Return sheets session by session, in their order."""
    found: dict[int, list[Sheet]] = {}
    for one in sheets:
        found.setdefault(one.session_id, []).append(one)
    return list(found.values())


async def _note(
    context: Context, asked: Sequence[Sheet], rungs: Mapping[int, int], found: Mapping[int, Planned]
) -> Block:
    """Say whether that is asked once more, and who wanted it to be."""
    by = [await _by(context, found[one.id], rungs[one.id]) for one in asked]
    last = all(_is_last(found[one.id], rungs[one.id]) for one in asked)
    return wording.note(again=all(rungs[one.id] for one in asked), last=last, by=next(filter(None, by), None))


def _is_last(planned: Planned, rung: int) -> bool:
    return planned.schedule is not None and is_last(planned.schedule, planned.pace, rung)


async def _by(context: Context, planned: Planned, rung: int) -> str | None:
    """Return the name of the coordinator who wanted somebody to be reminded."""
    by_id = {one.rung: one.by_id for one in planned.reminders}.get(rung)
    member = (await context.work.of(Members).get([by_id or 0])).get(by_id or 0)
    return None if member is None else member.name


def session(
    sheets: Sequence[Sheet], known: Around, now: datetime, zone: str, *, again: bool, later: bool = True
) -> list[Block]:
    """Say of a session what is still to be written by somebody, and what was; `later`: it can be put off."""
    name, at = known.other(sheets[0]).name, known.at(sheets[0])
    done = [one for one in sheets if not one.waits]
    waits = [one for one in sheets if one.waits]
    blocks: list[Block] = []
    if done:
        blocks.append(wording.settled(done, known, name, at, zone))
    if waits:
        forms = sorted(((one, known.form(one)) for one in waits), key=lambda one: wording.for_both_first(one[1]))
        blocks += wording.asks(forms, name, at, now, zone, again=again, later=later)
    return blocks


@feature.waiting
async def what_waits(asked: Asked) -> Sequence[Block]:
    """Name what is to be written, in /mentor waiting."""
    blocks, left = await to_write(asked, TOGETHER)
    return wording.waiting(blocks, left) if blocks else ()


async def to_write(asked: Asked, most: int) -> tuple[list[Block], int]:
    """Ask for what somebody is to write after `most` sessions; return how many sessions are left besides."""
    waiting = await asked.work.of(Sheets).of_member(asked.member.id, wording.LISTED + 1, waiting=True)
    known, sessions = await around(asked, waiting), _by_session(waiting)
    blocks: list[Block] = []
    for these in sessions[:most]:
        blocks += session(these, known, asked.now, asked.member.zone, again=True, later=False)
    return blocks, len(sessions) - most

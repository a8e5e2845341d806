"""What people ask for around nudges: commands, buttons, and the entries of a message's menu."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.budget import next_day
from bot.calendar import Calendar, welcome
from bot.context import Asked
from bot.errors import UserError
from bot.facts import MessagesChanged
from bot.feature import Option, number
from bot.members import wording as members_wording
from bot.members.calendars import calendars
from bot.nudges import disputes_wording, overview_wording, wording
from bot.nudges.composing import around
from bot.nudges.feature import feature
from bot.nudges.judging import judged, time_to_answer
from bot.nudges.keeping import schedules
from bot.nudges.overview import with_overview
from bot.nudges.rules import Verdict, rate, verdict
from bot.people import COORDINATORS, EVERYONE, PAIRED
from bot.views import Message
from storage.members import Members
from storage.messages import MessageRow, Messages
from storage.nudges import JUST_AFTER, Mark, MarkRow, NudgeRow, Nudges, Outcome, Turn
from storage.pairings import Pairings

SHOWN = 8  # of each kind with buttons; the rest are named
IN_A_WHILE = timedelta(hours=3)
REOPENABLE = frozenset({Outcome.REACTED, Outcome.NOT_NEEDED, Outcome.ELSEWHERE})
REOPENABLE_FOR = timedelta(days=14)


@feature.command("waiting", "See what waits for you, and what you're waiting for", who=EVERYONE)
async def waiting(asked: Asked) -> Message:
    """List both, and what the other side took as answered."""
    nudges, me = asked.work.of(Nudges), asked.member
    for_me = await nudges.open_turns(answerer_id=me.id)
    for_others = await nudges.open_turns(asker_id=me.id)
    taken = [turn for turn in await nudges.of_asker(me.id, 20) if _reopenable(turn, asked.now)]
    known = await around(asked, [*for_me, *for_others, *taken])
    sent = await nudges.of_turns([turn.id for turn in for_others])
    said = wording.waiting(
        [(turn, known.people[turn.facts.asker_id].name, known.places[turn.facts.space_id]) for turn in for_me],
        [(turn, known.people[turn.facts.answerer_id].name, _reminded(turn, sent[turn.id]) > 0) for turn in for_others],
        [(turn, known.people[turn.facts.answerer_id].name) for turn in taken],
        SHOWN,
        asked.now,
        me.zone,
    )
    more = await asked.house.waiting(asked)
    # With nothing of a pairing's there is no need to say so: something else waits.
    return Message((*more, *(said.blocks if for_me or not more else said.blocks[1:])))


def _reopenable(turn: Turn, now: datetime) -> bool:
    closed = turn.facts.closed_at
    return turn.facts.outcome in REOPENABLE and closed is not None and closed > now - REOPENABLE_FOR


def _reminded(turn: Turn, nudges: list[NudgeRow]) -> int:
    return sum(n.sent_at is not None and n.sent_at >= turn.facts.waiting_since for n in nudges)


@feature.command(
    "rate",
    "See your response rate",
    who=EVERYONE,
    options=(Option("why", "with the messages that counted", flag=True),),
)
async def show_rate(asked: Asked, why: str | None = None) -> Message:
    """Tell a member how many messages they answered in time."""
    if why:
        raise UserError(wording.RATE_OR_WHY)
    if why is not None:
        return await show_why(asked)
    found = await judged(asked, asked.member.id)
    verdicts = [one.verdict for one in found]
    return wording.rate(rate(verdicts, asked.policy.rate), await time_to_answer(asked, found))


@feature.button("nudges.why", who=EVERYONE)
async def show_why(asked: Asked) -> Message:
    """List the messages in a member's rate, and those that were taken out of it."""
    found = await judged(asked, asked.member.id)
    people = await asked.work.of(Members).get({one.turn.facts.asker_id for one in found})
    names = {member.id: member.name for member in people.values()}
    return disputes_wording.why(found, names, SHOWN, asked.member.zone)


@feature.command("waiting", "See which pairs may need help", who=COORDINATORS)
async def pairs_waiting(asked: Asked) -> Message:
    """List the pairs in which an answer is late although somebody was reminded, or a reminder was in vain."""
    nudges = asked.work.of(Nudges)
    turns = [turn for turn in await nudges.open_turns() if _may_need_help(turn, asked.now)]
    sent = await nudges.of_turns([turn.id for turn in turns])
    known = await around(asked, turns)
    pairs = [
        overview_wording.Waits(
            turn.facts.pairing_id,
            known.people[turn.facts.asker_id].name,
            known.people[turn.facts.answerer_id].name,
            turn.facts.waiting_since,
            _reminded(turn, sent[turn.id]),
        )
        for turn in turns
    ]
    total = len(await asked.work.of(Pairings).going_on())
    said = overview_wording.pairs_waiting(pairs, total, SHOWN, asked.member.zone)
    whole = await with_overview(asked, said, turns)
    return Message((*overview_wording.not_running(asked.program.state), *whole.blocks))


def _may_need_help(turn: Turn, now: datetime) -> bool:
    """Tell whether an answer is late although somebody was reminded, or coordinators were told already."""
    told = turn.told_at is not None and turn.told_at >= turn.facts.waiting_since
    return told or verdict(turn, now) is Verdict.LATE


@feature.button("nudges.not_needed", number, number, who=PAIRED)
async def not_needed(asked: Asked, turn_id: int, reopened: int) -> Message:
    """Take a message as one that needs no reply."""
    return await _settle(asked, turn_id, reopened, Mark.NOT_NEEDED, wording.not_needed)


@feature.button("nudges.elsewhere", number, number, who=PAIRED)
async def elsewhere(asked: Asked, turn_id: int, reopened: int) -> Message:
    """Take a message as answered where the bot can't see it."""
    return await _settle(asked, turn_id, reopened, Mark.ELSEWHERE, wording.elsewhere)


async def _settle(asked: Asked, turn_id: int, reopened: int, mark: Mark, thanks: Callable[[str], Message]) -> Message:
    turn = await _my_turn(asked, turn_id)
    name = await _asker(asked, turn)
    if not _still_waits(turn, reopened):
        return wording.already(turn.facts.outcome, name)
    await _mark(asked, turn, mark)
    return thanks(name)


@feature.button("nudges.later", number, number, who=PAIRED)
async def later(asked: Asked, turn_id: int, reopened: int) -> Message:
    """Ask when to remind again."""
    turn = await _my_turn(asked, turn_id)
    if not _still_waits(turn, reopened):
        return wording.already(turn.facts.outcome, await _asker(asked, turn))
    return wording.later_choices(turn_id, reopened)


@feature.button("nudges.put_off", number, number, number, who=PAIRED)
async def put_off(asked: Asked, turn_id: int, reopened: int, days: int) -> Message:
    """Remind again at the first welcome hour so many days from now; 0 is in three hours."""
    turn = await _my_turn(asked, turn_id)
    name = await _asker(asked, turn)
    if days not in wording.LATER:
        raise UserError(members_wording.OLD_BUTTON)
    if not _still_waits(turn, reopened):
        return wording.already(turn.facts.outcome, name)
    calendar = (await calendars(asked, [asked.member.id]))[asked.member.id]
    until = _in_days(calendar, asked.now, days) if days else asked.now + IN_A_WHILE
    await _mark(asked, turn, Mark.LATER, until)
    late = turn.limit_at is not None and until > turn.limit_at
    return wording.put_off(name, welcome(calendar, until), asked.member.zone, late=late)


@feature.button("nudges.reopen", number, number, who=PAIRED)
async def reopen(asked: Asked, turn_id: int, reopened: int) -> Message:
    """Let a message wait again that the other side took as answered."""
    turn = (await asked.work.of(Nudges).get([turn_id])).get(turn_id)
    if turn is None or turn.facts.asker_id != asked.member.id:
        raise UserError(wording.NOT_FOR_YOU)
    if turn.facts.closed_at is None:
        return wording.plain(wording.WANTED_ALREADY)
    if turn.facts.reopened != reopened or turn.facts.outcome not in REOPENABLE:
        name = (await asked.work.of(Members).get([turn.facts.answerer_id]))[turn.facts.answerer_id].name
        return wording.moved_on(name)
    await _mark(asked, turn, Mark.WANTED)
    again = (await asked.work.of(Nudges).get([turn_id]))[turn_id]
    if again.facts.closed_at is not None:
        raise UserError(wording.YOUR_TURN)  # nothing was changed: what has no effect now must have none later
    return wording.plain(wording.STILL_WAITING)


def _in_days(calendar: Calendar, now: datetime, days: int) -> datetime:
    """Return when the local day begins that is so many days from now."""
    for _ in range(days):
        now = next_day(calendar, now)
    return now


async def _my_turn(asked: Asked, turn_id: int) -> Turn:
    """Return a turn that waits for whoever asks; a forged id and somebody else's button get the same answer."""
    turn = (await asked.work.of(Nudges).get([turn_id])).get(turn_id)
    if turn is None or turn.facts.answerer_id != asked.member.id:
        raise UserError(wording.NOT_FOR_YOU)
    return turn


def _still_waits(turn: Turn, reopened: int) -> bool:
    return turn.facts.closed_at is None and turn.facts.reopened == reopened


async def _asker(asked: Asked, turn: Turn) -> str:
    return (await asked.work.of(Members).get([turn.facts.asker_id]))[turn.facts.asker_id].name


async def _mark(asked: Asked, turn: Turn, kind: Mark, until: datetime | None = None) -> None:
    facts = turn.facts
    mark = MarkRow(facts.pairing_id, facts.space_id, facts.opener, asked.member.id, kind, asked.now, until)
    await _add_mark(asked, mark, facts.opened_at)


async def _add_mark(asked: Asked, mark: MarkRow, of: datetime) -> None:
    """Keep what somebody said about a message that was written at `of`, and work out what follows."""
    await asked.work.of(Nudges).add_mark(mark)
    await asked.work.audit.add(asked.member.key, f"nudges.{mark.kind}")
    # From just after the message on: the turn that it began is to be known.
    await asked.tell(MessagesChanged({mark.pairing_id: of + JUST_AFTER}))


@feature.shortcut("nudges.wanted", "I'd like an answer", who=PAIRED)
async def wanted(asked: Asked) -> Message:
    """Let one of one's own messages wait for an answer, again or at all."""
    message = await _my_message(asked)
    turn = await _open_turn_of(asked, message)
    if turn is None and await _waits_since(asked, message):
        return wording.plain(wording.NEWER_WAITS)
    if turn is not None and not await _is_over(asked, turn):
        return wording.plain(wording.WANTED_ALREADY)
    await _mark_message(asked, message, Mark.WANTED)
    if await _open_turn_of(asked, message) is None:
        raise UserError(wording.YOUR_TURN)  # nothing was changed: what has no effect now must have none later
    return wording.plain(wording.WANTED)


async def _is_over(asked: Asked, turn: Turn) -> bool:
    """Tell whether a turn that waits gets no further reminder by itself."""
    return (await schedules(asked, [turn]))[turn.id].over


@feature.shortcut("nudges.no_hurry", "No hurry", who=PAIRED)
async def no_hurry(asked: Asked) -> Message:
    """Let nobody be reminded of one of one's own messages."""
    message = await _my_message(asked)
    if await _open_turn_of(asked, message) is None:
        return wording.plain(wording.NO_HURRY_ALREADY)
    await _mark_message(asked, message, Mark.NO_HURRY)
    return wording.plain(wording.NO_HURRY)


async def _my_message(asked: Asked) -> MessageRow:
    message = None
    if asked.place is not None:
        space = (await asked.work.of(Pairings).spaces_at([asked.place])).get(asked.place)
        message = await asked.work.of(Messages).find(space.id, asked.message) if space else None
    if message is None:
        raise UserError(wording.NOT_A_SPACE)
    if message.author_id != asked.member.id:
        raise UserError(wording.NOT_YOURS)
    return message


async def _open_turn_of(asked: Asked, message: MessageRow) -> Turn | None:
    """Return the turn that a message is part of, if it waits."""
    return next((turn for turn in await _waiting_with(asked, message) if turn.facts.opened_at <= message.at), None)


async def _waits_since(asked: Asked, message: MessageRow) -> bool:
    """Tell whether a newer message of the same writer waits in the same pairing."""
    return any(turn.facts.opened_at > message.at for turn in await _waiting_with(asked, message))


async def _waiting_with(asked: Asked, message: MessageRow) -> list[Turn]:
    turns = await asked.work.of(Nudges).open_turns(asker_id=asked.member.id)
    return [turn for turn in turns if turn.facts.pairing_id == message.pairing_id]


async def _mark_message(asked: Asked, message: MessageRow, kind: Mark) -> None:
    mark = MarkRow(message.pairing_id, message.space_id, message.external, asked.member.id, kind, asked.now)
    await _add_mark(asked, mark, message.at)

"""How the program is doing, for coordinators: beside the pairs that may need help, who is away and how answers went."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.context import Asked
from bot.members.calendars import calendars
from bot.nudges import overview_wording as wording
from bot.nudges.chart import draw
from bot.nudges.weeks import begin, weeks
from bot.people import Member
from bot.views import Block, Image, Message, Text
from storage.answers import Answers
from storage.members import Members, PauseRow
from storage.nudges import Turn


async def with_overview(asked: Asked, message: Message, turns: Sequence[Turn]) -> Message:
    """Add to the list of pairs, a line for each of these turns, who is away, and a picture of the last weeks."""
    blocks = tuple(_beside(message, turns, await _away(asked, turns)))
    return Message((*blocks, *await _picture(asked)))


def _beside(message: Message, turns: Sequence[Turn], away: Mapping[int, Text]) -> Iterator[Block]:
    waiting = iter(turns)
    for block in message.blocks:
        yield block
        turn = next(waiting, None) if isinstance(block, Text) else None
        if turn is not None and turn.facts.answerer_id in away:
            yield away[turn.facts.answerer_id]


async def _away(asked: Asked, turns: Sequence[Turn]) -> dict[int, Text]:
    """Return what to say of those who are away, by member id."""
    ids = {turn.facts.answerer_id for turn in turns}
    pauses = await asked.work.of(Members).pauses(ids)
    people = await asked.work.of(Members).get(ids)
    now = {id_: [pause for pause in theirs if _holds(pause, asked.now)] for id_, theirs in pauses.items()}
    return {id_: _line(people[id_], running) for id_, running in now.items() if running}


def _holds(pause: PauseRow, now: datetime) -> bool:
    return not pause.lighter and pause.since <= now and (pause.until is None or pause.until > now)


def _line(member: Member, pauses: Sequence[PauseRow]) -> Text:
    ends = [pause.until for pause in pauses if pause.until is not None]
    return wording.away(member.name, max(ends) if len(ends) == len(pauses) else None, member.zone)


async def _picture(asked: Asked) -> tuple[Image, ...]:
    """Draw the last weeks, beside everything else that goes on; nothing if there was no answer in them."""
    zone = asked.member.zone
    answers = await asked.work.of(Answers).since(begin(asked.now, zone))
    if not answers:
        return ()
    known = await calendars(asked, {answer.answerer_id for answer in answers})
    shown = await asyncio.to_thread(weeks, answers, known, asked.now, zone)
    return (Image("answers.png", await asyncio.to_thread(draw, shown), wording.in_words(shown)),)

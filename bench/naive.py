"""What one would write first: for each message one transaction of the ORM, on the same tables and by the same rules.

It looks up where the message was written and by whom, whether it is known, and what was said last; then it opens or
closes a turn, and sets or silences its alarm by the answerer's calendar.
"""

import asyncio
from contextlib import AsyncExitStack
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase

from bot import policy
from bot.calendar import Calendar, Pause
from bot.calls import Posted
from bot.nudges.rules import next_nudge, pace
from bot.people import Pairing
from storage.due import due
from storage.engine import make_engine
from storage.members import accounts, members, pauses
from storage.messages import messages
from storage.pairings import pairings, spaces
from storage.programs import programs, workspaces
from storage.schema import metadata
from storage.turns import ALARM, Outcome, TurnFacts, turns
from storage.versions import newest


class Base(DeclarativeBase):
    """The bot's own tables, as objects."""

    metadata = metadata


def _mapped(table: Table) -> Any:  # noqa: ANN401 - a class that SQLAlchemy makes
    return type(table.name.title(), (Base,), {"__table__": table})


Program, Workspace, Space, PairingRow = map(_mapped, (programs, workspaces, spaces, pairings))
Account, Member, PauseRow = map(_mapped, (accounts, members, pauses))
Message, Turn, Alarm = map(_mapped, (messages, turns, due))


class Naive:
    """The naive bot: it works in a town that the real one could work in as well."""

    def __init__(self, url: str) -> None:
        """Work on a database whose tables are made."""
        self._engine = make_engine(url, newest())
        self._session = async_sessionmaker(self._engine, expire_on_commit=False)
        self._one_writer = asyncio.Lock() if url.startswith("sqlite") else None
        self._policy = policy.load("default")

    async def take(self, seen: Posted) -> None:
        """Take one message in."""
        async with AsyncExitStack() as stack:
            if self._one_writer is not None:
                await stack.enter_async_context(self._one_writer)
            try:
                async with self._session.begin() as session:
                    await self._take(session, seen)
            except IntegrityError:
                return  # the same message was just written beside this one

    async def _take(self, session: AsyncSession, seen: Posted) -> None:
        place = {"platform": seen.place.platform, "workspace": seen.place.workspace}
        program = (await session.scalars(select(Workspace).filter_by(**place))).one().program_id
        space = (await session.scalars(select(Space).filter_by(**place, channel=seen.place.channel))).one()
        pairing = await session.get_one(PairingRow, space.pairing_id)
        author = (await session.scalars(select(Account).filter_by(**place, user=seen.author))).one().member_id
        known = select(Message).filter_by(space_id=space.id, external=seen.message)
        if (await session.scalars(known)).first() is not None:
            return
        said = select(Message).filter_by(pairing_id=pairing.id, deleted=False).order_by(Message.at.desc()).limit(1)
        last = (await session.scalars(said)).first()
        common = {"program_id": program, "pairing_id": pairing.id, "space_id": space.id}
        new = {"external": seen.message, "author_id": author, "at": seen.at, "addressed": False, "deleted": False}
        session.add(Message(**common, **new))
        waits = (await session.scalars(select(Turn).filter_by(pairing_id=pairing.id, closed_at=None))).first()
        if waits is not None and waits.answerer_id == author:
            waits.closed_at, waits.outcome = seen.at, Outcome.ANSWERED
            (await session.scalars(select(Alarm).filter_by(kind=ALARM, subject=waits.id))).one().at = None
        elif waits is None and (last is None or seen.at - last.at > self._policy.nudges.quiet):
            sides = Pairing(pairing.id, pairing.mentor_id, pairing.mentee_id)
            await self._open(session, sides, common | {"opener": seen.message, "asker_id": author}, seen)

    async def _open(self, session: AsyncSession, pairing: Pairing, common: dict[str, Any], seen: Posted) -> None:
        answerer = pairing.mentee_id if common["asker_id"] == pairing.mentor_id else pairing.mentor_id
        facts = {"answerer_id": answerer, "opened_at": seen.at, "waiting_since": seen.at, "outcome": Outcome.OPEN}
        turn = Turn(**common, **facts, reopened=0, wanted=False, fresh=True)
        session.add(turn)
        await session.flush()
        at = next_nudge(
            TurnFacts(**{name: getattr(turn, name) for name in TurnFacts.__dataclass_fields__}),
            pace(self._policy.nudges, pairing),
            await self._calendar(session, answerer),
            (),
        )
        alarm = {"kind": ALARM, "subject": turn.id, "member_id": answerer, "at": at}
        session.add(Alarm(program_id=common["program_id"], **alarm))

    async def _calendar(self, session: AsyncSession, member_id: int) -> Calendar:
        member = await session.get_one(Member, member_id)
        away = await session.scalars(select(PauseRow).filter_by(member_id=member_id))
        return Calendar(
            zone=ZoneInfo(member.zone),
            days=frozenset(map(int, member.days)),
            opens=time.fromisoformat(member.opens),
            closes=time.fromisoformat(member.closes),
            country=member.country,
            pauses=tuple(Pause(pause.since, pause.until) for pause in away),
        )

    async def close(self) -> None:
        """End."""
        await self._engine.dispose()

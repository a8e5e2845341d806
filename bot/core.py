"""The core: calls and observations in, replies out. It knows no platform; adapters and the scheduler drive it."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.calls import Call, Observation, Remark, Submit
from bot.context import Afterwards, Asked, Context, Newcomer
from bot.dispatch import Desk, mentioned
from bot.errors import Busy, Gone, Refused, TooMany, UserError
from bot.feature import Feature
from bot.figures import Era, Figures
from bot.language import nearest, speak, t
from bot.links import leading
from bot.lookout import Lookout
from bot.members import wording
from bot.outgoing import Outgoing
from bot.people import Account, Profile, Role
from bot.policy import Policy
from bot.ports import Platform
from bot.ringing import Bell
from bot.scrubbing import scrub
from bot.secret import BYTES as SECRET_BYTES
from bot.telemetry import Telemetry
from bot.together import Together
from bot.unseen import Unseen, shown
from bot.views import Errors, Message, Reply, message
from storage.engine import Database
from storage.members import Members
from storage.outbox import OutboxRow
from storage.programs import Program, every_program, program_of
from storage.work import Work

log = structlog.get_logger(__name__)

REPEATS = timedelta(days=7)  # no platform delivers the same click again after that


class Core(Together):
    """The bot of one deployment, with all of its programs."""

    def __init__(
        self,
        database: Database,
        features: Sequence[Feature],
        changes: Mapping[str, str] | None = None,
        telemetry: Telemetry | None = None,
        *,
        secret: bytes | None = None,
    ) -> None:
        """Serve the programs in `database`; `changes` go on top of every policy, for trying figures out.

        `secret` is the deployment's, the same at each start; without one, what is sealed with it ends with this core.
        """
        super().__init__(features)
        self.database = database
        self.secret = secret or secrets.token_bytes(SECRET_BYTES)
        self.telemetry = telemetry or Telemetry()
        self.platforms: dict[str, Platform] = {}
        self.outgoing = Outgoing(features)
        self.unseen = Unseen(features)
        self._desk = Desk(features)
        self._lookout = Lookout(database, self.telemetry, self.at_work, self._at_work_in)
        self._bell = Bell(features, database, self.at_work)
        self._figures = Figures(changes or {})

    @property
    def private(self) -> Collection[str]:
        """The kinds of rows of which nobody learns but the member whom they are for."""
        return self.outgoing.private

    async def programs(self) -> Sequence[Program]:
        """Return all programs."""
        async with self.database.connect() as conn:
            return await every_program(conn)

    @asynccontextmanager
    async def at_work(self, program: Program) -> AsyncIterator[Context]:
        """Begin a transaction of one program."""
        async with self.database.work(program.id) as work:
            yield await self.context(work, program)

    async def context(self, work: Work, program: Program) -> Context:
        """Give a transaction of a program what belongs to it."""
        return Context(work, program, await self._figures.of(work, program), self)

    async def policy(self, work: Work, program: Program, version: int) -> Policy:
        """Return a program's figures as they were in a version."""
        return await self._figures.of(work, program, version)

    async def eras(self, work: Work, program: Program) -> Sequence[Era]:
        """Return which figures held before those of now, and until when each: the oldest first."""
        return await self._figures.eras(work, program)

    async def recall(self, context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Message:
        """Compose once more what was sent to a member, or would have been, as it would read now."""
        return Message((await self.outgoing.compose(context, member_id, rows)).blocks)

    def leading(self, said: Message, platform: str) -> Message:
        """Return what is said on a platform, with links that lead somewhere from there."""
        return leading(said, platform, self.platforms)

    async def roles(self, platform: str, workspace: str) -> Mapping[str, frozenset[Role]]:
        """Return what the members of a workspace are, by user id: for an adapter that shows it."""
        async with self._at_work_in(platform, workspace) as context:
            return {} if context is None else await context.work.of(Members).roles_in(platform, workspace)

    # In: what wants an answer.

    async def handle(self, call: Call) -> Reply | None:
        """Answer a command, a press, a form or a shortcut; None for one that came before.

        Whoever calls this goes on in the language of whoever asked, for what an adapter adds in words of its own.
        """
        speak(None)
        if self.unseen.covers(call):
            return await self._without_a_trace(call)
        try:
            with self.telemetry.answering(call) as answer:
                await self._lookout.hurry()
                answer.reply = await self._answered(call)
                return answer.reply
        except UserError as error:
            return _refusal(call, str(error))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("a call failed", reference=reference, call=type(call).__name__)
            return _refusal(call, t(wording.FAULT, reference=reference))

    async def _without_a_trace(self, call: Call) -> Reply | None:
        """Answer a call that isn't counted, noted or logged; what it is about, its handler alone may keep."""
        with self.unseen.hush():
            try:
                return shown(await self._answered(call, noted=False))
            except UserError as error:
                return _refusal(call, str(error))
            except Exception as error:  # noqa: BLE001 - it is logged with the day's tidying
                self.unseen.keep(error)
                return _refusal(call, t(wording.FAULT_UNSEEN))

    async def _answered(self, call: Call, *, noted: bool = True) -> Reply | None:
        reply = await self.database.unhindered(lambda: self._handle(call, noted=noted))
        reply = await self._afterwards(reply) if isinstance(reply, Afterwards) else reply
        return self.leading(reply, call.account.platform) if isinstance(reply, Message) else reply

    async def _afterwards(self, reply: Afterwards) -> Reply:
        answer, asked = reply.answer, reply.asked
        begin = self.database.work if reply.writes else self.database.reading

        @asynccontextmanager
        async def again() -> AsyncIterator[Asked]:
            async with begin(asked.program.id) as work:
                yield replace(asked, work=work)

        return await self.database.unhindered(lambda: answer(again))

    async def _handle(self, call: Call, *, noted: bool) -> Reply | Afterwards | None:
        profiles = await self._profiles(call)
        async with self._at_work_in(call.account.platform, call.account.workspace) as context:
            if context is None:
                raise UserError(wording.STRANGER)
            if noted and not await context.work.inbox.take(_call_id(call, context.now)):
                return None
            member = await context.work.of(Members).by_account(call.account, noted=noted)
            profile = (profiles or {}).get(mentioned(call.account.user))
            chosen = member.language if member else nearest(profile.language if profile else None)
            speak(chosen or context.program.language)
            if profiles is None:
                raise UserError(wording.NO_LOOK_UP)
            if isinstance(call, Submit) and not call.whole:
                raise UserError(wording.NO_FILE)
            whole = (context.work, context.program, context.policy, self)
            if member is None:
                return await self._desk.welcome(Newcomer(*whole, call.account, profile), call)
            place, message = getattr(call, "place", None), getattr(call, "message", "")
            files = call.files if isinstance(call, Submit) else {}
            quote = self._desk.quote(call)
            asked = Asked(*whole, member, call.account, place, message, profiles, files, quote)
            return await self._desk.answer(asked, call)

    async def _profiles(self, call: Call) -> Mapping[str, Profile] | None:
        """Ask the platform for the people whom a call names, before anything waits for it; None: not just now."""
        words = self._desk.words(call)
        platform = self.platforms.get(call.account.platform)
        if not words or platform is None:
            return {}
        speak(await self._language_of(call.account))  # it may take long
        try:
            return await platform.look_up(call.account.workspace, words)
        except TooMany:
            raise UserError(wording.TOO_MANY_PEOPLE) from None
        except (Busy, Refused, Gone):
            return None

    async def _language_of(self, account: Account) -> str | None:
        """Return in which language to speak to somebody, as far as the bot knows them."""
        async with self._at_work_in(account.platform, account.workspace) as context:
            if context is None:
                return None
            member = await context.work.of(Members).by_account(account)
            return (member and member.language) or context.program.language

    @asynccontextmanager
    async def _at_work_in(self, platform: str, workspace: str) -> AsyncIterator[Context | None]:
        """Begin a transaction of the program that a workspace belongs to; None if it belongs to none."""
        async with self.database.connect() as conn:
            program = await program_of(conn, platform, workspace)
            if program is None:
                yield None
            else:
                yield await self.context(self.database.bind(conn, program.id), program)

    # In: what is only noticed.

    async def note(self, batch: Sequence[Observation]) -> None:
        """Note what happened on a platform; when this returns, it is committed. It is worked out soon afterwards.

        Raises if the database is gone.
        """
        await self._lookout.note(batch)

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Take in what happened on a platform; when this returns, all that follows from it is committed.

        What can't be digested is tried alone, and set aside with a line in the log. Raises if the database is gone.
        """
        await self._lookout.ingest(batch)

    async def settled(self) -> None:
        """Wait until all that came in is worked out and committed."""
        await self._lookout.settled()

    # By itself.

    async def ring(self) -> int:
        """Ring every alarm that is due; return how many rang."""
        await self._lookout.work_off()
        rang = 0
        for program in await self.programs():
            rang += await self._bell.ring(program)
        self.telemetry.rang(rang)
        return rang

    async def next_at(self) -> datetime | None:
        """Return when something is due next, in any program."""
        instants: list[datetime | None] = []
        for program in await self.programs():
            async with self.at_work(program) as context:
                instants.append(await self._bell.next_at(context))
                instants.append(await context.work.outbox.next_at(self.outgoing.may_go(program)))
        return min((at for at in instants if at is not None), default=None)

    async def daily(self) -> None:
        """Do what is done once a day; doing it twice does no harm."""
        for program in await self.programs():
            async with self.at_work(program) as context:
                await context.work.inbox.purge(context.now - REPEATS)
                await context.work.outbox.purge(context.now - context.policy.kept.turns)
            for run in (run for feature in self.features for run in feature.dailies):
                try:
                    async with self.at_work(program) as context:
                        await run(context)
                except Exception:
                    log.exception("a day's tidying failed, and is tried again tomorrow", program=program.id)
        self.unseen.tell()
        await scrub(self.database)


def _call_id(call: Call, now: datetime) -> str:
    """Return what names a delivery of a call, and gives nobody's name away; plain words are answered once a day."""
    account = call.account
    delivery = now.date().isoformat() if isinstance(call, Remark) else call.id
    whose = (account.platform, account.workspace, account.user, type(call).__name__, delivery)
    return hashlib.sha256(repr(whose).encode()).hexdigest()[:32]


def _refusal(call: Call, text: str) -> Message | Errors:
    """Say why not; a form stays open, so that what was typed is not lost."""
    return Errors({"": text}) if isinstance(call, Submit) else message(text)

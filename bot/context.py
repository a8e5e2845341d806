"""What handlers are given: the transaction, the policy, and who asks."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, Self

from bot.calls import Upload
from bot.facts import Fact
from bot.figures import Era
from bot.people import Account, Member, Pairing, Place, Profile, Role
from bot.policy import Policy
from bot.views import Block, Extra, Message, Reply
from storage.outbox import OutboxRow
from storage.programs import Program
from storage.work import Work


class House(Protocol):
    """All features together, as one of them sees the others."""

    @property
    def secret(self) -> bytes:
        """The deployment's secret, which isn't in the database."""
        ...

    @property
    def private(self) -> Collection[str]:
        """The kinds of rows of which nobody learns but the member whom they are for."""
        ...

    async def context(self, work: Work, program: Program) -> "Context":
        """Give a transaction what belongs to a program: as it is now, after something of it was changed."""
        ...

    async def policy(self, work: Work, program: Program, version: int) -> Policy:
        """Return a program's figures as they were in a version."""
        ...

    async def eras(self, work: Work, program: Program) -> Sequence[Era]:
        """Return which figures held before those of now, and until when each: the oldest first."""
        ...

    async def pass_on(self, context: "Context", fact: Fact) -> None:
        """Tell every feature that wants to know."""
        ...

    async def recall(self, context: "Context", member_id: int, rows: Sequence[OutboxRow]) -> Message:
        """Compose once more what was sent to a member, or would have been, as it would read now."""
        ...

    async def missing(self, context: "Context", member: Member) -> list[str]:
        """Ask every gate what has to be so before a member is paired, and isn't yet."""
        ...

    async def held(self, asked: "Asked", member: Member, left: Collection[Role]) -> str | None:
        """Ask what a member has to hand over before these roles alone are left to them; None: nothing."""
        ...

    async def standing(self, asked: "Asked", pairing: Pairing) -> list[str]:
        """Ask every feature what coordinators are told of a pairing."""
        ...

    async def extras(self, asked: "Asked", members: Collection[Member]) -> Mapping[int, Sequence[Extra]]:
        """Ask every feature what else coordinators are shown of people; each of them has an entry."""
        ...

    async def waiting(self, asked: "Asked") -> list[Block]:
        """Ask every feature what else waits for whoever asks, beside the messages of their pairings."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """One transaction of one program, its figures, and a way to reach the other features."""

    work: Work
    program: Program
    policy: Policy
    house: House

    @property
    def now(self) -> datetime:
        """The bot's time at the beginning of the transaction."""
        return self.work.now

    async def by(self, version: int) -> Self:
        """Return the same context with the figures of an earlier version, for what is judged by those."""
        if version == self.program.version:
            return self
        return replace(self, policy=await self.house.policy(self.work, self.program, version))

    async def tell(self, fact: Fact) -> None:
        """Tell the other features that something happened."""
        await self.house.pass_on(self, fact)


@dataclass(frozen=True, slots=True)
class Asked(Context):
    """A context in which a member asks for something; `place` and `message` are where, for a message's own menu.

    `profiles` holds the people whom the platform was asked for, by the words that they were asked for with; `files`
    what came along with a form, by field name; `quote` the message's text, for an entry of its menu that `quotes` it.
    """

    member: Member
    account: Account
    place: Place | None = None
    message: str = ""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    quote: str = field(default="", repr=False)


Reading = Callable[[], AbstractAsyncContextManager[Asked]]


@dataclass(frozen=True, slots=True)
class Afterwards:
    """An answer that takes long: it is made once what was asked for is noted, so that nobody waits for it meanwhile.

    `answer` is given what begins a transaction: one that only reads, or one that `writes`. It may be made twice, so
    doing it again must do no harm.
    """

    answer: Callable[[Reading], Awaitable[Reply]]
    asked: Asked
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Newcomer(Context):
    """A context in which somebody asks who is no member; None for a profile: the platform doesn't know them.

    It isn't asked about them where their call leaves no trace.
    """

    account: Account
    profile: Profile | None = None


Anybody = Asked | Newcomer

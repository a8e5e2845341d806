"""What handlers are given: the transaction, the policy, and who asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.facts import Fact
from bot.people import Account, Member, Place
from bot.policy import Policy
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Context:
    """One transaction of one program, its figures, and a way to reach the other features."""

    work: Work
    policy: Policy
    pass_on: Callable[["Context", Fact], Awaitable[None]]

    @property
    def now(self) -> datetime:
        """The bot's time at the beginning of the transaction."""
        return self.work.now

    async def tell(self, fact: Fact) -> None:
        """Tell the other features that something happened."""
        await self.pass_on(self, fact)


@dataclass(frozen=True, slots=True)
class Asked(Context):
    """A context in which a member asks for something; `place` and `message` are where, for a message's own menu."""

    member: Member
    account: Account
    place: Place | None = None
    message: str = ""

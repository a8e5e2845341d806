"""What an adapter can do, and what each asks of the bot. Nothing is optional: all pass the same contract tests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.calls import Call, Observation
from bot.feature import Feature, NewSpace
from bot.people import Account, Place, Profile
from bot.unseen import Unseen
from bot.views import Message, Reply


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message of the bot's can be found again."""

    place: Place
    message: str


class Platform(Protocol):
    """One connected platform. Every method may raise `Busy`, `Gone` or `Refused` and no other error."""

    name: str

    @property
    def connected(self) -> bool:
        """Whether the platform can be reached just now, as far as the adapter knows."""
        ...

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Send `message` to a person privately, or into a place, findable by `key` afterwards.

        Raises Closed for a person who takes no direct messages.
        """
        ...

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for a message sent under `key`: asked after a crash, before it is sent again."""
        ...

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make a private space with these people and the bot in it; under a `key` that was used, return that one."""
        ...

    async def close_space(self, place: Place) -> None:
        """Let nobody write in a space any more. What was written there stays readable; one that is closed stays so."""
        ...

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Let others see a title beside somebody's name, or no longer; doing so again changes nothing.

        A platform that has no place for titles does nothing. Raises Gone for who isn't there any more, and Forbidden
        where the bot lacks the right for it.
        """
        ...

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Return people by what names them: `@` and a user id, a handle, or an address. Strangers are left out."""
        ...

    async def edit(self, sent: Sent, message: Message) -> None:
        """Put `message` in the place of one that was sent."""
        ...

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return what happened in a place from `since` on: messages with their reactions, oldest first.

        Where a platform doesn't tell when a reaction was put, it counts from its message on.
        """
        ...

    def link(self, place: Place, message: str) -> str:
        """Return the address at which a browser opens a place at a message."""
        ...

    async def close(self) -> None:
        """End the connection."""
        ...


class Bot(Protocol):
    """What every adapter asks of the bot."""

    @property
    def features(self) -> Sequence[Feature]:
        """What the bot can do."""
        ...

    @property
    def unseen(self) -> Unseen:
        """Which calls leave no trace."""
        ...

    async def handle(self, call: Call) -> Reply | None:
        """Answer, and go on in the language of whoever called; None to a delivery that was answered before."""
        ...

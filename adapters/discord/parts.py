"""What takes part when something comes in: the bot itself, and those of the adapter's parts that help with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from adapters.discord.answers import Answers
from adapters.discord.drafts import Drafts
from adapters.discord.failures import Api
from adapters.discord.files import Files
from adapters.discord.homes import Homes
from adapters.discord.people import People
from adapters.discord.stream import Stream
from bot.calls import Observation
from bot.ports import Bot


class Core(Bot, Protocol):
    """What Discord asks of the bot."""

    async def note(self, batch: Sequence[Observation]) -> None:
        """Note what happened; when this returns, it is committed."""
        ...

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Return the members of a server's program, by user id."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What takes part in taking in: who answers, who looks up, what is kept for a while."""

    api: Api
    people: People
    homes: Homes
    stream: Stream
    answers: Answers
    drafts: Drafts
    files: Files

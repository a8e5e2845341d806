"""Many people by name: asked for by how their names begin, so that a long list takes dozens of requests.

Without the intent for members Discord tells nobody who is in a server, but finds those whose name begins with
something, up to a thousand. Where it finds as many as that, it is asked for each longer beginning.
Source: https://docs.discord.com/developers/resources/guild#search-guild-members
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from adapters.discord import limits

Member = Mapping[str, Any]
Ask = Callable[[str, int], Awaitable[Sequence[Member]]]


class Found:
    """Those who were found so far, by handle and by name."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._handles: dict[str, Member] = {}
        self._named: dict[str, dict[str, Member]] = {}

    def add(self, members: Iterable[Member]) -> None:
        """Take people in; it doesn't matter how often."""
        for one in members:
            self._handles[str(one["user"].get("username") or "").casefold()] = one
            for shown in names(one):
                self._named.setdefault(shown.casefold(), {})[str(one["user"]["id"])] = one

    def called(self, name: str) -> Member | None:
        """Return whose handle this is, or the only one whose name it is."""
        wanted = folded(name)
        named = list(self._named.get(wanted, {}).values())
        return self._handles.get(wanted) or (named[0] if len(named) == 1 else None)


async def search(ask: Ask, wanted: Collection[str], most: int = limits.FOUND, few: int = limits.FEW) -> Found:
    """Look for people by their names: a `few` one by one. At `most` so many are found at once."""
    found, words = Found(), sorted({folded(name) for name in wanted} - {""})

    async def one(name: str) -> None:
        found.add(await ask(name[: limits.COMMAND_TEXT], limits.PAGE))

    async def beginning(alike: Sequence[str], length: int) -> None:
        if len(alike) == 1:
            return await one(alike[0])
        near = await ask(alike[0][:length], most)
        found.add(near)
        # Some have got a hundred at most, whatever they asked for.
        return await longer(alike, length + 1) if len(near) in (limits.PAGE, most) else None

    async def longer(alike: Sequence[str], length: int) -> None:
        short = [one(name) for name in alike if len(name) < length]
        rest = groupby((name for name in alike if len(name) >= length), key=lambda name: name[:length])
        await asyncio.gather(*short, *(beginning(list(group), length) for _, group in rest))

    await (asyncio.gather(*map(one, words)) if len(words) <= few else longer(words, 1))
    return found


def names(member: Member) -> list[str]:
    """Return how somebody is called, the name that is shown first."""
    user = member["user"]
    return [name for name in (member.get("nick"), user.get("global_name"), user.get("username")) if name]


def folded(name: str) -> str:
    """Return a name as it is compared."""
    return name.casefold().strip()

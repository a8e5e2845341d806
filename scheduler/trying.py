"""Several places or people for one effect: one that fails holds no other up."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from bot.errors import Busy, PlatformError

T = TypeVar("T")


async def in_each(wheres: Iterable[T], do: Callable[[T], Awaitable[None]]) -> None:
    """Do something in each; then raise what failed, Busy before all else: what can still be done is tried again."""
    failures: list[PlatformError] = []
    for where in wheres:
        try:
            await do(where)
        except PlatformError as failure:
            failures.append(failure)
    if failures:
        raise next((failure for failure in failures if isinstance(failure, Busy)), failures[0])

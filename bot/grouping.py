"""Rows of many pairings, put together pairing by pairing."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class OfPairing(Protocol):
    """What belongs to a pairing."""

    @property
    def pairing_id(self) -> int:
        """Which one."""
        ...


T = TypeVar("T", bound=OfPairing)


def by_pairing(rows: Iterable[T]) -> dict[int, list[T]]:
    """Return rows by the id of their pairing, in their order."""
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.pairing_id, []).append(row)
    return found

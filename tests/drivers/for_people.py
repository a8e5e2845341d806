"""What a fake of our own port says where a test is about messages to people alone."""

from collections.abc import Collection, Mapping

from bot.errors import Refused
from bot.feature import NewSpace
from bot.people import Account, Place, Profile

NO_SPACES = "this platform has no spaces to be made"


class ForPeople:
    """A part of `bot.ports.Platform` for a fake that has no spaces and knows nobody."""

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Refuse."""
        raise Refused(NO_SPACES)

    async def close_space(self, place: Place) -> None:
        """Refuse."""
        raise Refused(NO_SPACES)

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Have no place for titles."""

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Know nobody."""
        return {}


def person(to: Account | Place) -> Account:
    """Return the person whom something is for. Raises Refused for a place."""
    if isinstance(to, Place):
        raise Refused(NO_SPACES)
    return to

"""A pairing with all that belongs to it, as it is shown."""

from dataclasses import dataclass

from bot.people import Member, Pairing, Place
from storage.rests import Rest
from storage.wishes import Wish


@dataclass(frozen=True, slots=True)
class Pair:
    """A pairing with its people, the rest it is in, its space, and the wishes about it that the reader may see."""

    pairing: Pairing
    mentor: Member
    mentee: Member
    coordinator: Member | None
    rest: Rest | None
    space: Place | None
    wishes: tuple[Wish, ...]
    running: bool

    def names(self, member_id: int) -> tuple[str, str]:
        """Return the name of one side, and of the other."""
        pair = (self.mentor.name, self.mentee.name)
        return pair if member_id == self.mentor.id else pair[::-1]

    @property
    def told(self) -> bool:
        """Whether both can be told something in their space now."""
        return self.running and self.space is not None

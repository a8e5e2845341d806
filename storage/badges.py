"""What badges are, in every version that was ever used, so that what was earned stays readable."""

from storage.badge_tables import badges
from storage.editions import Editions

__all__ = ["Badges"]


class Badges(Editions):
    """The badges that there are in one program."""

    table = badges

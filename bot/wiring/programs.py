"""The programs that the bot begins with, and whom it puts into them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from adapters import playground
from bot import policy
from bot.config import Config
from bot.core import Core
from bot.members import roster
from bot.members.roster import Roster
from bot.wiring.platforms import Home

COMMUNITY = Path(playground.__file__).with_name("community.toml")
LONGEST_NAME = 80  # characters of a program's name

log = structlog.get_logger(__name__)


def rosters(settings: Config, homes: Sequence[Home]) -> list[Roster]:
    """Return a program for each home of the bot's; one for all if they belong together, or are those of a file.

    Raises UserError for what is wrong in the file.
    """
    file = settings.program.file
    if homes and file is None:
        found = [_of_nobody(homes)] if settings.program.together else [_of_nobody([home]) for home in homes]
    else:
        found = [replace(roster.read(file or COMMUNITY), home=_ids(homes))]
    for program in found:
        policy.load(program.policy)
    return found


def _of_nobody(homes: Sequence[Home]) -> Roster:
    return Roster(homes[0].name[:LONGEST_NAME] or "Mentoring", "default", (), (), _ids(homes))


def _ids(homes: Sequence[Home]) -> tuple[tuple[str, str], ...]:
    return tuple((home.platform, home.id) for home in homes)


def without_pairings(program: Roster) -> Roster:
    """Return a program with people whom nobody has paired; it is where it was."""
    return replace(program, pairings=(), home=tuple(program.workspaces))


class Homes:
    """The homes of the bot, and the programs in them."""

    def __init__(self, settings: Config, homes: Sequence[Home], *, empty: bool) -> None:
        """Begin with these; programs are `empty` that are set up in the chat."""
        self._settings = settings
        self._homes = {(home.platform, home.id): home for home in homes}
        self._empty = empty

    @property
    def programs(self) -> list[Roster]:
        """The programs in them. Raises UserError for what is wrong in the file."""
        found = rosters(self._settings, [*self._homes.values()])
        return [without_pairings(program) for program in found] if self._empty else found

    async def joined(self, core: Core, home: Home) -> None:
        """Put the program of a home into the database to which the bot comes while it is at work."""
        where = (home.platform, home.id)
        if where in self._homes:
            return
        self._homes[where] = home
        try:
            await begin(core, [program for program in self.programs if where in program.workspaces], empty=self._empty)
        except BaseException:
            del self._homes[where]
            raise
        log.info("the bot came to another server, and has begun a program there", platform=home.platform)


async def begin(core: Core, programs: Sequence[Roster], *, empty: bool) -> None:
    """Put programs into the database: with their people, or `empty`, to be set up in the chat."""
    for program in programs:
        await (roster.begin_empty if empty else roster.enrol)(core, program)

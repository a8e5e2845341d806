"""`mentorbot doctor`: whether all is there that mentorbot needs. It changes nothing, and writes to nobody.

A check is one line; what is looked at on a platform is told by its adapter (see `Examiner`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot import doctor_wording as wording
from bot import policy
from bot.config import Config, ConfigError
from bot.core import Core
from bot.errors import UserError
from bot.features import FEATURES
from bot.logs import mask
from bot.members import roster
from bot.people import Place, Role
from bot.setup.status import Status, status
from storage.engine import Database
from storage.errors import StorageError, unusable
from storage.members import Members
from storage.opening import look_into
from storage.pairings import Pairings
from storage.programs import Program, homes
from storage.writing import check_permission, check_writable

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing: how it stands or, if it isn't fine, what is wrong and how to mend it.

    `fine` None: it could not be looked at, as something before it is wrong; then it has no text.
    """

    name: str
    fine: bool | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """The open space of a pairing; `pair` names its two people."""

    place: Place
    pair: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a platform: whose its workspaces are (programs by name), the spaces, the programs."""

    owners: Mapping[str, str]
    rooms: Sequence[Room]
    programs: Sequence[Check]


class Examiner(Protocol):
    """What looks at one platform, and changes nothing there; each adapter has one."""

    platform: str

    async def look(self, known: Known | None) -> Sequence[Check]:
        """Look at everything; what isn't known (None: the database can't be read) isn't looked at."""
        ...


# Returns what looks at a platform; None if the settings have no token of it.
Making = Callable[[Config, Now], Examiner | None]


def lines(checks: Iterable[Check]) -> Iterator[str]:
    """Say how everything stands, a line each; what could not be looked at stands together in the last one."""
    looked_at = [check for check in checks if check.fine is not None]
    for check in looked_at:
        yield _one_line(wording.LINE.format(mark=wording.MARKS[bool(check.fine)], name=check.name, text=check.text))
    skipped = dict.fromkeys(check.name for check in checks if check.fine is None)
    if skipped:
        yield wording.SKIPPED.format(names=", ".join(skipped))


def _one_line(text: str) -> str:
    """Names are as people wrote them, and errors as others did: they get one line, and no token gets out."""
    return "".join(char if char.isprintable() else " " for char in " ".join(mask(text).split()))


async def examine(load: Callable[[], Config], now: Now, makers: Iterable[Making]) -> list[Check]:
    """Look at everything, in the order in which it is needed. `load` reads the settings."""
    try:
        settings = load()
    except ConfigError as error:
        told = [Check(wording.SETTINGS, fine=False, text=problem) for problem in error.problems]
        return [*told, Check(wording.EVERYTHING_ELSE, None)]
    examiners = [made for maker in makers if (made := maker(settings, now)) is not None]
    checks, known = await _remembered(settings, now, [examiner.platform for examiner in examiners])
    for examiner in examiners:
        mine = known.get(examiner.platform)
        checks += [*await examiner.look(mine), *(_unseen() if mine is None else mine.programs)]
    return [_settings(settings), *checks, *([] if examiners else [_no_platform(settings)])]


def _unseen() -> list[Check]:
    """Return the checks of programs that could not be looked at."""
    return [Check(name, None) for name in (wording.CONTACT, wording.COORDINATORS, wording.PROGRAM)]


def _settings(settings: Config) -> Check:
    """Look at the people's file too: mentorbot doesn't start if there is something wrong in it."""
    try:
        if settings.program.file is not None:
            policy.load(roster.read(settings.program.file).policy)
    except UserError as error:
        return Check(wording.SETTINGS, fine=False, text=str(error))
    return Check(wording.SETTINGS, fine=True, text=wording.SETTINGS_FINE)


def _no_platform(settings: Config) -> Check:
    if not settings.playground.enabled:
        return Check(wording.PLATFORM, fine=False, text=wording.NO_PLATFORM)
    return Check(wording.PLATFORM, fine=True, text=wording.PLAYGROUND)


async def _remembered(settings: Config, now: Now, platforms: Sequence[str]) -> tuple[list[Check], Mapping[str, Known]]:
    """Look at the database, and at what it knows."""
    url = settings.storage.async_url
    try:
        check_permission(url)
        async with look_into(url, now) as database:
            async with database.connect() as conn:
                await check_writable(conn)
            known = {platform: await _known(database, platform) for platform in platforms}
    except StorageError as error:
        return [Check(wording.DATABASE, fine=False, text=str(error))], {}
    except OSError as error:
        return [Check(wording.DATABASE, fine=False, text=str(unusable(url, error)))], {}
    return [Check(wording.DATABASE, fine=True, text=wording.DATABASE_FINE)], known


async def _known(database: Database, platform: str) -> Known:
    async with database.connect() as conn:
        there = await homes(conn, platform)
    core = Core(database, FEATURES)
    programs = {program.id: program for program in there.values()}.values()
    rooms = [room for program in programs for room in await _rooms(core, program) if room.place.platform == platform]
    checks = [check for program in programs for check in await _program(core, program)]
    owners = {workspace: program.name for workspace, program in there.items()}
    return Known(owners, rooms, checks or _unseen())


async def _rooms(core: Core, program: Program) -> list[Room]:
    async with core.database.work(program.id) as work:
        spaces = await work.of(Pairings).open_spaces([one.id for one in await work.of(Pairings).going_on()])
        sides = {id_ for space in spaces for id_ in space.pairing.sides}
        people = await work.of(Members).get(sides)
    return [
        Room(
            space.place,
            wording.PAIR.format(
                mentor=people[space.pairing.mentor_id].name, mentee=people[space.pairing.mentee_id].name
            ),
        )
        for space in spaces
    ]


async def _program(core: Core, program: Program) -> list[Check]:
    try:
        async with core.at_work(program) as context:
            coordinators = len(await context.work.of(Members).with_role(Role.COORDINATOR))
            found = await status(context)
    except UserError as error:  # its figures can't be used
        return [Check(wording.PROGRAM, fine=False, text=str(error))]
    return [_contact(found), _coordinators(program, coordinators), _state(found)]


def _contact(found: Status) -> Check:
    name = found.program.name
    if found.contact is None:
        return Check(wording.CONTACT, fine=False, text=wording.NO_CONTACT.format(program=name))
    if found.contact.proven:
        return Check(wording.CONTACT, fine=True, text=wording.CONTACT_FINE.format(program=name))
    text = wording.ADDRESS_UNPROVEN if found.contact.outside else wording.MEMBER_UNPROVEN
    return Check(wording.CONTACT, fine=False, text=text.format(program=name))


def _coordinators(program: Program, number: int) -> Check:
    if number == 0:
        return Check(wording.COORDINATORS, fine=False, text=wording.NO_COORDINATOR.format(program=program.name))
    return Check(wording.COORDINATORS, fine=True, text=wording.coordinators(program.name, number))


def _state(found: Status) -> Check:
    """Whether a program has started is for its coordinators to say, so no state is wrong."""
    return Check(wording.PROGRAM, fine=True, text=wording.state(found.program, found.missing))

"""Opening a report with what is unlocked. Whether somebody may read one is decided by whether it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Asked, Context
from bot.errors import UserError
from bot.language import languages, later, spoken
from bot.reports.contents import Kind, Line, Told, pack, unpack
from bot.reports.sealing import (
    Hidden,
    Unreadable,
    by_session,
    is_public,
    public_of,
    seal,
    session_id,
    unhide,
    unseal,
    unwrap,
)
from storage.cases import Case, Cases, Entry, new_id, reader
from storage.responders import Responders

NOT_OPEN = later("This is locked again. Please unlock it once more: /mentor reports")
NOT_OPEN_TO_WRITE = later(
    "The hour in which you could write is over, and all is locked again. Nothing was kept. Please copy what you wrote, "
    "unlock once more (/mentor reports), and put it in there."
)
NOT_YOURS = later("I have no such report for you. What there is: /mentor reports")
TO_WRITE = timedelta(hours=1)
DAMAGED = later("This report doesn't open: it was changed from outside. Please tell whoever runs me.")


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A report that is open: its own secret key, what was told first, and what was said since.

    `told` is more than one only if somebody added to the database from outside. `damaged`: so many entries don't open.
    """

    case: Case
    secret: str
    told: tuple[Told, ...]
    lines: tuple[Line, ...]
    damaged: int

    @property
    def language(self) -> str:
        """In which language to write to whoever reported: theirs, as far as it is known."""
        return next((one.language for one in self.told if one.language in languages()), spoken())

    @property
    def stepped_aside(self) -> frozenset[int]:
        """Who stepped aside."""
        return frozenset(one.by for one in self.lines if one.kind is Kind.STEPPED_ASIDE and one.by is not None)


async def own_secret(asked: Asked, token: str) -> str:
    """Return the secret key of whoever asks. Raises UserError if it isn't unlocked under this token."""
    sealed = await asked.work.of(Responders).unlocked(session_id(token), asked.member.id)
    try:
        return by_session(sealed or b"", token)
    except Unreadable:
        raise UserError(NOT_OPEN) from None


async def stay_open(asked: Asked, token: str) -> None:
    """Leave whoever asks the time to fill a form in."""
    await asked.work.of(Responders).prolong(session_id(token), asked.member.id, asked.now + TO_WRITE)


async def open_case(asked: Asked, case_id: int, token: str) -> Opened:
    """Open a report, which nobody else changes until this transaction ends. Raises UserError if it doesn't open."""
    secret = await own_secret(asked, token)
    case = await asked.work.of(Cases).lock(case_id)
    if case is None:
        raise UserError(NOT_YOURS)
    return await open_with(asked, case, secret)


async def open_to_write(asked: Asked, case_id: int, token: str) -> Opened:
    """Open a report for what was written in a form. Raises UserError if its hour is over, or it doesn't open."""
    if await asked.work.of(Responders).unlocked(session_id(token), asked.member.id) is None:
        raise UserError(NOT_OPEN_TO_WRITE)
    return await open_case(asked, case_id, token)


async def open_with(asked: Asked, case: Case, secret: str) -> Opened:
    """Open a report with the secret key of whoever asks. Raises UserError if it doesn't open."""
    cases = asked.work.of(Cases)
    wrapped = await cases.wrapped(case.id, reader(asked.member.id))
    if wrapped is None:
        raise UserError(NOT_YOURS)
    try:
        own = unwrap(wrapped, secret)
    except Unreadable:
        raise UserError(DAMAGED) from None
    opened = unsealed(case, own, await cases.entries(case.id))
    if not opened.told:
        raise UserError(DAMAGED)
    return opened


def unsealed(case: Case, secret: str, entries: Sequence[Entry]) -> Opened:
    """Open the entries of a report with its own secret key."""
    told: list[Told] = []
    lines: list[Line] = []
    for entry in entries:
        try:
            content = unpack(case.id, unseal(entry.sealed, secret))
        except Unreadable:
            continue
        if isinstance(content, Told):
            told.append(content)
        else:
            lines.append(content)
    in_order = sorted(lines, key=lambda line: line.at)
    return Opened(case, secret, tuple(told), tuple(in_order), len(entries) - len(told) - len(lines))


async def add(asked: Asked, opened: Opened, entry_id: int, line: Line) -> bool:
    """Add a line to a report, sealed to it; False if it is there already."""
    sealed = seal(pack(opened.case.id, line), [public_of(opened.secret)])
    return await asked.work.of(Cases).write(opened.case.id, entry_id, sealed)


async def add_locked(context: Context, case: Case, kind: Kind, member_id: int) -> None:
    """Note in a report what somebody did without opening it: what is sealed to it needs no key.

    In one whose key was changed from outside nothing can be noted; that keeps nobody from what they do.
    """
    if not is_public(case.public):
        return
    line = Line(kind, member_id, "", context.now)
    await context.work.of(Cases).write(case.id, new_id(), seal(pack(case.id, line), [case.public]))


async def note(asked: Asked, action: str, case: Case) -> None:
    """Note in the audit log what somebody did with which report, and never what is in it."""
    await asked.work.audit.add(asked.member.key, f"responding.{action}", f"case:{case.name}")


def hidden_of(asked: Asked, case: Case) -> Hidden:
    """Return what the bot itself knows of a report. Raises UserError if it was changed from outside."""
    try:
        return unhide(asked.house.secret, case.id, case.hidden)
    except Unreadable:
        raise UserError(DAMAGED) from None


def barred(opened: Opened, hidden: Hidden) -> frozenset[int]:
    """Return who must not read a report: whoever is excluded or named in it, and whoever made it with a name."""
    excluded = {*hidden.excluded, *(id_ for told in opened.told for id_ in told.excluded)}
    made = {hidden.reporter, *(told.named for told in opened.told)}
    return frozenset(excluded) | {id_ for id_ in made if id_ is not None}

"""Responders with keys and reports that are made already, put straight into the database: for tests of all rooms."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import text as sql

from bot.people import Role
from bot.reports.contents import Line, Told, pack
from bot.reports.sealing import Cost, Hidden, hide, identity, lock, new_code, receipt, seal, wrap, wrap_for_code
from storage.cases import Case, Cases, NewCase, new_id, reader
from storage.members import Members
from storage.report_tables import OUTSIDE, RECOVERY
from storage.responders import Responders
from tests.drivers.driver import Seen
from tests.world import SECRET, World

PASSPHRASE = "copper lantern orbit meadow"
CHEAP = Cost(8, 1)  # what guards nothing, and takes no time


@dataclass(frozen=True)
class Made:
    """A report: its row, its own secret key, and the code of whoever made it."""

    case: Case
    secret: str
    code: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.case.name


async def responder(riverside: World, *users: str) -> list[str]:
    """Let these be responders, beside what they are; each has a key. Return their secret keys."""
    secrets = []
    async with riverside.database.work(1) as work:
        for user in users:
            member = (await work.of(Members).get([await riverside.member(work, user)])).popitem()[1]
            await work.of(Members).change(member.id, roles=member.roles | {Role.RESPONDER})
            secret, public = identity()
            await work.of(Responders).put_key(member.id, public, lock(secret, PASSPHRASE, CHEAP))
            secrets.append(secret)
    return secrets


async def outside_contact(riverside: World) -> tuple[str, str]:
    """Let there be an outside contact and a recovery key; return their secret keys."""
    outside, recovery = identity(), identity()
    async with riverside.database.work(1) as work:
        await work.of(Responders).put_contact(outside=outside[1], recovery=recovery[1])
    return outside[0], recovery[0]


async def reported(
    riverside: World,
    told: Told | str = "What happened",
    *,
    readers: Collection[str] = ("ravi",),
    by: str | None = None,
    excluded: Collection[str] = (),
    danger: bool = False,
) -> Made:
    """Let somebody have made a report, `by` whom with a name; these may read it, and the recovery key if there is one.

    All responders were named to whoever made it.
    """
    first = Told("other", told) if isinstance(told, str) else told
    secret, public = identity()
    code, case_id = new_code(), new_id()
    async with riverside.database.work(1) as work:
        out = tuple([await riverside.member(work, user) for user in excluded])
        reporter = await riverside.member(work, by) if by else None
        first = replace(first, named=reporter, excluded=out, danger=danger)
        keys = {key.member_id: key.public for key in await work.of(Responders).keys()}
        may = [await riverside.member(work, user) for user in readers if user not in (OUTSIDE, RECOVERY)]
        wraps = {reader(id_): wrap(secret, keys[id_]) for id_ in may}
        contact = await work.of(Responders).contact()
        if contact.recovery:
            wraps[RECOVERY] = wrap(secret, contact.recovery)
        if contact.outside and OUTSIDE in readers:
            wraps[OUTSIDE] = wrap(secret, contact.outside)
        hidden = Hidden(reporter, out, tuple(keys), outside=OUTSIDE in readers, danger=danger)
        sealed = hide(SECRET, case_id, hidden)
        new = NewCase(case_id, public, receipt(code), wrap_for_code(secret, code), sealed, told=danger)
        case = await work.of(Cases).add(new, wraps, new_id(), seal(pack(case_id, first), [public]))
    assert case is not None
    return Made(case, secret, code)


async def said(riverside: World, made: Made, line: Line) -> None:
    """Let something have been said in a report."""
    async with riverside.database.work(1) as work:
        sealed = seal(pack(made.case.id, line), [made.case.public])
        await work.of(Cases).write(made.case.id, new_id(), sealed)
        await work.of(Cases).change(made.case.id, told=False)


async def case_of(riverside: World, made: Made) -> Case:
    """Return how a report stands by now."""
    async with riverside.database.work(1) as work:
        return (await work.of(Cases).get([made.case.id]))[made.case.id]


async def unlocks(riverside: World, user: str = "ravi", passphrase: str = PASSPHRASE) -> Seen:
    """Unlock, as somebody does it; return the list of what opens."""
    shown = await riverside.driver.commands(user, "/mentor reports")
    form = (await riverside.driver.presses(user, "Unlock …", shown)).form
    assert form is not None
    return await riverside.driver.submits(user, form, {"passphrase": passphrase})


async def opens(riverside: World, made: Made, user: str = "ravi") -> Seen:
    """Unlock and open a report."""
    return await riverside.driver.presses(user, f"Open {made.name}", await unlocks(riverside, user))


async def writes(
    riverside: World, on: Seen, button: str, text: str, user: str = "ravi", beginning: str = "In my own words"
) -> Seen:
    """Press a button, begin as is wished, write, and send it."""
    shown = await riverside.driver.presses(user, button, on)
    if shown.form is None:
        shown = await riverside.driver.presses(user, beginning, shown)
    assert shown.form is not None
    return await riverside.driver.submits(user, shown.form, {"text": text})


async def audited(riverside: World) -> list[tuple[str, str]]:
    """Return what responders did and in which report, oldest first."""
    query = sql("SELECT action, subject FROM audit WHERE action LIKE 'responding.%' ORDER BY id")
    async with riverside.database.connect() as conn:
        return [(row.action.removeprefix("responding."), row.subject) for row in await conn.execute(query)]


async def whole(riverside: World, shown: Seen, user: str = "ravi") -> str:
    """Read on to a report's last page; return all of it."""
    text = shown.text
    while "Go on reading" in shown.buttons:
        shown = await riverside.driver.presses(user, "Go on reading", shown)
        text += "\n" + shown.text
    return text

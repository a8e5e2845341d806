"""How a test makes a report, as somebody does, and reads what was sealed, as a responder's key can."""

import re
from dataclasses import dataclass

from bot.people import Role
from bot.reports.contents import Content, unpack
from bot.reports.sealing import Cost, identity, lock, unseal, unwrap
from bot.responding import hour
from storage.cases import Case, Cases, reader
from storage.members import Members
from storage.responders import Responders
from tests.drivers.driver import Seen, SeenForm
from tests.world import World

CHEAP = Cost(8, 1)
PASSPHRASE = "correct horse battery staple"
WHAT = "He asked me for money after our session, twice"
WHO = {"must_not": "nobody", "others": "", "named": "no", "danger": "no", "reach": ""}
WRITTEN = {"kind": "money", "what": WHAT, "concerned": "", "when": "", "wish": ""}
CODE = re.compile(r"\d{5}( \d{5}){4}")


@dataclass
class Keys:
    """Secret keys of responders, by user."""

    secrets: dict[str, str]
    ids: dict[str, int]


async def responders(world: World, *users: str) -> Keys:
    """Let people answer reports, each with a key, the first one as the main reader."""
    keys = Keys({}, {})
    async with world.database.work(1) as work:
        for user in users:
            secret, public = identity()
            id_ = await world.member(work, user)
            member = (await work.of(Members).get([id_]))[id_]
            await work.of(Members).change(id_, roles=member.roles | {Role.RESPONDER})
            await work.of(Responders).put_key(id_, public, lock(secret, PASSPHRASE, CHEAP))
            keys.secrets[user], keys.ids[user] = secret, id_
    (program, *_) = await world.core.programs()
    async with world.core.at_work(program) as context:
        await hour.begin(context)
    return keys


async def opens(world: World, user: str, button: str, on: Seen | None = None) -> SeenForm:
    """Press a button that opens a form."""
    happened = await world.driver.presses(user, button, on)
    assert happened.form is not None, happened
    return happened.form


async def writes(world: World, user: str = "lena", who: dict[str, str] | None = None, **said: str) -> Seen:
    """Write a report, up to what is shown before it is sent."""
    first = await world.driver.commands(user, "/mentor report")
    asked = await opens(world, user, "Write", first)
    happened = await world.driver.submits(user, asked, {**WHO, **(who or {})})
    assert happened.form is not None, happened
    return await world.driver.submits(user, happened.form, {**WRITTEN, **said})


async def sends(world: World, review: Seen, user: str = "lena") -> tuple[str, Seen]:
    """Type the last digits of the code, and send; return the code and what is answered."""
    code = code_in(review)
    form = await opens(world, user, "Send", review)
    return code, await world.driver.submits(user, form, {"digits": code[-5:]})


async def reports(world: World, user: str = "lena", who: dict[str, str] | None = None, **said: str) -> str:
    """Make a report; return its code."""
    code, _ = await sends(world, await writes(world, user, who, **said), user)
    return code


async def looks(world: World, code: str, user: str = "lena") -> Seen:
    """Look with a code."""
    form = await opens(world, user, "reports.look")
    return await world.driver.submits(user, form, {"code": code})


def code_in(review: Seen) -> str:
    """Return the code that is shown."""
    found = CODE.search(review.text)
    assert found is not None, review.text
    return found[0]


async def the_case(world: World) -> Case:
    """Return the only case."""
    async with world.database.work(1) as work:
        (case,) = await work.of(Cases).every()
    return case


async def read(world: World, keys: Keys, user: str) -> list[Content]:
    """Return what a responder's key opens of the only case. Raises LookupError if nothing is wrapped for them."""
    case = await the_case(world)
    async with world.database.work(1) as work:
        wrapped = await work.of(Cases).wrapped(case.id, reader(keys.ids[user]))
        entries = await work.of(Cases).entries(case.id)
    if wrapped is None:
        raise LookupError(user)
    secret = unwrap(wrapped, keys.secrets[user])
    return [unpack(case.id, unseal(entry.sealed, secret)) for entry in entries]

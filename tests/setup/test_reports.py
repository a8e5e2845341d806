"""Who answers private reports: coordinators arrange it, and Start waits for it or for their knowing no."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.people import Role
from bot.reports.sealing import identity
from tests.drivers.driver import Seen, SeenForm
from tests.platforms import on_each_platform
from tests.reports.making import responders
from tests.setup.empty import add, coordinator, pair, prove_contact
from tests.storage.tables import every_row
from tests.world import World, world

SECRET, PUBLIC = identity()
OUTSIDE = "Dr. Haddad, 555 0199"


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program in which only the answering of reports is missing."""
    async with world(database_url, tmp_path, empty=True) as opened:
        await coordinator(opened)
        await pair(opened)
        await prove_contact(opened)
        yield opened


async def looks(there: World) -> Seen:
    """Look who answers."""
    return await there.driver.commands("rosa", "/mentor-admin reports")


async def form_of(there: World, user: str = "rosa") -> SeenForm:
    """Open the form for the outside contact's key."""
    form = (await there.driver.presses(user, "setup.outside")).form
    assert form is not None
    return form


async def set_key(there: World, key: str) -> Seen:
    """Give the outside contact a key."""
    return await there.driver.submits("rosa", await form_of(there), {"key": key})


async def name_outside(there: World) -> None:
    """Say who the outside contact is, in the settings."""
    shown = await looks(there)
    form = (await there.driver.presses("rosa", "Name, country, number …", shown)).form
    assert form is not None
    tried = await there.driver.submits("rosa", form, {"outside": OUTSIDE})
    assert "Change it" in tried.buttons, tried.text
    await there.driver.presses("rosa", "Change it", tried)


async def actions(there: World) -> set[str]:
    """Return what is in the audit log of all this."""
    async with there.database.connect() as conn:
        noted = {row.action for row in await conn.execute(sql("SELECT action FROM audit"))}
    return noted & {"setup.go_without", "setup.not_without", "setup.outside_key"}


@on_each_platform
async def test_all_that_start_waits_for(empty: World) -> None:
    """Two responders with keys, an outside contact with a name and a key: each shows as it comes."""
    assert "○ Nobody answers reports yet" in (await looks(empty)).text
    await add(empty, "ravi", "Ravi Menon", Role.RESPONDER)
    await add(empty, "noor", "Noor Haddad", Role.RESPONDER)
    assert "○ Ravi Menon has no key yet" in (await looks(empty)).text
    await responders(empty, "ravi", "noor")
    shown = await looks(empty)
    assert "✓ Ravi Menon has a key, and reads first." in shown.texts
    assert "✓ Noor Haddad has a key, and reads when those above are away or can't." in shown.texts
    missing = await empty.asks("rosa", "/mentor-admin start")
    assert "What is missing: two responders with a key and an outside contact, for private reports." in missing
    taken = await set_key(empty, f"  {PUBLIC} ")
    assert f"{PUBLIC[:8]}…{PUBLIC[-8:]}" in taken.text
    assert "members don't know yet who that is" in (await looks(empty)).text
    assert "What is missing: two responders" in await empty.asks("rosa", "/mentor-admin start")
    await name_outside(empty)
    shown = await looks(empty)
    assert f"✓ Outside contact: {OUTSIDE}. Their key: {PUBLIC[:8]}…{PUBLIC[-8:]}" in shown.texts
    assert "All is there: whomever a report is about, somebody can read it." in shown.texts
    assert "Start Riverside Mentoring with" in await empty.asks("rosa", "/mentor-admin start")
    assert OUTSIDE in await empty.asks("lena", "/mentor report")


async def test_trying_out_needs_none_of_it(empty: World) -> None:
    """Nothing reaches anybody then, so nobody has to answer."""
    assert "I'm trying it out" in await empty.asks("rosa", "/mentor-admin shadow")


async def test_going_on_without(empty: World) -> None:
    """It is said in plain words what that means; it is noted who decided it, and can be taken back."""
    question = await empty.driver.presses("rosa", "Go on without …", await looks(empty))
    assert "Nobody can read a report, so I take none" in question.text
    assert "turn to the contact for worries, Rosa Delgado, or a coordinator" in question.text
    assert set() == await actions(empty)
    done = await empty.driver.presses("rosa", "Go on without", question)
    assert "A coordinator decided to go on without it." in done.text
    assert "it was decided to go on" in await empty.asks("rosa", "/mentor-admin setup")
    assert "Start Riverside Mentoring with" in await empty.asks("rosa", "/mentor-admin start")
    back = await empty.driver.presses("rosa", "No longer go on without", done)
    assert "Start waits for 2 responders" in back.text
    assert {"setup.go_without", "setup.not_without"} == await actions(empty)
    assert "What is missing: two responders" in await empty.asks("rosa", "/mentor-admin start")


async def test_what_one_reader_means(empty: World) -> None:
    """With one who reads, and nobody outside, a report about them has no one to go to."""
    await add(empty, "ravi", "Ravi Menon", Role.RESPONDER)
    await responders(empty, "ravi")
    question = await empty.driver.presses("rosa", "Go on without …", await looks(empty))
    assert "Only Ravi Menon reads reports. While Ravi Menon is away or ill, nobody reads them." in question.text
    assert "A report about the one who reads" in question.text


async def test_who_reads_first(empty: World) -> None:
    """A press moves somebody to the top, and the same press again changes nothing; reporters see it so."""
    for user, name in (("ravi", "Ravi Menon"), ("noor", "Noor Haddad")):
        await add(empty, user, name, Role.RESPONDER)
    await responders(empty, "ravi", "noor")
    assert "It's read by Ravi Menon, or by Noor Haddad" in await empty.asks("lena", "/mentor report")
    shown = await looks(empty)
    for _ in range(2):
        moved = await empty.driver.presses("rosa", "Noor Haddad first", shown)
        assert "✓ Noor Haddad has a key, and reads first." in moved.texts
    assert "It's read by Noor Haddad, or by Ravi Menon" in await empty.asks("lena", "/mentor report")
    assert "from an older message" in await empty.presses("rosa", "setup.reads_first:1")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (SECRET, "This is a secret key."),
        (PUBLIC[:-1], "isn't a public key of age"),
        ("Dr. Haddad", "isn't a public key of age"),
    ],
    ids=["secret", "cut off", "a name"],
)
async def test_what_is_no_public_key(empty: World, typed: str, says: str) -> None:
    """It is said beside the field, and nothing of it is kept or shown."""
    wrong = await set_key(empty, typed)
    assert says in wrong.errors["key"]
    assert SECRET[20:] not in repr(wrong) + repr(await every_row(empty.database, noted=True))
    assert set() == await actions(empty)


async def test_others_learn_that_the_key_was_changed(empty: World) -> None:
    """Responders and the other coordinators: whoever has it reads what nobody else may. A second time, no one."""
    await add(empty, "ravi", "Ravi Menon", Role.RESPONDER)
    await add(empty, "noor", "Noor Haddad", Role.COORDINATOR)
    for _ in range(2):
        await set_key(empty, PUBLIC)
    for user in ("ravi", "noor"):
        (told,) = await empty.inbox(user)
        assert "Rosa Delgado has changed the key of the outside contact" in told.text
        assert f"{PUBLIC[:8]}…{PUBLIC[-8:]}" in told.text
    assert "has no key any more" in (await set_key(empty, "")).text
    assert "○ Outside contact: nobody yet." in (await looks(empty)).text


async def test_the_way_in_for_everybody(empty: World) -> None:
    """From help, from the contact and from the welcome: the same words for all, which tell nothing."""
    for line in ("/mentor help", "/mentor contact"):
        shown = await empty.driver.commands("lena", line)
        assert "Tell somebody you can trust" in await empty.presses("lena", "You have a worry?", shown)
    await empty.presses("rosa", "setup.go_without")
    await empty.presses("rosa", "setup.start_now")
    welcome = (await empty.inbox("lena"))[-1]
    assert "Welcome to Riverside Mentoring" in welcome.text
    assert "Tell somebody you can trust" in await empty.presses("lena", "You have a worry?", welcome)

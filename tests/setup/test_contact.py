"""The contact for worries, and the proof that they can be reached."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people import Role
from storage.members import Members
from storage.settings import Settings
from tests.platforms import on_each_platform
from tests.setup.empty import add, coordinator, pair
from tests.world import World, world

CONTACT = "/mentor-admin contact"


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program with a coordinator and a pair."""
    async with world(database_url, tmp_path, empty=True) as opened:
        await coordinator(opened)
        await pair(opened)
        yield opened


async def code_for(there: World, address: str) -> str:
    """Name an address as the contact; return the code that is to be sent there."""
    found = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", await there.asks("rosa", f"{CONTACT} {address}"))
    assert found is not None
    return found[0]


async def how(there: World) -> str:
    """Return what the list says about the contact."""
    seen = await there.driver.commands("rosa", "/mentor-admin setup")
    return next(text for text in seen.texts if "Contact for worries" in text)


@on_each_platform
@pytest.mark.parametrize("named", ["@amara", "Amara Okafor", "amara okafor", "@Amara Okafor"])
async def test_a_member_says_yes(empty: World, named: str) -> None:
    """Before Start too they get a message with a button; pressed, they are the contact."""
    assert "I've asked Amara Okafor" in await empty.asks("rosa", f"{CONTACT} {named}")
    assert "hasn't pressed the button" in await how(empty)
    (question,) = await empty.inbox("amara")
    assert "Rosa Delgado named you as the contact for worries" in question.text
    assert "named no contact for worries yet" in await empty.asks("lena", "/mentor contact")
    assert "You're the contact for worries" in await empty.presses("amara", "Yes, I'm the contact", question)
    assert "✓ Contact for worries: Amara Okafor" in await how(empty)
    assert "turn to Amara Okafor" in await empty.asks("lena", "/mentor contact")
    assert "is the contact already" in await empty.asks("rosa", f"{CONTACT} {named}")
    (answered,) = await empty.inbox("amara")
    assert ("✓ Yes, I'm the contact", {}, True) == (answered.texts[1], answered.buttons, answered.edited)


async def test_who_named_the_contact_learns_of_the_yes(empty: World) -> None:
    """They get one line, however often the button is pressed; other coordinators don't."""
    await add(empty, "ravi", "Ravi Menon", Role.COORDINATOR)
    await empty.asks("rosa", f"{CONTACT} @amara")
    (question,) = await empty.inbox("amara")
    for _ in range(2):
        answer = await empty.presses("amara", "Yes, I'm the contact", question)
        assert "✓ Yes, I'm the contact\nThank you" in answer
    (told,) = await empty.inbox("rosa")
    assert "Amara Okafor said yes, and is the contact for worries in Riverside Mentoring now." in told.text
    assert "✓ Contact for worries" in await empty.presses("rosa", "Back to the set-up", told)
    assert [] == await empty.inbox("ravi")


@pytest.mark.parametrize(("user", "told"), [("lena", 1), ("noor", 1), ("ravi", 1), ("rosa", 0)])
async def test_who_named_an_address_learns_that_it_answers(empty: World, user: str, told: int) -> None:
    """Whoever typed the code, unless it was themself."""
    await add(empty, "ravi", "Ravi Menon", Role.COORDINATOR)
    code = await code_for(empty, "help@example.org")
    await empty.asks(user, f"/mentor contact {code}")
    lines = [seen.texts[0] for seen in await empty.inbox("rosa")]
    expected = "The code came back from help@example.org: it is the contact for worries in Riverside Mentoring now."
    assert [expected] * told == lines
    assert [] == await empty.inbox("ravi")


async def test_who_named_the_contact_is_no_coordinator_any_more(empty: World) -> None:
    """Then those who are get the line."""
    ravi = await add(empty, "ravi", "Ravi Menon", Role.COORDINATOR)
    await empty.asks("ravi", f"{CONTACT} @amara")
    (question,) = await empty.inbox("amara")
    (program,) = await empty.core.programs()
    async with empty.core.at_work(program) as context:
        await context.work.of(Members).change(ravi, roles=frozenset({Role.MENTOR}))
    await empty.presses("amara", "Yes, I'm the contact", question)
    assert (1, 0) == (len(await empty.inbox("rosa")), len(await empty.inbox("ravi")))


async def test_nobody_else_can_say_yes(empty: World) -> None:
    """The button is the one's who was asked, and an old one is no longer anybody's."""
    await empty.asks("rosa", f"{CONTACT} @amara")
    (question,) = await empty.inbox("amara")
    action = question.buttons["Yes, I'm the contact"]
    assert "from an older message" in await empty.presses("lena", action)
    await empty.asks("rosa", f"{CONTACT} @lena")
    assert "from an older message" in await empty.presses("amara", action)
    assert "○ Contact for worries: Lena Vogt" in await how(empty)


@on_each_platform
async def test_an_address_answers(empty: World) -> None:
    """The code that was sent there proves it when a coordinator types it; it works once."""
    code = await code_for(empty, "help@example.org")
    assert "help@example.org, not proven yet" in await how(empty)
    typed = code.lower().replace("-", " ")
    assert "help@example.org can be reached" in await empty.asks("rosa", f"{CONTACT} {typed}")
    assert "✓ Contact for worries: help@example.org" in await how(empty)
    assert "used already" in await empty.asks("rosa", f"{CONTACT} {code}")
    assert "turn to help@example.org" in await empty.asks("amara", "/mentor contact")


@pytest.mark.parametrize("user", ["ravi", "lena"])
async def test_whoever_is_there_can_type_the_code(empty: World, user: str) -> None:
    """A member, and somebody in the workspace who is none."""
    code = await code_for(empty, "help@example.org")
    assert "I don't know this code" in await empty.asks(user, "/mentor contact ABCDE-FGHJK")
    assert "help@example.org can be reached" in await empty.asks(user, f"/mentor contact {code}")
    assert "✓ Contact for worries" in await how(empty)


async def test_who_is_no_member_learns_nothing_without_a_code(empty: World) -> None:
    """Not even who the contact is."""
    assert "I don't know you yet" in await empty.asks("ravi", "/mentor contact")


async def test_another_contact_is_not_proven(empty: World) -> None:
    """An old code proves nothing of a new address, and whoever was proven is no longer it."""
    old = await code_for(empty, "help@exmaple.org")
    new = await code_for(empty, "help@example.org")
    assert "no longer valid" in await empty.asks("rosa", f"{CONTACT} {old}")
    await empty.asks("rosa", f"{CONTACT} {new}")
    await empty.asks("rosa", f"{CONTACT} @amara")
    assert "○ Contact for worries: Amara Okafor" in await how(empty)


async def test_a_code_that_is_too_old(empty: World) -> None:
    """After two weeks another one is needed."""
    code = await code_for(empty, "help@example.org")
    await empty.passes(days=14)
    assert "no longer valid" in await empty.asks("rosa", f"{CONTACT} {code}")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("help@", "doesn't look like an address"),
        ("help@example", "doesn't look like an address"),
        ("help@example..org", "doesn't look like an address"),
        ("a" * 300 + "@example.org", "doesn't look like an address"),
        ("@ravi", 'I know no member called "@ravi"'),
        ("@nobody", "/mentor-admin add"),
        ("Nobody Here", "I know no member"),
        ("\u202enoor", "I know no member"),
    ],
)
async def test_who_can_be_no_contact(empty: World, typed: str, answer: str) -> None:
    """Whoever can't be asked: it is said what would be right."""
    assert answer in await empty.asks("rosa", f"{CONTACT} {typed}")
    assert "nobody yet" in await how(empty)


async def test_two_of_one_name(empty: World) -> None:
    """They are told apart by a mention."""
    await add(empty, "noor", "Lena Vogt")
    assert 'Several members are called "lena vogt"' in await empty.asks("rosa", f"{CONTACT} lena vogt")
    assert "I've asked Lena Vogt" in await empty.asks("rosa", f"{CONTACT} @noor")


async def test_a_name_that_looks_like_a_code(empty: World) -> None:
    """Ten letters may be somebody's name."""
    await add(empty, "noor", "Vera Baxter")
    assert "I've asked Vera Baxter" in await empty.asks("rosa", f"{CONTACT} Vera Baxter")
    assert 'I know no member called "@verabaxter"' in await empty.asks("rosa", f"{CONTACT} @verabaxter")


async def test_how_it_stands(empty: World) -> None:
    """The command alone tells a coordinator."""
    assert "no contact for worries yet" in await empty.asks("rosa", CONTACT)
    await empty.asks("rosa", f"{CONTACT} @amara")
    assert "hasn't answered yet" in await empty.asks("rosa", CONTACT)
    (question,) = await empty.inbox("amara")
    await empty.presses("amara", "Yes, I'm the contact", question)
    assert "who can be reached" in await empty.asks("rosa", CONTACT)


async def test_somebody_who_is_being_forgotten(empty: World) -> None:
    """Who leaves at the moment in which they are named is not the contact, and the answer says why."""
    async with empty.database.work(1) as work:
        await work.of(Settings).lock()
        (lena,) = [one for one in await work.of(Members).every() if one.name == "Lena Vogt"]
        await work.of(Members).change(lena.id, active=False)
        asked = asyncio.create_task(empty.asks("rosa", f"{CONTACT} @lena"))
        await asyncio.wait([asked], timeout=1)
    assert "Lena" not in await how(empty)
    assert "I've asked" not in await asked

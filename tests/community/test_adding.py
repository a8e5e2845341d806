"""A coordinator adds people of the platform."""

import asyncio

from bot.people import Role
from tests.community.town import members, roles, zone
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.storage.tables import changed, every_row
from tests.world import World


async def test_one_person(there: World) -> None:
    """Name, zone and language come from the platform, but for a zone that it doesn't tell; the card is shown."""
    answer = await there.asks("rosa", "/mentor-admin add @tomas mentor")
    assert "Tomás Berg is in the program now." in answer
    assert f"Time zone: {zone(there, 'Europe/Madrid')}" in answer
    assert frozenset({Role.MENTOR}) == await roles(there, "Tomás Berg")
    assert "I help mentors" in await there.asks("tomas", "/mentor help")


@on_each_platform
async def test_several_people_and_roles_at_once(there: World) -> None:
    """Names and roles stand in any order, with filling words between them."""
    answer = await there.asks("rosa", "/mentor-admin add @tomas, @mei as mentee and coordinator")
    assert "Added: Tomás Berg and 梅 Mei 🌱. Role: mentee and coordinator." in answer
    for name in ("Tomás Berg", "梅 Mei 🌱"):
        assert frozenset({Role.MENTEE, Role.COORDINATOR}) == await roles(there, name)


async def test_the_role_as_an_option(there: World) -> None:
    """Platforms with typed options give the role by itself."""
    await there.asks("rosa", "/mentor-admin add who @tomas role mentor responder")
    assert frozenset({Role.MENTOR, Role.RESPONDER}) == await roles(there, "Tomás Berg")


@on_each_platform
async def test_a_form_when_nothing_is_named(there: World) -> None:
    """The form takes accounts and names, and says beside its fields what it can't find."""
    form = (await there.driver.commands("rosa", "/mentor-admin add")).form
    assert form is not None
    wrong = await there.driver.submits("rosa", form, {"people": "@tomas\n@nobodyy", "roles": "mentor"})
    assert ["people"] == list(wrong.errors)
    assert '"@nobodyy"' in wrong.errors["people"]
    right = await there.driver.submits("rosa", form, {"people": "Tomás Berg, @mei p1", "roles": "mentor,mentee"})
    assert "Added: Tomás Berg, 梅 Mei 🌱 and Person 01" in right.text
    form = (await there.driver.commands("rosa", "/mentor-admin add")).form
    assert form is not None
    empty = await there.driver.submits("rosa", form, {"people": " ", "roles": ""})
    assert {"people", "roles"} == set(empty.errors)


async def test_somebody_who_is_there_already(there: World) -> None:
    """A member is said to be one, with the card; nothing is changed."""
    before = await every_row(there.database)
    answer = await there.asks("rosa", "/mentor-admin add @amara mentor")
    assert "Amara Okafor is in the program already. Nothing was changed." in answer
    assert "Mentor of Lena Vogt and Noor Haddad" in answer
    other = await there.asks("rosa", "/mentor-admin add @amara responder")
    assert "already, as mentor. Nothing was changed; with Change you can add the role responder." in other
    assert set() == changed(before, await every_row(there.database))


@on_each_platform
async def test_who_and_what_is_unknown(there: World) -> None:
    """Each word that is nobody and no role is told with a guess, and nobody is added."""
    before = await every_row(there.database)
    answer = await there.asks("rosa", "/mentor-admin add @tomas @lenna mentr")
    assert 'I can\'t find "@lenna" here' in answer
    assert there.ids_are_handles is ("Did you mean @lena?" in answer)
    assert 'I can\'t find "mentr" here. Did you mean mentor?' in answer
    assert "As what shall I add them?" in await there.asks("rosa", "/mentor-admin add @tomas")
    assert "Whom shall I add?" in await there.asks("rosa", "/mentor-admin add mentor")
    assert set() == changed(before, await every_row(there.database))


async def test_unusual_people(there: World) -> None:
    """Names of 80 characters, from right to left and with emoji; a zone that the platform invents is left out."""
    await there.asks("rosa", "/mentor-admin add @long @yusuf @mei @nozone mentee")
    found = await members(there)
    assert {"L" * 80, "يوسف الخطيب", "梅 Mei 🌱", "Nora Nowhere"} <= set(found)
    assert "UTC" == found["Nora Nowhere"].zone


async def test_coming_back(there: World) -> None:
    """Somebody who was deactivated is brought back by a button, in the role that was asked for, with their history."""
    card = await there.driver.commands("rosa", "/mentor-admin person @ravi")
    await there.driver.presses("rosa", "Yes, deactivate", await there.driver.presses("rosa", "Deactivate", card))
    asked = await there.driver.commands("rosa", "/mentor-admin add @ravi mentee")
    assert "Shall I bring them back as mentee?" in asked.text
    assert not (await members(there))["Ravi Menon"].active
    back = await there.driver.presses("rosa", "Bring Ravi Menon back", asked)
    assert "Ravi Menon is back in the program" in back.text
    assert frozenset({Role.MENTEE}) == await roles(there, "Ravi Menon")
    again = await there.driver.presses("rosa", "Bring Ravi Menon back", asked)
    assert "Ravi Menon is in the program. Nothing was changed." in again.text


async def test_some_new_some_there_some_gone(there: World) -> None:
    """Of several people each one's case is told."""
    card = await there.driver.commands("rosa", "/mentor-admin person @ravi")
    await there.driver.presses("rosa", "Yes, deactivate", await there.driver.presses("rosa", "Deactivate", card))
    answer = await there.driver.commands("rosa", "/mentor-admin add @tomas @lena @ravi mentee")
    assert "Added: Tomás Berg. Role: mentee." in answer.text
    assert "Lena Vogt was in the program already (mentee)" in answer.text
    assert "Ravi Menon was deactivated. Shall I bring them back as mentee?" in answer.text
    assert ["Bring Ravi Menon back", "Tomás Berg", "Lena Vogt"] == list(answer.buttons)


@at_once
async def test_two_coordinators_add_the_same_people_at_once(there: World) -> None:
    """Everybody is added once, whoever was first."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    everyone = " ".join(f"@p{number}" for number in range(1, 31))
    answers = await asyncio.gather(
        *(there.driver.commands(user, f"/mentor-admin add {everyone} mentee") for user in ("rosa", "mei") * 2)
    )
    added = [answer for answer in answers if "Added:" in answer.text]
    assert 1 == len(added)
    names = [name for name in (await members(there)) if name.startswith("Person")]
    assert 30 == len(names)
    async with there.database.work(1) as work:
        rows = await work.conn.exec_driver_sql("SELECT count(*) FROM member")
        assert 5 + 1 + 30 == rows.scalar_one()


async def test_nobody_is_told_before_the_start(there: World) -> None:
    """Whoever is added gets no message from it."""
    await there.asks("rosa", "/mentor-admin add @tomas @lena mentor")
    await there.passes(days=3)
    assert [] == await there.inbox("tomas")

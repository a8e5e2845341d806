"""What a coordinator changes about somebody; who leaves and comes back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import SetClock
from bot.members.wording import OTHERS, STRANGER
from bot.people import Role
from storage.due import due
from storage.members import Members
from storage.programs import State
from storage.rests import Rests
from tests.community.town import members, roles, town
from tests.databases import at_once
from tests.drivers.driver import Seen, SeenForm
from tests.platforms import on_each_platform
from tests.storage.tables import changed, every_row
from tests.world import NOOR, World


async def form_about(there: World, user: str, by: str = "rosa") -> SeenForm:
    """Open the form in which somebody is changed."""
    card = await there.driver.commands(by, f"/mentor-admin person @{user}")
    form = (await there.driver.presses(by, "Change", card)).form
    assert form is not None
    return form


async def deactivates(there: World, user: str, by: str = "rosa") -> Seen:
    """Deactivate somebody; return the last answer."""
    card = await there.driver.commands(by, f"/mentor-admin person @{user}")
    asked = await there.driver.presses(by, "Deactivate", card)
    return await there.driver.presses(by, "Yes, deactivate", asked)


async def brings_back(there: World, user: str, by: str = "rosa") -> Seen:
    """Bring somebody back; return the answer."""
    card = await there.driver.commands(by, f"/mentor-admin person @{user}")
    return await there.driver.presses(by, "Bring back", card)


async def test_the_form_is_prefilled(there: World) -> None:
    """It shows what is so; sent off as it is, it changes nothing."""
    form = await form_about(there, "lena")
    assert {"name": "Lena Vogt", "roles": "mentee", "zone": "UTC", "country": ""} == form.values
    before = await every_row(there.database)
    assert "Nothing was different" in (await there.driver.submits("rosa", form, {})).text
    assert set() == changed(before, await every_row(there.database))


@on_each_platform
async def test_a_change(there: World) -> None:
    """Name, roles, zone and country are taken as people write them."""
    wanted = {"name": " Lena  Vogt-Meyer ", "roles": "mentee,responder", "zone": "europe/berlin", "country": "Germany"}
    answer = await there.driver.submits("rosa", await form_about(there, "lena"), wanted)
    assert "Changed." in answer.text
    assert "Country: Germany (DE)" in answer.text
    lena = (await members(there))["Lena Vogt-Meyer"]
    assert ("Europe/Berlin", "DE", frozenset({Role.MENTEE, Role.RESPONDER})) == (lena.zone, lena.country, lena.roles)


@on_each_platform
async def test_what_cannot_be_is_said_beside_its_field(there: World) -> None:
    """Each wrong value is told with what would be right; nothing is changed."""
    form = await form_about(there, "lena")
    wrong = {"name": "x" * 81, "roles": "king", "zone": "Europe/Berlinn", "country": "Germny"}
    errors = (await there.driver.submits("rosa", form, wrong)).errors
    assert "81 characters" in errors["name"]
    assert "at least one of" in errors["roles"]
    assert "Did you mean Europe/Berlin?" in errors["zone"]
    assert "Did you mean Germany?" in errors["country"]
    gone = (await there.driver.submits("rosa", form, {"roles": "responder"})).errors
    assert "needed in it as mentee" in gone["roles"]
    assert frozenset({Role.MENTEE}) == await roles(there, "Lena Vogt")


async def test_two_coordinators_change_the_same_person(there: World) -> None:
    """The second one is told how it stands by now, and nothing of the first one's is lost."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    hers, other = await form_about(there, "lena"), await form_about(there, "lena", "mei")
    await there.driver.submits("rosa", hers, {"zone": "Europe/Berlin"})
    late = await there.driver.submits("mei", other, {"name": "Lena V."})
    assert "Somebody else changed this meanwhile. It is now: Lena Vogt, mentee, Europe/Berlin" in late.wrong
    assert "Europe/Berlin" == (await members(there))["Lena Vogt"].zone


async def test_the_last_coordinator_stays(there: World) -> None:
    """Nobody can take the last coordinator away, neither the role nor the person."""
    card = await there.driver.commands("rosa", "/mentor-admin person @rosa")
    first = "Please make somebody else a coordinator first."
    assert first in (await there.driver.presses("rosa", "Deactivate", card)).text
    errors = (await there.driver.submits("rosa", await form_about(there, "rosa"), {"roles": "mentor"})).errors
    assert first in errors["roles"]
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    assert "This is you" in (await there.driver.presses("rosa", "Deactivate", card)).text
    assert "is deactivated" in (await deactivates(there, "rosa")).text
    assert STRANGER == await there.asks("rosa", "/mentor-admin people")


@at_once
async def test_two_coordinators_deactivate_each_other_at_once(there: World) -> None:
    """One of them stays."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    ids = {name: member.id for name, member in (await members(there)).items()}
    answers = await asyncio.gather(
        there.driver.presses("rosa", f"community.deactivate_now:{ids['梅 Mei 🌱']}"),
        there.driver.presses("mei", f"community.deactivate_now:{ids['Rosa Delgado']}"),
    )
    assert 1 == sum("is deactivated. They aren't told." in answer.text for answer in answers)
    found = await members(there)
    assert 1 == sum(found[name].active for name in ("Rosa Delgado", "梅 Mei 🌱"))


@at_once
async def test_two_coordinators_take_each_others_role_at_once(there: World) -> None:
    """One of them stays a coordinator."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    one, other = await form_about(there, "mei"), await form_about(there, "rosa", "mei")
    await asyncio.gather(
        there.driver.submits("rosa", one, {"roles": "mentee"}),
        there.driver.submits("mei", other, {"roles": "mentee"}),
    )
    found = (await members(there)).values()
    assert 1 == sum(Role.COORDINATOR in member.roles for member in found)


async def test_two_coordinators_deactivate_somebody_at_once(there: World) -> None:
    """The second one is told how it stands."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    card = await there.driver.commands("mei", "/mentor-admin person @lena")
    asked = await there.driver.presses("mei", "Deactivate", card)
    await deactivates(there, "lena")
    assert "deactivated already" in (await there.driver.presses("mei", "Yes, deactivate", asked)).text


async def test_a_coordinator_no_longer(there: World) -> None:
    """Whoever has lost the role can't go on with what they had open."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    card = await there.driver.commands("mei", "/mentor-admin person @lena")
    asked = await there.driver.presses("mei", "Deactivate", card)
    await there.driver.submits("rosa", await form_about(there, "mei"), {"roles": "mentee"})
    assert OTHERS == (await there.driver.presses("mei", "Yes, deactivate", asked)).text
    assert (await members(there))["Lena Vogt"].active


async def test_what_follows_is_said_before(there: World) -> None:
    """Deactivating is asked about, and can be left."""
    card = await there.driver.commands("rosa", "/mentor-admin person @amara")
    asked = await there.driver.presses("rosa", "Deactivate", card)
    for says in ("no longer remind them", "no longer answer them", "Their 2 pairings stay", "history is kept"):
        assert (says, True) == (says, says in asked.text)
    assert "Role: mentor" in (await there.driver.presses("rosa", "No, leave it", asked)).text
    assert (await members(there))["Amara Okafor"].active


@pytest.fixture
async def running(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program while it runs."""
    async with town(database_url, tmp_path, State.RUNNING) as opened:
        yield opened


async def test_nobody_is_reminded_of_or_by_somebody_who_left(running: World) -> None:
    """Neither who left nor who wrote to them or was written to is reminded; the bot doesn't answer them."""
    await running.says("lena")
    await running.says("amara", NOOR)
    await running.passes(hours=1)
    await deactivates(running, "noor")
    await deactivates(running, "lena")
    assert STRANGER == await running.asks("lena", "/mentor waiting")
    await running.passes(days=3)
    await running.says("lena", text="One more")
    await running.passes(days=30)
    assert [] == await running.inbox("amara")
    assert [] == await running.inbox("noor")
    assert [] == await running.inbox("rosa")


async def test_coming_back_goes_on(running: World) -> None:
    """History is there; what waits for them is reminded of, and the days away don't count."""
    await running.says("amara", NOOR)
    await running.passes(hours=4)
    await deactivates(running, "noor")
    await running.passes(days=21)
    await running.driver.commands("noor", "/mentor back")
    assert not (await members(running))["Noor Haddad"].active
    answer = await brings_back(running, "noor")
    assert "Noor Haddad is back in the program" in answer.text
    assert "Mentee of Amara Okafor" in answer.text
    assert [] == await running.inbox("noor")
    await running.passes(days=1)
    assert 1 == len(await running.inbox("noor"))
    await running.says("noor", NOOR)
    await running.passes(days=3)
    assert "Noor Haddad wrote to you" in (await running.inbox("amara"))[-1].text


async def test_a_coordinators_pairs_are_not_forgotten(running: World) -> None:
    """Where a pairing's coordinator has left, the others learn of what was in vain."""
    await running.asks("rosa", "/mentor-admin add @mei coordinator")
    await deactivates(running, "rosa", by="mei")
    await running.says("lena")
    await running.passes(days=20)
    assert 3 == len(await running.inbox("amara"))
    assert "Amara Okafor" in (await running.inbox("mei"))[-1].text


async def alarms(there: World) -> dict[str, datetime]:
    """Return when each member's alarm rings."""
    names = {member.id: name for name, member in (await members(there)).items()}
    async with there.database.work(1) as work:
        rows = await work.conn.execute(select(due.c.member_id, due.c.at).where(due.c.at.is_not(None)))
        return {names[row.member_id]: row.at for row in rows}


async def test_a_new_zone_moves_the_clock(running: World) -> None:
    """Somebody who moves is reminded at the hours of the new place, and nobody else's alarm is touched."""
    await running.says("lena")
    await running.says("amara", NOOR)
    await running.jobs.round()
    before = await alarms(running)
    form = await form_about(running, "amara")
    await running.driver.submits("rosa", form, {"zone": "America/Los_Angeles"})
    after = await alarms(running)
    assert (timedelta(hours=7), before["Noor Haddad"]) == (
        after["Amara Okafor"] - before["Amara Okafor"],
        after["Noor Haddad"],
    )
    await running.passes(days=1, hours=6)
    assert [] == await running.inbox("amara")  # 08:00 there
    await running.passes(hours=2)
    assert 1 == len(await running.inbox("amara"))


async def test_whoever_is_being_forgotten_is_not_brought_back(running: World) -> None:
    """Their data is being deleted: that is said instead, and nothing is promised that wouldn't last."""
    lena = (await members(running))["Lena Vogt"].id
    await running.driver.submits("lena", f"mydata.forget:{lena}", {"name": "Lena Vogt"})
    refused = "Lena Vogt is being forgotten. As a rule that takes a few minutes; then you can add them anew."
    for button in (f"community.bring_back:{lena}", f"community.bring_back_as:{lena}:mentor"):
        assert refused == (await running.driver.presses("rosa", button)).text
    assert refused == await running.asks("rosa", "/mentor-admin add @lena mentor")
    several = await running.driver.commands("rosa", "/mentor-admin add @lena @mei mentor")
    assert refused in several.text
    assert ["梅 Mei 🌱"] == list(several.buttons)
    assert not (await members(running))["Lena Vogt"].active
    await running.passes(days=2)
    assert "Lena Vogt" not in await members(running)
    assert "is in the program now" in await running.asks("rosa", "/mentor-admin add @lena mentor")


async def test_coming_back_keeps_what_they_said_themselves(running: World) -> None:
    """Their own holiday goes on; only what the deactivation began ends."""
    await running.asks("noor", "/mentor away until 20 March")
    noor = (await members(running))["Noor Haddad"].id
    async with running.database.work(1) as work:
        (own,) = (await work.of(Members).pauses([noor]))[noor]
    await deactivates(running, "noor")
    await running.passes(days=2)
    await brings_back(running, "noor")
    async with running.database.work(1) as work:
        mine, left = (await work.of(Members).pauses([noor]))[noor]
    assert (own, running.clock.now()) == (mine, left.until)


async def test_coming_back_while_the_clock_goes_back(running: World) -> None:
    """Somebody who is brought back is there, even if the clock was set back an hour meanwhile."""
    noor = (await members(running))["Noor Haddad"].id
    await deactivates(running, "noor")
    SetClock.__init__(running.clock, running.clock.now() - timedelta(hours=1))
    await brings_back(running, "noor")
    async with running.database.work(1) as work:
        assert [] == (await work.of(Members).pauses([noor]))[noor]


async def test_a_rest_ends_while_the_clock_goes_back(running: World) -> None:
    """A pairing that rests can go on, even if the clock was set back an hour meanwhile."""
    async with running.database.work(1) as work:
        await work.of(Rests).begin(1, None)
    SetClock.__init__(running.clock, running.clock.now() - timedelta(hours=1))
    async with running.database.work(1) as work:
        assert [1] == list(await work.of(Rests).going_on([1]))
        assert 1 == await work.of(Rests).end(1)
        assert {} == await work.of(Rests).going_on([1])
        assert {} == await work.of(Rests).breaks([1])

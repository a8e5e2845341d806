"""The menu of a person on Discord: a coordinator right-clicks on somebody, and sees their card."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Rejected
from tests.stand_ins.discord import Can
from tests.world import World, world

SHOW = "community.show"


@pytest.fixture
async def there(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml on Discord; Rosa may manage the server."""
    async with world(database_url, tmp_path, on="discord") as opened:
        driver = on_discord(opened)
        role = driver.discord.role(driver.guild, "team", Can.MANAGE_GUILD)
        driver.guild.members[driver.person("rosa").id].roles.append(role.id)
        yield opened


def on_discord(there: World) -> DiscordDriver:
    """Return who acts on Discord."""
    assert isinstance(there.driver, DiscordDriver)
    return there.driver


async def test_somebodys_card_from_their_menu(there: World) -> None:
    """It is the one that the command shows, with its buttons, seen by whoever asked alone."""
    card = await on_discord(there).points("rosa", SHOW, "amara")
    assert "Mentor of Lena Vogt and Noor Haddad" in card.text
    assert ["Change", "Deactivate"] == list(card.buttons)
    assert card.text == await there.asks("rosa", "/mentor-admin person @amara")
    assert "Deactivate Amara Okafor?" in (await there.driver.presses("rosa", "Deactivate", card)).text


async def test_somebody_who_is_no_member(there: World) -> None:
    """It says so, and how they are added."""
    answer = await on_discord(there).points("rosa", SHOW, "passerby")
    assert "@passerby isn't in the program. To add somebody: /mentor-admin add" == answer.text


async def test_it_is_hidden_from_others_and_refused_to_them(there: World) -> None:
    """Discord shows it to whoever manages the server alone; who gets at it all the same is asked for their role."""
    driver = on_discord(there)
    for user in ("amara", "lena", "passerby"):
        with pytest.raises(Rejected):
            await driver.points(user, SHOW, "noor")
    driver.guild.opened.add("Show this person")  # an administrator lets everybody use it
    assert "is for coordinators." in (await driver.points("lena", SHOW, "noor")).text
    assert "Noor" not in (await driver.points("passerby", SHOW, "noor")).text

"""What every platform must do with titles: show them beside a name, or, where there is no place for them, nothing."""

import pytest

from bot.errors import Gone
from bot.people import Account
from tests.drivers.worlds import World


async def test_a_title_is_worn_and_taken_off(world: World) -> None:
    """By one person alone, as often as it is said."""
    shown = ["Good Listener"] if world.shows_titles else []
    for on, seen in ((True, shown), (True, shown), (False, []), (False, [])):
        await world.platform.wear(world.amara, "Good Listener", on=on)
        assert seen == await world.driver.wears(world.amara.user)
        assert [] == await world.driver.wears(world.lena.user)
    assert [] == world.observed()


async def test_nobody_wears_a_title_who_is_not_there(world: World) -> None:
    """Where there is a place for titles, who isn't there is gone."""
    nobody = Account(world.platform.name, world.amara.workspace, "nobody")
    if world.shows_titles:
        with pytest.raises(Gone):
            await world.platform.wear(nobody, "Good Listener", on=True)
    else:
        await world.platform.wear(nobody, "Good Listener", on=True)

"""What is older than the policy keeps is deleted, day by day."""

from tests.storage.tables import every_row
from tests.world import LENA, World


async def test_reactions_go_with_their_messages(riverside: World) -> None:
    """Of an exchange nothing is left in the end; until then all of it is there."""
    message = await riverside.says("lena")
    await riverside.driver.reacts("amara", message, "tada", LENA)
    for weeks, expected in ((1, 1), (26, 0)):
        await riverside.passes(weeks=weeks)
        await riverside.core.daily()
        rows = await every_row(riverside.database)
        assert (expected, expected) == (len(rows["message"]), len(rows["reaction"]))

"""A word because of safety gives nothing away, it reaches somebody, and it isn't lost."""

from tests.pairings.people import inbox
from tests.pairings.test_change import wishes
from tests.world import World


async def test_taken_back_it_gives_nothing_away(riverside: World) -> None:
    """Whoever sees a coordinator's screen learns neither whose note it was nor about whom."""
    noted = await wishes(riverside, "It's about safety", "")
    await riverside.inbox("rosa")
    await riverside.presses("lena", "Take it back", noted)
    _, second = await inbox(riverside, "rosa")
    assert "A private note was taken back." in second.text
    assert not {"Lena", "Amara", "wish", "pair of"} & set(second.text.split())
    assert "Amara Okafor (mentor) and Lena Vogt" in await riverside.presses("rosa", "Open it", second)

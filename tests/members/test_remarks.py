"""Plain words to the bot: whoever writes them learns that they reach nobody."""

from pathlib import Path

from tests.community.town import town
from tests.platforms import on_each_platform
from tests.world import World

HINT = "I don't read what is written here, and it reaches nobody."


@on_each_platform
async def test_plain_words(riverside: World) -> None:
    """A hint at what the bot can do comes back, once a day however much is written."""
    write = riverside.driver.tells
    assert HINT in (await write("amara", "Hello, are you there?")).text
    assert (await write("amara", "Hello?")).nothing
    assert HINT in (await write("lena", "help")).text
    await riverside.passes(days=1)
    assert HINT in (await write("amara", "Good morning")).text
    assert "Nothing waits for you" in await riverside.asks("lena", "/mentor waiting")


async def test_plain_words_of_a_stranger(database_url: str, tmp_path: Path) -> None:
    """Somebody who is no member learns how to become one."""
    async with town(database_url, tmp_path) as there:
        assert "I don't know you yet" in (await there.driver.tells("tomas", "Hi")).text

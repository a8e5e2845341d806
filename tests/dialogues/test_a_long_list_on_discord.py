"""A list of a thousand people on Discord, which tells nobody who is in a server."""

from pathlib import Path

from bot.members import wording
from bot.views import message
from tests.community.town import button, uploads
from tests.drivers.discord import DiscordDriver
from tests.world import world


async def test_a_thousand_people(sqlite_url: str, tmp_path: Path) -> None:
    """They are found by handle, though it takes its time; the answer comes when they are."""
    async with world(sqlite_url, tmp_path, on="discord") as there:
        driver = there.driver
        assert isinstance(driver, DiscordDriver)
        for number in range(1000):
            driver.discord.person(f"{chr(97 + number % 26)}.{number}", driver.guild, display=f"Person {number}")
        rows = [f"@{chr(97 + number % 26)}.{number},mentee" for number in range(1000)]
        answer = await uploads(there, "\n".join(["account,role", *rows]).encode())
        assert "Add 1000 people" in answer.text
        assert button(answer, "community.import_now")


async def test_too_many_people(sqlite_url: str, tmp_path: Path) -> None:
    """Of more than Discord tells in time it is said what helps: to split the list. Nothing is changed."""
    async with world(sqlite_url, tmp_path, on="discord") as there:
        rows = [f"@{number},mentee" for number in range(10**17, 10**17 + 1500)]
        answer = await uploads(there, "\n".join(["account,role", *rows]).encode())
        assert message(wording.TOO_MANY_PEOPLE).plain in [*answer.errors.values()]

"""A busy hour in which the connection is lost all the time: in the end all is as if nothing had happened."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.schema import metadata
from tests.drivers.discord import DiscordDriver
from tests.world import World, world

FEW, MANY = 32, 100  # drops; half of them in spaces in which nobody has said anything before
MENTORS = 4
POST = "POST /channels/{channel_id}/messages"
HISTORY = "GET /channels/{channel_id}/messages"


def community(mentees: int) -> str:
    """Return a program of four mentors, and so many mentees."""
    lines = ['[program]\nname = "Riverside Mentoring"\npolicy = "default"\n']
    people = [("Rosa", "coordinator")]
    people += [(f"Mentor {number}", "mentor") for number in range(MENTORS)]
    people += [(f"Mentee {number}", "mentee") for number in range(mentees)]
    for name, role in people:
        user = name.lower().replace(" ", "")
        lines.append(f'[[people]]\nname = "{name}"\nroles = ["{role}"]\naccounts = ["playground/riverside/{user}"]\n')
    for number in range(mentees):
        both = f'mentor = "Mentor {number % MENTORS}"\nmentee = "Mentee {number}"\ncoordinator = "Rosa"'
        lines.append(f'[[pairings]]\n{both}\nspaces = ["playground/riverside/space{number}"]\n')
    return "\n".join(lines)


class Hour:
    """An hour in which every mentee writes for the first time, and as many mentors and mentees besides."""

    def __init__(self, there: World, messages: int, *, stormy: bool) -> None:
        """Let the connection be lost at each message, or not."""
        assert isinstance(there.driver, DiscordDriver)
        self.there, self.driver, self.messages, self.stormy = there, there.driver, messages, stormy
        self.discord = there.driver.discord
        self.written: list[str] = []

    async def pass_by(self) -> None:
        """Let it pass, then three days in which everybody is reminded of what they haven't answered."""
        for number in range(self.messages):
            is_first = number % 2 == 1
            await self._write(number // 2, "mentee" if is_first or number % 4 else "mentor", swallowed=is_first)
            await self.there.passes(seconds=3_600 / self.messages)
        if self.stormy:
            for _ in range(9):
                self.discord.faults.drops(POST, after=True)
                self.discord.faults.breaks(POST, after=True)
                self.discord.faults.limits(POST, 0.01, everywhere=True)
        await self.there.passes(days=3)

    async def _write(self, number: int, who: str, *, swallowed: bool) -> None:
        """Let somebody write: for the first time in a quiet space, or in one in which something was said before."""
        space = number if swallowed else number // 2
        user = f"mentee{space}" if who == "mentee" else f"mentor{space % MENTORS}"
        person, gateway = self.driver.person(user), self.discord.gateway
        if self.stormy and swallowed:
            gateway.swallow()
        self.written.append(await person.says(self.driver.channel(f"space{space}"), "Hello", wait=False))
        if self.stormy:
            if number % 7 == 0:
                self.discord.faults.breaks(HISTORY, 503, times=3)
            await gateway.drop(forget=number % 5 == 0)
            await self.discord.connected()
        await self.discord.settled()
        await self.there.platform.settled()  # type: ignore[attr-defined]  # it is Discord's
        if self.stormy:
            await self.there.jobs.catch_up_rest()
        await self.there.core.settled()

    async def known(self) -> Counter[str]:
        """Return how often each message is known."""
        table = metadata.tables["message"]
        async with self.there.database.connect() as conn:
            return Counter((await conn.execute(select(table.c.external))).scalars())

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield what each has got from the bot."""
        for user in self.discord.users.values():
            for message in self.driver.person(user.name).inbox:
                texts = [row["content"] for row in message.components if "content" in row]
                yield user.name, "\n".join(texts)


@pytest.mark.only_on("playground")
async def test_drops_leave_nothing_behind(
    sqlite_in: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, often: bool
) -> None:
    """Half of them swallow the first message in a quiet space: nothing is lost, nothing is known or told twice."""
    file = tmp_path / "community.toml"
    drops = MANY if often else FEW
    file.write_text(community(drops // 2))
    monkeypatch.setattr("tests.world.COMMUNITY", file)
    told: list[Counter[tuple[str, str]]] = []
    for stormy in (False, True):
        folder = tmp_path / str(stormy)

        async with world(sqlite_in(folder), folder, on="discord") as there:
            hour = Hour(there, drops, stormy=stormy)
            await hour.pass_by()
            assert Counter(hour.written) == await hour.known()
            told.append(Counter(hour.told()))
            if stormy:
                assert drops == hour.discord.gateway.resumed + hour.discord.gateway.identified - 1
    calm, stormy_ = told
    assert {name for name, _ in calm} >= {f"mentor{number}" for number in range(MENTORS)}
    assert [] == [*(calm - stormy_)]
    assert [] == [*(stormy_ - calm)]

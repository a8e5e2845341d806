"""From an empty program to one that runs, and back."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.calls import Observation, Press
from bot.people import Place, Role
from bot.views import Message
from storage.members import Members
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.setup.empty import PEOPLE, add, coordinator, go_without, made_ready, pair, prove_contact, start, stop
from tests.world import MONDAY, World, world

MEMBERS = ("amara", "lena")
REMINDER = "A friendly reminder"


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program with nobody in it."""
    async with world(database_url, tmp_path, empty=True) as opened:
        yield opened


async def got(there: World) -> dict[str, list[str]]:
    """Return the first line of all that the bot wrote to anybody, without welcomes and what is asked of the contact."""
    inboxes = {user: await there.inbox(user) for user in PEOPLE}
    first = {user: [seen.texts[0] for seen in inbox] for user, inbox in inboxes.items()}
    expected = re.compile("named you|Welcome to Riverside Mentoring")
    return {user: [line for line in lines if not expected.search(line)] for user, lines in first.items()}


NOTHING: dict[str, list[str]] = {user: [] for user in PEOPLE}


async def test_from_nothing_to_the_first_nudge(empty: World) -> None:
    """Code, coordinator, people, contact, trying out with a preview, Start, and the first reminder."""
    place = await made_ready(empty)
    assert "I'm trying it out" in await empty.asks("rosa", "/mentor-admin shadow")
    await empty.says("lena", place.channel)
    await empty.passes(days=2)
    *_, morning = await empty.inbox("rosa")
    assert "I would have sent 1 message" in morning.texts[0]
    assert "to Amara Okafor:\nA friendly reminder\nLena Vogt wrote to you" in morning.text
    assert NOTHING["amara"] == (await got(empty))["amara"]
    question = await empty.driver.commands("rosa", "/mentor-admin start")
    assert "with 3 people and 1 pairing?" in question.text
    assert "✓ Start now\nRiverside Mentoring is running" in await empty.presses("rosa", "Start now", question)
    assert [] == (await got(empty))["amara"]
    await empty.passes(hours=23)
    assert [] == (await got(empty))["amara"]
    await empty.passes(hours=2)
    assert [REMINDER] == (await got(empty))["amara"]


async def test_nothing_reaches_anybody_before_start(empty: World) -> None:
    """Messages wait, a pair is there, weeks pass: every inbox stays empty."""
    place = await made_ready(empty)
    await empty.says("lena", place.channel)
    for _ in range(4):
        await empty.passes(days=7)
        await empty.says("lena", place.channel)
    await empty.core.daily()
    assert NOTHING == await got(empty)


async def test_start_says_what_is_missing(empty: World) -> None:
    """Kindly, thing by thing, and also to whoever kept an older question."""
    await coordinator(empty)
    answer = await empty.asks("rosa", "/mentor-admin start")
    assert "What is missing: at least one mentor and one mentee, at least one pairing, a contact for worries" in answer
    assert "and two responders with a key and an outside contact, for private reports." in answer
    assert "at least one pairing." in await empty.asks("rosa", "/mentor-admin shadow")
    await pair(empty)
    await go_without(empty)
    answer = await empty.asks("rosa", "/mentor-admin start")
    assert "What is missing: a contact for worries who has answered." in answer
    assert "What is missing: a contact" in await empty.presses("rosa", "setup.start_now")
    await prove_contact(empty)
    question = await empty.driver.commands("rosa", "/mentor-admin start")
    await empty.asks("rosa", "/mentor-admin contact @lena")
    assert "What is missing: a contact" in await empty.presses("rosa", "Start now", question)


async def test_nobody_gets_a_burst_at_start(empty: World) -> None:
    """What waited for weeks before is reminded of a day after Start, once; and nobody is late because of it."""
    place = await made_ready(empty)
    await empty.says("lena", place.channel)
    await empty.passes(days=21)
    await start(empty)
    await empty.passes(hours=23)
    assert [] == (await got(empty))["amara"]
    await empty.passes(hours=2)
    assert [REMINDER] == (await got(empty))["amara"]
    await empty.says("amara", place.channel)
    assert "counts as in time" in await empty.asks("amara", "/mentor rate why")


@on_each_platform
async def test_stop_and_go_on(empty: World) -> None:
    """Nothing goes out while it is stopped, whatever waits; after Start it goes on, and not with all at once."""
    place = await made_ready(empty)
    await start(empty)
    await empty.says("lena", place.channel)
    await empty.passes(hours=20)
    question = await empty.driver.commands("rosa", "/mentor-admin stop")
    assert "Nothing goes out any more until Start" in question.text
    stopped = await empty.presses("rosa", "Stop now", question)
    assert "✓ Stop now\nRiverside Mentoring is stopped: nothing goes out until Start" in stopped
    await empty.passes(days=14)
    assert NOTHING == await got(empty)
    assert "is stopped since Tuesday 3 March, 06:00" in await empty.presses("rosa", "Stop now", question)
    assert "is running" in await start(empty)
    await empty.passes(hours=20)
    assert [] == (await got(empty))["amara"]
    await empty.passes(hours=8)
    assert [REMINDER] == (await got(empty))["amara"]
    await empty.passes(days=2)
    assert [REMINDER] == (await got(empty))["amara"]


async def test_what_was_on_its_way_waits_while_it_is_stopped(empty: World) -> None:
    """A reminder that was about to go out stays where it is, and goes out once, a day after Start."""
    place = await made_ready(empty)
    await start(empty)
    await empty.says("lena", place.channel)
    empty.clock.move_to(MONDAY + timedelta(hours=24, minutes=10))
    await empty.core.ring()
    await stop(empty)
    await empty.passes(days=9)  # Thursday
    assert NOTHING == await got(empty)
    await start(empty)
    await empty.passes(hours=20)
    assert NOTHING == await got(empty)
    await empty.passes(days=2)
    assert [REMINDER] == (await got(empty))["amara"]


@on_each_platform
async def test_a_restart_in_the_middle(database_url: str, tmp_path: Path) -> None:
    """State, contact and coordinator are there again; a code that was printed before still works."""
    async with world(database_url, tmp_path, empty=True) as there:
        place = await made_ready(there)
        await there.says("lena", place.channel)
    async with world(database_url, tmp_path, empty=True, at=MONDAY + timedelta(days=2)) as there:
        assert "✓ Contact for worries: Rosa Delgado" in await there.asks("rosa", "/mentor-admin setup")
        assert NOTHING == await got(there)
        await start(there)
    async with world(database_url, tmp_path, empty=True, at=MONDAY + timedelta(days=2, minutes=5)) as there:
        assert "is running already" not in await there.asks("rosa", "/mentor-admin setup")
        assert "has been running since Wednesday 4 March" in await there.asks("rosa", "/mentor-admin start")
        await there.passes(days=1)
        assert [REMINDER] == (await got(there))["amara"]


@at_once
@pytest.mark.parametrize(("button", "state"), [("setup.start_now", "has been running since"), ("setup.shadow", "out")])
async def test_two_coordinators_at_once(empty: World, button: str, state: str) -> None:
    """One does it, and the other learns how it stands."""
    await made_ready(empty)
    await add(empty, "ravi", "Ravi Menon", Role.COORDINATOR)
    presses = [Press(f"press {user}", empty.account(user), button) for user in ("rosa", "ravi")]
    replies = await asyncio.gather(*map(empty.core.handle, presses))
    texts = sorted((reply.plain for reply in replies if isinstance(reply, Message)), key=lambda text: "Nothing" in text)
    assert [False, True] == ["Nothing was changed." in text for text in texts]
    assert state in texts[1]


async def test_the_other_coordinators_learn_of_the_start(empty: World) -> None:
    """One line says who started it; whoever did gets none, and after a stop nobody is told late."""
    await made_ready(empty)
    ravi = await add(empty, "ravi", "Ravi Menon", Role.COORDINATOR)
    before = await empty.inbox("rosa")
    await start(empty)
    (told,) = await empty.inbox("ravi")
    assert "Rosa Delgado has started Riverside Mentoring: it is running now." == told.texts[0]
    assert "has been running since" in await empty.presses("ravi", "Back to the set-up", told)
    assert before == await empty.inbox("rosa")
    await stop(empty)
    await empty.passes(minutes=1)
    (program,) = await empty.core.programs()
    async with empty.core.at_work(program) as context:
        await context.work.of(Members).change(ravi, opens=time(18), closes=time(20))
    await start(empty)
    await stop(empty, "ravi")
    await empty.passes(days=2)
    await start(empty, "ravi")
    await empty.passes(hours=12)
    assert [told] == [seen for seen in await empty.inbox("ravi") if "has started" in seen.text]


async def test_who_is_not_a_coordinator(empty: World) -> None:
    """Members can neither start nor stop anything."""
    await made_ready(empty)
    for word in ("start", "shadow", "stop", "channel", "contact"):
        assert "This is for coordinators" in await empty.asks("amara", f"/mentor-admin {word}")
    for action in ("start_now", "stop_now", "shadow"):
        assert "This is for coordinators" in await empty.presses("lena", f"setup.{action}")
    assert "is being set up" in await empty.asks("rosa", "/mentor-admin setup")


async def test_what_is_so_already(empty: World) -> None:
    """Whoever asks for the state that it is in is told so, and nothing changes."""
    await made_ready(empty)
    assert "is being set up" in await empty.asks("rosa", "/mentor-admin stop")
    await empty.asks("rosa", "/mentor-admin shadow")
    assert "is being tried out" in await empty.asks("rosa", "/mentor-admin shadow")
    await start(empty)
    assert "To stop it first" in await empty.asks("rosa", "/mentor-admin shadow")
    assert "has been running since Monday 2 March, 10:00" in await empty.asks("rosa", "/mentor-admin start")


class Meanwhile:
    """A platform on which something happens while a conversation is being read."""

    def __init__(self, there: World, happens: Callable[[], Awaitable[object]]) -> None:
        """Let something happen the first time."""
        self._platform, self._happens = there.platform, [happens]

    def __getattr__(self, name: str) -> object:
        """Do everything else as the other one."""
        return getattr(self._platform, name)

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Read."""
        if self._happens:
            await self._happens.pop()()
        return await self._platform.history(place, since)


@pytest.mark.parametrize("state", ["running", "shadow"])
async def test_a_stop_catches_what_is_already_on_its_way(empty: World, state: str) -> None:
    """A reminder that was taken up when the program was stopped doesn't go out, and isn't lost."""
    place = await made_ready(empty)
    await (start(empty) if state == "running" else empty.asks("rosa", "/mentor-admin shadow"))
    await empty.says("lena", place.channel)
    press = Press("stop", empty.account("rosa"), "setup.stop_now")
    empty.core.platforms[empty.platform.name] = Meanwhile(empty, lambda: empty.core.handle(press))  # type: ignore[assignment]
    await empty.passes(days=3)
    assert "is stopped since" in await empty.asks("rosa", "/mentor-admin setup")
    assert [] == (await got(empty))["amara"]
    await start(empty)
    await empty.passes(days=1)
    assert [REMINDER] == (await got(empty))["amara"]

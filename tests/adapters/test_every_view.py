"""All that the bot says, as the platforms would show it: every answer and form, and what it says by itself."""

from types import ModuleType
from typing import Any

import pytest

from bot.language import languages
from bot.people import Account, Place
from bot.ports import Platform, Sent
from bot.views import Message
from tests.adapters.discord import looking as discord
from tests.adapters.everything import Everything
from tests.adapters.slack import looking as slack
from tests.core.rooms import DONE
from tests.core.scene import at


class Listening:
    """A platform that remembers what was sent."""

    def __init__(self, platform: Platform) -> None:
        """Stand before a platform."""
        self._platform = platform
        self.sent: list[Message] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._platform, name)

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Pass a message on."""
        self.sent.append(message)
        return await self._platform.send(to, message, key)


@pytest.mark.parametrize("language", languages())
async def test_every_answer_fits(everything: Everything, language: str) -> None:
    """All that is declared is asked for in each language: each platform takes each answer, and no label is cut."""
    await everything.speak(language)
    seen = set[str]()
    async for reply in everything.answers():
        seen.add(type(reply).__name__)
        for platform in (slack, discord):
            platform.check(reply)
            platform.check_whole(reply)
    assert {"Message", "Form"} <= seen


@pytest.mark.parametrize("platform", [slack, discord], ids=["slack", "discord"])
async def test_the_longest_names_fit(everything: Everything, platform: ModuleType) -> None:
    """People with names of eighty characters, full of signs, from the right to the left and of emoji."""
    await everything.rename(platform.MARKUP)
    await everything.speak("es")
    async for reply in everything.answers():
        platform.check(reply)


async def test_all_that_is_said_by_itself_fits(everything: Everything) -> None:
    """What goes out to people with the longest names, and into their spaces."""
    await everything.rename(slack.MARKUP)
    await everything.speak("es")  # which needs more room than English
    there = everything.there
    platforms = there.world.core.platforms
    listening = Listening(platforms["playground"])
    platforms["playground"] = listening
    await there.world.says("lena")
    await there.world.says("noor", "amara-noor")
    for name in DONE:
        await there.world.core.handle(there.call(name, at(DONE[name].owner)))
        await everything.speak("es")
    await there.world.passes(days=14)
    assert 3 <= len(listening.sent)
    for message in listening.sent:
        slack.check(message)
        discord.check(message)

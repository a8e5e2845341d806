"""All that the bot says, as Slack would show it: every answer and form, and what it says by itself."""

from typing import Any

import pytest

from adapters.slack import forms, render
from adapters.slack.text import unescape
from bot.language import languages
from bot.people import Account, Place
from bot.ports import Platform, Sent
from bot.views import Actions, Form, Message, Reply
from tests.adapters.everything import Everything
from tests.adapters.slack.block_kit import check_message, check_view
from tests.adapters.slack.written import no_links
from tests.core.rooms import DONE
from tests.core.scene import at

MARKUP = "<!channel> & <@U1> *Amara* " + "<&>" * 17 + "xy"


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


def _check(reply: Reply) -> None:
    match reply:
        case Message():
            made = render.message(reply, no_links, elsewhere=True)
            check_message(made.blocks, made.text)
            check_view(forms.shown(reply, no_links))
        case Form():
            check_view(forms.view(reply))


def _labels(reply: Message) -> tuple[list[str], list[str]]:
    """Return what stands on the buttons of a message, as it is and as Slack shows it."""
    made = [block for block in render.message(reply, no_links).blocks if block["type"] == "actions"]
    shown = [unescape(element["text"]["text"]) for block in made for element in block["elements"]]
    return [item.label for block in reply.blocks if isinstance(block, Actions) for item in block.items], shown


def _choices(view: dict[str, Any]) -> list[str]:
    options = [option for block in view["blocks"] for option in block.get("element", {}).get("options", [])]
    return [unescape(option["text"]["text"]) for option in options]


def _whole(reply: Reply) -> None:
    """See that nothing of a button or a choice is cut."""
    if isinstance(reply, Message):
        written, shown = _labels(reply)
        assert written == shown
    if isinstance(reply, Form):
        view = forms.view(reply)
        assert reply.submit == unescape(view["submit"]["text"])
        # Slack shows every space as one that can be broken.
        assert [" ".join(label.split()) for field in reply.fields for _, label in field.choices] == _choices(view)


@pytest.mark.parametrize("language", languages())
async def test_every_answer_fits(everything: Everything, language: str) -> None:
    """All that is declared is asked for in each language: Slack takes each answer, and no button or choice is cut."""
    await everything.speak(language)
    seen = set[str]()
    async for reply in everything.answers():
        seen.add(type(reply).__name__)
        _check(reply)
        _whole(reply)
    assert {"Message", "Form"} <= seen


async def test_the_longest_names_fit(everything: Everything) -> None:
    """People with names of eighty characters, full of signs, from the right to the left and of emoji."""
    await everything.rename(MARKUP)
    await everything.speak("es")
    async for reply in everything.answers():
        _check(reply)


@pytest.mark.parametrize("language", ["es"])  # which needs more room than English
async def test_all_that_is_said_by_itself_fits(everything: Everything, language: str) -> None:
    """What goes out to people with the longest names, and into their spaces."""
    await everything.rename(MARKUP)
    await everything.speak(language)
    there = everything.there
    platforms = there.world.core.platforms
    listening = Listening(platforms["playground"])
    platforms["playground"] = listening
    await there.world.says("lena")
    await there.world.says("noor", "amara-noor")
    for name in DONE:
        await there.world.core.handle(there.call(name, at(DONE[name].owner)))
        await everything.speak(language)
    await there.world.passes(days=14)
    assert 3 <= len(listening.sent)
    for message in listening.sent:
        _check(message)

"""A button that is pressed twice in a hurry does once what it does, and never fails."""

import asyncio

import pytest

from bot.calls import Press
from bot.members import wording
from tests.core.rooms import DONE
from tests.core.scene import NUMBERS, Again, at, said
from tests.storage.tables import changed

ROOMS = ("goals.", "sessions.", "feedback.", "forms.")
BUTTONS = [name for name in DONE if name.removeprefix("button ").startswith(ROOMS)]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", BUTTONS)
async def test_a_second_press_changes_nothing(name: str, again: Again) -> None:
    """Two presses at the same moment leave what one leaves; both are answered."""
    there, copy = again.there, again.copy
    once = there.call(name, at(DONE[name].owner))
    await there.ask(once)
    left = copy.read()
    copy.put_back()
    assert isinstance(once, Press)
    both = [Press(f"twice {next(NUMBERS)}", once.account, once.action) for _ in range(2)]
    replies = await asyncio.gather(*map(there.ask, both))
    assert [False] * 2 == [wording.FAULT[:20] in said(reply) for reply in replies]
    assert set() == changed(left, copy.read()) - {"audit"}  # it says who looked, each time

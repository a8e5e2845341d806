"""A button that is pressed twice in a hurry does once what it does, and never fails."""

import asyncio

import pytest

from bot.calls import Press
from bot.members import wording
from storage.outbox import Effect
from tests.core.rooms import DONE
from tests.core.scene import NUMBERS, Again, at, said
from tests.storage.tables import Rows, changed

ROOMS = ("badges.", "goals.", "events.", "sessions.", "feedback.", "forms.")
BUTTONS = [name for name in DONE if name.removeprefix("button ").startswith(ROOMS)]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", BUTTONS)
async def test_a_second_press_changes_nothing(name: str, again: Again) -> None:
    """Two presses at the same moment leave what one leaves; both are answered."""
    there, copy = again.there, again.copy
    once = there.call(name, at(DONE[name].owner))
    await there.ask(once)
    left = _but_edits(copy.read())
    copy.put_back()
    assert isinstance(once, Press)
    both = [Press(f"twice {next(NUMBERS)}", once.account, once.action) for _ in range(2)]
    replies = await asyncio.gather(*map(there.ask, both))
    assert [False] * 2 == [wording.FAULT[:20] in said(reply) for reply in replies]
    assert set() == changed(left, _but_edits(copy.read())) - {"audit"}  # it says who looked, each time


def _but_edits(rows: Rows) -> Rows:
    """Leave out that messages are brought up to date: once more says the same."""
    return {**rows, "outbox": [row for row in rows["outbox"] if Effect.EDIT not in row]}

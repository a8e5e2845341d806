"""What the adapter says in words of its own: in the language of whoever asked, as far as the bot knows them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.drivers.slack import CALM, SlackDriver
from tests.platforms import Usual
from tests.stand_ins.slack import Person, Slack, readable
from tests.world import World, world

PEOPLE = b"account,role\n@ravi,mentee\n"


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """Open the program on Slack, in a hurry; Rosa has chosen Spanish."""
    monkeypatch.setattr(Usual, "timing", replace(CALM, patience=0.2))
    async with world(sqlite_url, tmp_path, on="slack") as opened:
        await opened.asks("rosa", "/mentor language Spanish")
        yield opened


def slack_of(there: World) -> Slack:
    """Return the stand-in."""
    assert isinstance(there.driver, SlackDriver)
    return there.driver.slack


def rosa_of(there: World) -> Person:
    """Return Rosa, before Slack's client."""
    return slack_of(there).person("rosa")


def shown(person: Person) -> str:
    """Return what stands in the modal before somebody's eyes."""
    texts = [block.get("text") or {} for block in person.view.blocks]
    return "\n".join(text.get("text", "") for text in texts)


async def test_a_file_is_sent_directly(there: World) -> None:
    """A private answer can't hold it: it says where it is."""
    answer = await rosa_of(there).commands("/mentor data")
    assert "por mensaje directo." in str(answer.ephemerals[0].blocks)
    other = await slack_of(there).person("lena").commands("/mentor data")
    assert "as a direct message." in str(other.ephemerals[0].blocks)


async def test_a_form_that_takes_long(there: World) -> None:
    """Slack is slow with its list of everybody: meanwhile it says so, and the answer comes in its place."""
    rosa = rosa_of(there)
    await rosa.commands("/mentor-admin import")
    goes_on = slack_of(there).faults.holds("users.list")
    await rosa.submits({}, {"file": [("people.csv", PEOPLE)]})
    assert "Un momento, por favor." == shown(rosa)
    waiting = rosa.view.hash
    goes_on.set()
    await slack_of(there).changes.until(lambda: rosa.view.hash != waiting, 30)
    assert "Ravi Menon" in shown(rosa)


async def test_a_form_that_comes_too_late(there: World) -> None:
    """Slack no longer opens it: whoever asked is told."""
    slack_of(there).faults.fails("views.open", "expired_trigger_id")
    answer = await rosa_of(there).commands("/mentor-admin import")
    assert "Ha tardado un poco más de la cuenta." in readable(answer.ephemerals[0])


async def test_a_file_that_cannot_be_had(there: World) -> None:
    """Nothing is done without it, and the form stays open."""
    rosa = rosa_of(there)
    await rosa.commands("/mentor-admin import")
    slack_of(there).faults.fails("files.info", "file_not_found")
    answer = await rosa.submits({}, {"file": [("people.csv", PEOPLE)]})
    assert ["No he podido recibir tu archivo. Inténtalo de nuevo en un momento, por favor."] == [
        *answer.errors.values()
    ]
    assert rosa.stack

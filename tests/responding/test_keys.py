"""Keys and passphrases of responders."""

import asyncio
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.sealing import COST, identity, lock
from bot.responding.passphrases import FIRST_WAIT, LONGEST_WAIT, TRIES, Fault, fault, wait_after
from storage.responders import Key, Responders
from tests.databases import at_once
from tests.drivers.driver import Seen, SeenForm
from tests.responding.reporting import PASSPHRASE, audited, opens, reported, responder, unlocks
from tests.storage.tables import every_row
from tests.world import MONDAY, World

OTHER = "velvet harbour quartz thimble"


async def key_of(riverside: World, user: str = "ravi") -> Key | None:
    """Return somebody's key as it is kept."""
    async with riverside.database.work(1) as work:
        return await work.of(Responders).key(await riverside.member(work, user))


async def form_of(riverside: World, button: str, on: Seen | None = None, user: str = "ravi") -> SeenForm:
    """Press what opens a form."""
    form = (await riverside.driver.presses(user, button, on)).form
    assert form is not None
    return form


async def test_making_a_key(riverside: World, log: io.StringIO) -> None:
    """The passphrase is chosen in a form, and kept nowhere; a second form changes nothing."""
    shown = await riverside.driver.commands("ravi", "/mentor reports")
    assert "Until you have made your key, no report comes to you." in shown.text
    form = await form_of(riverside, "Make my key", shown)
    wrong = await riverside.driver.submits("ravi", form, {"passphrase": "qzx77wv", "again": "qzx77wv"})
    assert "it needs 12 characters at least" in wrong.text
    assert "qzx77wv" not in wrong.text
    again = await form_of(riverside, "Try again", wrong)
    made = await riverside.driver.submits("ravi", again, {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert "Your key is made" in made.text
    assert "No report waits for you." in (await unlocks(riverside)).text
    before = await key_of(riverside)
    second = await riverside.driver.submits("ravi", form, {"passphrase": OTHER, "again": OTHER})
    assert "You have a key already" in second.text
    assert before == await key_of(riverside)
    assert [("key_made", ""), ("unlocked", "")] == await audited(riverside)
    assert PASSPHRASE not in repr(await every_row(riverside.database, noted=True)) + log.getvalue()


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("elevenchars", "elevenchars", Fault.SHORT),
        ("   twelve12   ", "   twelve12   ", Fault.SHORT),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", Fault.PLAIN),
        ("ababABABababABAB", "ababABABababABAB", Fault.PLAIN),
        (PASSPHRASE, PASSPHRASE.upper(), Fault.OTHER),
        (PASSPHRASE, f" {PASSPHRASE} ", None),
        ("\ufb01ve correct horses", "five correct horses", None),
        ("пять верных коней", "пять верных коней", None),
    ],
)
def test_what_is_good_enough(first: str, second: str, expected: Fault | None) -> None:
    """Twelve characters at least, not the same few, and twice the same."""
    assert expected is fault(first, second)


@given(st.integers(0, 1000))
def test_each_wrong_one_doubles_the_wait(wrong: int) -> None:
    """None before the fifth; then a quarter of an hour, twice as long each time, up to a day."""
    wait, further = wait_after(wrong), wait_after(wrong + 1)
    if wrong < TRIES:
        assert wait is None
    else:
        assert wait is not None
        assert further == min(wait * 2, LONGEST_WAIT)
    assert FIRST_WAIT == wait_after(TRIES)


async def test_five_wrong_passphrases(riverside: World) -> None:
    """Whoever types five is told to wait, longer each time; the right one isn't tried meanwhile; it is noted."""
    await responder(riverside, "ravi")
    shown = Seen()
    for left in range(4, 0, -1):
        shown = await unlocks(riverside, "ravi", OTHER)
        assert ("isn't your passphrase" in shown.text, f"{left} more time" in shown.text) == (True, True)
        assert OTHER not in shown.text
    form = await form_of(riverside, "Try again", shown)
    slowed = await riverside.driver.submits("ravi", form, {"passphrase": OTHER})
    assert "I try the next one on Monday 2 March, 10:15" in slowed.text
    assert "10:15" in (await riverside.driver.submits("ravi", form, {"passphrase": PASSPHRASE})).text
    assert "10:15" in (await riverside.driver.presses("ravi", "responding.unlock")).text
    await riverside.passes(minutes=16)
    assert "10:46" in (await riverside.driver.submits("ravi", form, {"passphrase": OTHER})).text
    await riverside.passes(minutes=31)
    assert "Open for 15 minutes" in (await riverside.driver.submits("ravi", form, {"passphrase": PASSPHRASE})).text
    wrong, slow = ("wrong_passphrase", ""), ("slowed", "")
    assert [*[wrong] * 5, slow, wrong, slow, ("unlocked", "")] == await audited(riverside)
    key = await key_of(riverside)
    assert key is not None
    assert (0, None) == (key.wrong, key.locked_until)


@at_once
async def test_many_at_once_are_counted(riverside: World) -> None:
    """Ten wrong ones at the same moment: five are tried, and no more."""
    await responder(riverside, "ravi")
    form = await form_of(riverside, "responding.unlock")
    await asyncio.gather(*(riverside.driver.submits("ravi", form, {"passphrase": f"{OTHER} {n}"}) for n in range(10)))
    assert 5 == [action for action, _ in await audited(riverside)].count("wrong_passphrase")
    key = await key_of(riverside)
    assert key is not None
    assert (TRIES, MONDAY + FIRST_WAIT) == (key.wrong, key.locked_until)


async def test_changing_the_passphrase(riverside: World) -> None:
    """Only with the one so far; reports open with the new one, and with no other; what was open is locked."""
    await responder(riverside, "ravi")
    made = await reported(riverside)
    shown = await opens(riverside, made)
    listed = await riverside.driver.commands("ravi", "/mentor reports")
    form = await form_of(riverside, "Change my passphrase …", listed)
    new = {"passphrase": OTHER, "again": OTHER}
    assert "isn't your passphrase" in (await riverside.driver.submits("ravi", form, {"now": OTHER, **new})).text
    differ = {"now": PASSPHRASE, **new, "again": PASSPHRASE}
    assert "weren't the same" in (await riverside.driver.submits("ravi", form, differ)).text
    changed = await riverside.driver.submits("ravi", form, {"now": PASSPHRASE, **new})
    assert "your new passphrase opens your key" in changed.text
    assert "is locked again" in (await riverside.driver.presses("ravi", "Take it", shown)).text
    assert "isn't your passphrase" in (await unlocks(riverside)).text
    opened = await unlocks(riverside, "ravi", OTHER)
    assert "What happened" in (await riverside.driver.presses("ravi", f"Open {made.name}", opened)).text


async def test_a_lost_passphrase(riverside: World) -> None:
    """A new key opens nothing from before; a responder who may read lets its owner back in, to what is theirs."""
    await responder(riverside, "ravi", "rosa")
    both = await reported(riverside, "For both", readers=("ravi", "rosa"))
    alone = await reported(riverside, "For Ravi", readers=("ravi",))
    about = await reported(riverside, "About Ravi", readers=("rosa",), excluded=("ravi",))
    said = await riverside.driver.presses("ravi", "responding.lost")
    assert "2 reports come to you now. They're closed to you then" in said.text
    assert "1 of them can be read by no other responder" in said.text
    form = await form_of(riverside, "Make a new key …", said)
    made = await riverside.driver.submits("ravi", form, {"passphrase": OTHER, "again": OTHER})
    assert "2 reports are closed to you" in made.text
    twice = await riverside.driver.submits("ravi", form, {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert "Your key has changed meanwhile" in twice.text
    assert "No report waits for you." in (await unlocks(riverside, "ravi", OTHER)).text
    shown = await riverside.driver.presses("rosa", "Let somebody in …", await unlocks(riverside, "rosa"))
    assert "Ravi Menon: 1 report" in shown.text
    let = await riverside.driver.presses("rosa", "Let Ravi Menon in", shown)
    assert "Ravi Menon can open 1 report more now." in let.text
    assert "already" in (await riverside.driver.presses("rosa", "Let Ravi Menon in", shown)).text
    opened = await unlocks(riverside, "ravi", OTHER)
    assert f"Open {both.name}" in opened.buttons
    assert not {f"Open {alone.name}", f"Open {about.name}"} & set(opened.buttons)
    assert "For both" in (await riverside.driver.presses("ravi", f"Open {both.name}", opened)).text
    case = f"case:{both.name}"
    assert {("let_in", case), ("was_let_in", case)} <= set(await audited(riverside))


async def test_a_key_that_was_swapped(riverside: World) -> None:
    """Who put another public key into the database, to be sealed for, is noticed at the next unlocking."""
    (secret,) = await responder(riverside, "ravi")
    async with riverside.database.work(1) as work:
        ravi = await riverside.member(work, "ravi")
        await work.of(Responders).put_key(ravi, identity()[1], lock(secret, PASSPHRASE, COST))
    assert "a key that isn't yours" in (await unlocks(riverside)).text
    assert [("not_their_key", "")] == await audited(riverside)


async def test_what_was_unlocked_is_deleted(riverside: World) -> None:
    """When the time is over, nothing of it is left after the day's tidying."""
    await responder(riverside, "ravi")
    await unlocks(riverside)
    riverside.clock.move_to(riverside.clock.now() + timedelta(minutes=16))
    await riverside.core.daily()
    assert [] == (await every_row(riverside.database))["report_unlock"]

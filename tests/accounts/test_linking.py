"""One member, several accounts: linked by a code that is made on one and typed on the other."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.members import Members
from storage.programs import State
from tests.community.town import town
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.world import World

CODE = re.compile(r"/mentor link (?:code: )?([A-Z2-9]{5}-[A-Z2-9]{5})")


@pytest.fixture
async def there(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program that runs, on a platform with more people on it than members."""
    async with town(database_url, tmp_path, State.RUNNING) as opened:
        yield opened


async def code(there: World, user: str = "amara") -> str:
    """Return a fresh code of somebody's."""
    found = CODE.search(await there.asks(user, "/mentor link"))
    assert found is not None
    return found[1]


async def accounts(there: World, user: str = "amara") -> list[str]:
    """Return the accounts of whom one is, the one last used first."""
    async with there.database.work(1) as work:
        member = await work.of(Members).by_account(there.account(user))
        accounts = [] if member is None else await work.of(Members).accounts(member.id)
        users = {there.account(user).user: user for user in ("amara", "lena", "tomas")}
        return [users[one.user] for one in accounts]


@on_each_platform
async def test_two_accounts_become_one_member(there: World) -> None:
    """The other account is a stranger's until the code is typed there; then it is the member's own."""
    made = await code(there)
    assert "I don't know you yet" in await there.asks("tomas", "/mentor waiting")
    assert "Welcome, Amara Okafor" in await there.asks("tomas", f"/mentor link {made.lower().replace('-', ' ')}")
    assert "Nothing waits for you" in await there.asks("tomas", "/mentor waiting")


@on_each_platform
async def test_a_nudge_goes_to_the_account_last_used(there: World) -> None:
    """There is one nudge, wherever somebody was last, and what was answered from either account is answered."""
    made = await code(there)
    await there.passes(minutes=1)
    await there.asks("tomas", f"/mentor link {made}")
    await there.says("lena")
    await there.passes(days=1)
    assert (0, 1) == (len(await there.inbox("amara")), len(await there.inbox("tomas")))
    await there.asks("amara", "/mentor waiting")
    await there.passes(days=4)
    assert (1, 1) == (len(await there.inbox("amara")), len(await there.inbox("tomas")))
    await there.driver.says("tomas", "Here I am", "amara-lena")
    assert "Nothing waits for you" in await there.asks("amara", "/mentor waiting")


@on_each_platform
async def test_a_code_works_once(there: World) -> None:
    """Whoever comes second with it is told, and remains a stranger."""
    made = await code(there)
    await there.asks("tomas", f"/mentor link {made}")
    assert "used already" in await there.asks("mei", f"/mentor link {made}")
    assert "I don't know you yet" in await there.asks("mei", "/mentor waiting")


@at_once
async def test_of_two_who_type_a_code_at_once_one_is_linked(there: World) -> None:
    """One account becomes the member's, the other one stays what it was."""
    made = await code(there)
    said = await asyncio.gather(*(there.asks(user, f"/mentor link {made}") for user in ("tomas", "mei")))
    assert [False, True] == sorted("Welcome" in text for text in said)
    assert 2 == len(await accounts(there))


async def test_a_code_ends(there: World) -> None:
    """After a quarter of an hour it is no longer valid; a newer one ends the older at once."""
    first, second = await code(there), await code(there)
    assert "no longer valid" in await there.asks("tomas", f"/mentor link {first}")
    await there.passes(minutes=16)
    assert "no longer valid" in await there.asks("tomas", f"/mentor link {second}")


@on_each_platform
@pytest.mark.parametrize(
    ("user", "typed", "expected"),
    [
        ("tomas", "", "write /mentor link on the account that I know already"),
        ("tomas", "AAAAA-AAAAA", "I don't know this code"),
        ("tomas", "' OR 1=1 --", "I don't know this code"),
        ("tomas", "כדגהו" * 80, "I don't know this code"),
        ("amara", "{code}", "this is the account that you got it on"),
        ("lena", "{code}", "This account is a member's already"),
    ],
)
async def test_what_cannot_be_linked(there: World, user: str, typed: str, expected: str) -> None:
    """Wrong codes, one's own account and somebody else's are told; a right code is not used up by it."""
    made = await code(there)
    assert expected in await there.asks(user, f"/mentor link {typed.format(code=made)}")
    assert "Welcome" in await there.asks("tomas", f"/mentor link {made}")


@on_each_platform
async def test_an_account_is_taken_away(there: World) -> None:
    """From then on it is a stranger's; the one that is in use can't be taken away from there."""
    await there.asks("tomas", f"/mentor link {await code(there)}")
    offered = await there.driver.commands("amara", "/mentor link")
    assert f"Linked already: @tomas on {there.platform.name.capitalize()}." in offered.text
    assert "that you're using now" in await there.presses("tomas", "Take it away", offered)
    assert "Done." in await there.presses("amara", "Take it away", offered)
    assert "isn't linked to you" in await there.presses("amara", "Take it away", offered)
    assert "I don't know you yet" in await there.asks("tomas", "/mentor waiting")
    assert ["amara"] == await accounts(there)


async def test_nobody_takes_away_what_is_somebody_elses(there: World) -> None:
    """A forged button with another member's account changes nothing."""
    forged = await there.driver.presses(
        "lena", f"accounts.unlink:{':'.join(there.where)}:{there.account('amara').user}"
    )
    assert "isn't linked to you" in forged.text
    assert ["amara"] == await accounts(there)

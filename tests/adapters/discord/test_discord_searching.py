"""Many people by name, of a server whose members nobody lists."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import searching
from adapters.discord.searching import Member
from tests.adapters.discord.community import Scene

SEARCH = "GET /guilds/{guild_id}/members/search"
HANDLES = st.lists(st.text("ab.", min_size=1, max_size=5), unique=True, max_size=40)


def member(number: int, handle: str) -> Member:
    """Return somebody as Discord tells of them."""
    return {"nick": None, "user": {"id": str(number), "username": handle, "global_name": handle.upper()}}


@given(HANDLES, HANDLES, st.integers(2, 5), st.integers(0, 3))
async def test_everybody_is_found(there: list[str], wanted: list[str], most: int, few: int) -> None:
    """However few Discord finds at once, those who are there are found by handle, and nobody else."""
    members = [member(number, handle) for number, handle in enumerate(there, 1)]

    async def ask(start: str, limit: int) -> Sequence[Member]:
        return [one for one in members if one["user"]["username"].startswith(start)][:limit]

    found = await searching.search(ask, wanted, most, few)
    for name in wanted:
        one = found.called(name)
        assert (name if name in there else None) == (one and one["user"]["username"])


async def test_a_thousand_are_some_dozens_of_requests(riverside_discord: Scene) -> None:
    """By handle and by shown name, among as many others; two of one name are nobody."""
    there = riverside_discord
    for number in range(1000):
        there.discord.person(f"{chr(97 + number % 26)}wanted{number}", there.guild, display=f"Person {number}")
        there.discord.person(f"{chr(97 + number % 26)}other{number}", there.guild, display=f"Other {number % 2}")
    words = [f"@{chr(97 + number % 26)}wanted{number}" for number in range(900)]
    words += [f"Person {number}" for number in range(900, 1000)]
    found = await there.platform.look_up(there.guild.id, [*words, "Other 1", "a@example.org", "xavier"])
    assert set(words) == set(found)
    assert "Person 950" == found["Person 950"].name
    assert 26 <= len(there.asked(SEARCH)) < 200


async def test_a_hundred_at_most_are_enough() -> None:
    """If Discord gives a hundred, whatever it is asked for, longer beginnings are asked for."""
    members = [member(number, f"a{number}") for number in range(1, 301)]

    async def ask(start: str, limit: int) -> Sequence[Member]:
        near = [one for one in members if one["user"]["username"].startswith(start)]
        return near[: min(limit, 100)]

    found = await searching.search(ask, [f"a{number}" for number in range(1, 301)])
    assert all(found.called(f"a{number}") for number in range(1, 301))

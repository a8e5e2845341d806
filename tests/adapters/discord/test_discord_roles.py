"""Titles on Discord: roles without rights, each made once, and never a way to more."""

import asyncio

import pytest

from adapters.discord.roles import Roles
from bot.errors import Busy, Forbidden, Gone
from tests.adapters.discord.community import Scene
from tests.stand_ins.discord import Can, Role, check_against_wire
from tests.stand_ins.discord.acts import remove_role

TITLE = "Good Listener"
GIVE = "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}"
TAKE = "DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}"
MAKE = "POST /guilds/{guild_id}/roles"


async def _wears(there: Scene, title: str = TITLE, *, on: bool = True) -> None:
    await there.platform.wear(there.account(there.amara), title, on=on)


def _called(there: Scene, title: str = TITLE) -> list[Role]:
    return [role for role in there.guild.roles.values() if role.name == title]


def _of_amara(there: Scene) -> list[str]:
    return there.guild.members[there.amara.id].roles


async def test_a_new_role_gives_no_rights(riverside_discord: Scene) -> None:
    """It isn't shown apart, nobody can call all of its people; it is named in one line, as long as Discord takes it."""
    await _wears(riverside_discord, "  Good\nListener " + "x" * 200)
    (made,) = [role for role in riverside_discord.guild.roles.values() if role.name.startswith("Good")]
    assert (0, False, False) == (made.permissions, made.hoist, made.mentionable)
    assert ("Good Listener x", 100) == (made.name[:15], len(made.name))
    assert [made.id] == _of_amara(riverside_discord)
    await _wears(riverside_discord, "  Good\nListener " + "x" * 200, on=False)
    assert [] == _of_amara(riverside_discord)
    assert [] == check_against_wire(riverside_discord.discord.requests)


async def test_a_role_of_that_name_is_taken(riverside_discord: Scene) -> None:
    """If it lets nobody do more than all may; one that does is left alone, and so is one of another bot's."""
    there = riverside_discord
    everybody = there.guild.everyone.permissions
    mighty = there.discord.role(there.guild, TITLE, everybody | Can.KICK_MEMBERS)
    await _wears(there)
    (own,) = [role for role in _called(there) if role is not mighty]
    assert [own.id] == _of_amara(there)
    mighty.permissions = everybody
    await _wears(there, on=False)  # the older one is meant now, which she doesn't have
    mighty.managed = "another bot"
    await _wears(there, on=False)
    assert [] == _of_amara(there)


async def test_several_at_once_make_one_role(riverside_discord: Scene) -> None:
    """One process asks for it once, as Discord lets nobody make many; of several processes' the oldest stays."""
    there = riverside_discord
    api = there.platform._api  # noqa: SLF001 - the real client, for a process of its own
    people = (there.amara, there.lena, there.rosa)
    await asyncio.gather(*(there.platform.wear(there.account(one), TITLE, on=True) for one in people))
    assert 1 == len(there.asked(MAKE))
    await asyncio.gather(*(Roles(api).give(there.guild.id, one.id, "Good Writer") for one in people))
    both = [one.id for title in (TITLE, "Good Writer") for one in _called(there, title)]
    assert 2 == len(both)
    assert all(both == there.guild.members[one.id].roles for one in people)


@pytest.mark.parametrize("on", [True, False])
async def test_the_bot_may_not(riverside_discord: Scene, on: bool) -> None:
    """Without the permission, or with its own role below: that is said, and nothing is changed."""
    there = riverside_discord
    await _wears(there)
    (role,) = _called(there)
    before = [role.id] * (not on)
    there.guild.members[there.amara.id].roles = list(before)
    role.position = 99
    with pytest.raises(Forbidden):
        await _wears(there, on=on)
    role.position = 1
    own = next(role for role in there.guild.roles.values() if role.managed)
    own.permissions &= ~Can.MANAGE_ROLES
    with pytest.raises(Forbidden):
        await _wears(there, on=on)
    assert before == _of_amara(there)


@pytest.mark.parametrize("name", [GIVE, MAKE])
async def test_discord_in_trouble_is_busy(riverside_discord: Scene, name: str) -> None:
    """What fails for a moment is done later, and the role is there once even if it was made and nobody heard of it."""
    there = riverside_discord
    there.discord.faults.breaks(name, 503, after=True)  # which the library doesn't ask again for by itself
    with pytest.raises(Busy):
        await _wears(there)
    await _wears(there)
    (made,) = _called(there)
    assert [made.id] == _of_amara(there)


async def test_a_limit_is_kept_to(riverside_discord: Scene) -> None:
    """Cloudflare's own can't be waited for by the library."""
    riverside_discord.discord.faults.limits(GIVE, 7, via=False)
    with pytest.raises(Busy):
        await _wears(riverside_discord)
    await _wears(riverside_discord)
    assert 1 == len(_of_amara(riverside_discord))


@pytest.mark.parametrize("on", [True, False])
async def test_a_role_that_is_deleted_meanwhile(riverside_discord: Scene, on: bool) -> None:
    """It is made anew the next time, or taken off with that."""
    there = riverside_discord
    await _wears(there)
    last = GIVE if on else TAKE
    go_on = there.discord.faults.holds(last)
    before = len(there.asked(last))
    going = asyncio.create_task(_wears(there, on=on))
    await there.discord.changes.until(lambda: len(there.asked(last)) > before, 30)
    remove_role(there.discord, there.guild, _called(there)[0])
    go_on.set()
    if on:
        with pytest.raises(Busy):
            await going
        await _wears(there)
    else:
        await going
    assert int(on) == len(_of_amara(there)) == len(_called(there))


async def test_who_has_left_is_gone(riverside_discord: Scene) -> None:
    """Somebody who isn't in the server any more."""
    there = riverside_discord
    there.discord.kick(there.guild, there.amara.id)
    with pytest.raises(Gone):
        await _wears(there)

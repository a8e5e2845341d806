"""What people do with an app's commands and menus, and what they see in return."""

from typing import Any

import discord
import pytest

from tests.stand_ins.discord import Can, Discord, Guild, NotPossible, Reply
from tests.stand_ins.discord_bot import COMMANDS, Asked, Bot, code, failure


async def test_a_command_is_answered_privately(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Its options are typed; the answer is seen by who asked and by nobody else, and stands in no history."""
    amara, lena = server.person("amara", guild, locale="es-ES"), server.person("lena", guild)

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Away.", ephemeral=True)

    bot.on(answer)
    seen = await amara.commands("/mentor away until: 5 May who: @lena days: 3 quietly: True why: Ill", town)
    assert (Reply.MESSAGE, ["Away."]) == (seen.first, [one.content for one in seen.ephemerals])
    assert ([seen.messages[0]], [], []) == (amara.ephemerals, lena.ephemerals, server.channels[town].messages)
    [asked] = bot.interactions
    assert (int(town), int(amara.id), "es-ES") == (asked.channel_id, asked.user.id, str(asked.locale))
    data: Any = asked.data
    options = {one["name"]: one["value"] for one in data["options"][0]["options"]}
    assert {"until": "5 May", "who": lena.id, "days": 3, "quietly": True, "why": "i"} == options
    assert "lena" == data["resolved"]["users"][lena.id]["username"]
    assert 10008 == await code(bot.text(town).fetch_message(int(seen.messages[0].id)))


async def test_a_client_sends_only_what_is_declared(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Unknown commands and options, wrong kinds and what is missing are held back."""
    amara = server.person("amara", guild)
    for text in (
        "/other",
        "/mentor",
        "/mentor away",
        "/mentor away soon",
        "/mentor away until: x days: many",
        "/mentor away until: x days: 10",
        "/mentor away until: x who: @nobody",
        "/mentor away until: x why: Tired",
    ):
        with pytest.raises(NotPossible):
            await amara.commands(text, town)
    with pytest.raises(NotPossible):
        await amara.commands("/mentor away", town, {"until": "x", "where": "y"})
    assert [] == bot.interactions


async def test_what_is_typed_is_completed(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Suggestions come while an option is typed that has them."""
    amara = server.person("amara", guild)

    async def suggest(asked: Asked) -> None:
        data: Any = asked.data
        typed = next(one for one in data["options"][0]["options"] if one.get("focused"))
        choice = discord.app_commands.Choice(name=f"{typed['value']}morrow", value="t")
        await asked.response.autocomplete([choice])

    bot.on(suggest)
    seen = await amara.suggests("/mentor away", "until", "to", town)
    assert [{"name": "tomorrow", "value": "t"}] == [{k: one[k] for k in ("name", "value")} for one in seen.choices]
    with pytest.raises(NotPossible):
        await amara.suggests("/mentor away", "why", "I", town)


async def test_a_command_can_be_hidden(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Who lacks its permission isn't offered it, unless the administrators opened it; in private it isn't there."""
    amara, rosa = server.person("amara", guild), server.person("rosa", guild)
    role = server.role(guild, "team", int(Can.MANAGE_GUILD))
    guild.members[rosa.id].roles.append(role.id)
    assert [False, True] == ["admin" in who.menu(town) for who in (amara, rosa)]
    assert "admin" in server.person(guild.owner).menu(town)
    guild.opened.add("admin")
    assert "admin" in amara.menu(town)
    assert {"mentor"} == set(rosa.menu())


async def test_a_menu_names_its_message(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """The app learns which message it was used on, and reads that one; or which person."""
    amara, lena = server.person("amara", guild), server.person("lena", guild)
    id_ = await lena.says(town, "Hello")

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Noted.", ephemeral=True)

    bot.on(answer, answer)
    seen = await amara.shortcut("Try this", amara.sees(town)[-1])
    assert ["Noted."] == [one.content for one in seen.ephemerals]
    data: Any = bot.interactions[0].data
    assert (id_, "Hello") == (data["target_id"], data["resolved"]["messages"][id_]["content"])
    await amara.shortcut("Try them", lena, town)
    data = bot.interactions[1].data
    assert (lena.id, "lena") == (data["target_id"], data["resolved"]["users"][lena.id]["username"])
    with pytest.raises(NotPossible):
        await amara.shortcut("Another", lena, town)


async def test_commands_keep_their_ids(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Put again they are the same; what isn't named any more is gone; a server has its own."""
    app = int(server.app.id)
    before = {one["name"]: one["id"] for one in await bot.http.get_global_commands(app)}
    rows: Any = [*COMMANDS[:1], {"name": "new", "description": "New"}]
    after = {one["name"]: one["id"] for one in await bot.http.bulk_upsert_global_commands(app, rows)}
    assert ({"mentor", "new"}, before["mentor"]) == (set(after), after["mentor"])
    await bot.http.bulk_upsert_guild_commands(app, int(guild.id), [{"name": "here", "description": "x", "type": 1}])
    assert {"mentor", "new", "here"} == set(server.person("amara", guild).menu(town))


async def test_commands_are_changed_one_by_one(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Added, put in the place of one of the same name, changed and taken away; checked as all at once are."""
    app, amara = int(server.app.id), server.person("amara", guild)
    rows: list[Any] = [{"name": "one", "description": words, "type": 1} for words in ("One", "Another")]
    one, again = [await bot.http.upsert_global_command(app, row) for row in rows]
    assert one["id"] == again["id"]
    changed = await bot.http.edit_global_command(app, int(one["id"]), {"name": "two"})
    assert (one["id"], "Another") == (changed["id"], changed["description"])
    assert "two" in amara.menu(town)
    error = await failure(bot.http.edit_global_command(app, int(one["id"]), {"name": "Not so"}))
    assert 50035 == error.code
    await bot.http.delete_global_command(app, int(one["id"]))
    assert "two" not in amara.menu(town)
    assert 10063 == (await failure(bot.http.delete_global_command(app, int(one["id"])))).code

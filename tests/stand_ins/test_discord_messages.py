"""Messages and reactions over the stand-in of Discord: what the bot may read, what may be written, who is notified."""

from datetime import timedelta

import discord
import pytest

from bot.clock import SetClock
from tests.stand_ins.discord import Can, Discord, Guild, NotPossible
from tests.stand_ins.discord_bot import Bot, code, failure


async def test_what_people_write_is_told_without_its_content(server: Discord, guild: Guild, bot: Bot) -> None:
    """Author, channel, time and mentions are there; the text is only where the bot is mentioned or alone with them."""
    amara, lena = server.person("amara", guild), server.person("lena", guild)
    town = server.text_channel(guild, "town")
    await amara.says(town.id, "Hello @lena", files=[("a.txt", b"x")])
    await amara.says(town.id, f"Hello <@{server.app.bot}>")
    await amara.says(amara.dm.id, "in private")
    told = bot.of("MESSAGE_CREATE")
    assert ["", f"Hello <@{server.app.bot}>", "in private"] == [one["content"] for one in told]
    assert ([lena.id], []) == ([one["id"] for one in told[0]["mentions"]], told[0]["attachments"])
    assert (guild.id, amara.id) == (told[0]["guild_id"], told[0]["author"]["id"])
    assert "guild_id" not in told[2]
    history = [message.content async for message in bot.text(town.id).history(oldest_first=True)]
    assert ["", f"Hello <@{server.app.bot}>"] == history


async def test_with_the_intent_for_content_it_is_told(server: Discord, guild: Guild) -> None:
    """The intent is switched on and asked for."""
    server.app.privileged.add("content")
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    async with Bot(server, intents).connected() as bot:
        await amara.says(town.id, "Hello")
        await amara.says(amara.dm.id, "in private")
        assert ["Hello"] == [one["content"] for one in bot.of("MESSAGE_CREATE")]


async def test_edits_deletions_and_reactions_are_told(server: Discord, guild: Guild, bot: Bot) -> None:
    """Each with its ids, and who did it."""
    amara, lena, town = server.person("amara", guild), server.person("lena", guild), server.text_channel(guild, "town")
    id_ = await amara.says(town.id, "Hello")
    await amara.edits(town.id, id_, "Hullo @lena")
    await amara.reacts(town.id, id_, "👍")
    await amara.unreacts(town.id, id_, "👍")
    await amara.deletes(town.id, id_)
    kinds = ["CREATE", "UPDATE", "REACTION_ADD", "REACTION_REMOVE", "DELETE"]
    assert [f"MESSAGE_{kind}" for kind in kinds] == [one for one in bot.events if one.startswith("MESSAGE")]
    [added] = bot.of("MESSAGE_REACTION_ADD")
    assert (amara.id, id_, "👍") == (added["user_id"], added["message_id"], added["emoji"]["name"])
    [changed] = bot.of("MESSAGE_UPDATE")
    assert ("", [lena.id]) == (changed["content"], [one["id"] for one in changed["mentions"]])
    assert changed["edited_timestamp"]
    assert [] == lena.pings


async def test_a_client_allows_only_what_is_theirs(server: Discord, guild: Guild, bot: Bot) -> None:
    """Nobody edits another's words, reacts twice, or looks into what is hidden from them."""
    amara, lena, rosa = (server.person(name, guild) for name in ("amara", "lena", "rosa"))
    pair = server.text_channel(guild, "pair", amara, lena, private=True)
    id_ = await amara.says(pair.id, "Hello")
    await lena.reacts(pair.id, id_, "👍")
    for act in (
        lena.edits(pair.id, id_, "x"),
        lena.deletes(pair.id, id_),
        lena.reacts(pair.id, id_, "👍"),
        rosa.says(pair.id, "x"),
        rosa.reacts(pair.id, id_, "👍"),
    ):
        with pytest.raises(NotPossible):
            await act
    with pytest.raises(NotPossible):
        rosa.sees(pair.id)
    assert ["general"] == [one.name for one in rosa.channels]


async def test_history_is_read_in_pieces(server: Discord, guild: Guild, bot: Bot, clock: SetClock) -> None:
    """Before, after and around a message, the latest first; without the permission there is nothing."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    ids = [int(await amara.says(town.id, f"{number}")) for number in range(7)]
    http = bot.http

    async def read(**asked: int) -> list[int]:
        return [ids.index(int(one["id"])) for one in await http.logs_from(int(town.id), **{"limit": 3, **asked})]

    assert [6, 5, 4] == await read()
    assert [2, 1, 0] == await read(before=ids[3])
    assert [6, 5, 4] == await read(after=ids[3])
    assert [3, 2, 1] == await read(after=ids[0])
    assert [4, 3, 2] == await read(around=ids[3])
    assert 50035 == await code(http.logs_from(int(town.id), limit=101))
    message = await bot.text(town.id).fetch_message(ids[0])
    assert clock.now() == message.created_at
    guild.everyone.permissions &= ~Can.READ_MESSAGE_HISTORY
    guild.roles[guild.members[server.app.bot].roles[0]].permissions &= ~Can.READ_MESSAGE_HISTORY
    assert [] == await read()


async def test_a_stable_nonce_makes_one_message(server: Discord, guild: Guild, bot: Bot, clock: SetClock) -> None:
    """What is sent again with the same nonce is the message that is there; minutes later it is a new one."""
    town = server.text_channel(guild, "town")
    first, second = [await bot.text(town.id).send("Hello", nonce="a-key") for _ in range(2)]
    assert (first.id, 1) == (second.id, len(town.messages))
    clock.move_to(clock.now() + timedelta(minutes=6))
    assert first.id != (await bot.text(town.id).send("Hello", nonce="a-key")).id
    assert 50035 == await code(bot.text(town.id).send("Hello", nonce="x" * 26))


async def test_too_much_is_refused(server: Discord, guild: Guild, bot: Bot) -> None:
    """2,000 characters, something at all, ten embeds, and a field is named."""
    town = bot.text(server.text_channel(guild, "town").id)
    error = await failure(town.send("x" * 2001))
    assert (400, 50035) == (error.status, error.code)
    assert "content" in str(error)
    assert 50006 == await code(town.send(" "))
    await town.send("x" * 2000)
    assert 50005 == await code(bot.http.edit_message(town.id, await _foreign(server, guild, town.id), params=_text()))
    assert 10008 == await code(town.fetch_message(1))


def _text() -> discord.http.MultipartParameters:
    return discord.http.handle_message_parameters("x")


async def _foreign(server: Discord, guild: Guild, channel: int) -> int:
    return int(await server.person("amara", guild).says(str(channel), "mine"))


async def test_nobody_is_notified_who_must_not_be(server: Discord, guild: Guild, bot: Bot) -> None:
    """With closed mentions a text pings nobody, whatever stands in it; open ones ping those who are named."""
    amara, lena = server.person("amara", guild), server.person("lena", guild)
    role = server.role(guild, "mentors")
    guild.members[lena.id].roles.append(role.id)
    guild.everyone.permissions |= Can.MENTION_EVERYONE
    town = server.text_channel(guild, "town")
    text = f"@everyone <@{amara.id}> <@&{role.id}>"
    await bot.text(town.id).send(text)
    assert ([], []) == (amara.pings, lena.pings)
    await bot.text(town.id).send(text, allowed_mentions=discord.AllowedMentions(users=True))
    assert (1, 0) == (len(amara.pings), len(lena.pings))
    await bot.text(town.id).send(text, allowed_mentions=discord.AllowedMentions.all())
    assert (2, 1) == (len(amara.pings), len(lena.pings))
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay(f"<@{amara.id}>"))
    await bot.text(town.id).send(view=view)
    assert 2 == len(amara.pings)


async def test_replies_name_what_they_answer(server: Discord, guild: Guild, bot: Bot) -> None:
    """A person's reply tells whom it is for, even if they aren't notified."""
    amara, lena = server.person("amara", guild), server.person("lena", guild)
    town = server.text_channel(guild, "town")
    first = await amara.says(town.id, "Hello")
    await lena.says(town.id, "Hi", reply_to=first)
    await lena.says(town.id, "Hi", reply_to=first, ping=False)
    told = bot.of("MESSAGE_CREATE")[1:]
    assert [first, first] == [one["message_reference"]["message_id"] for one in told]
    assert [[amara.id], []] == [[who["id"] for who in one["mentions"]] for one in told]
    assert [amara.id, ""] == [told[0]["referenced_message"]["author"]["id"], told[0]["referenced_message"]["content"]]


async def test_files_go_both_ways(server: Discord, guild: Guild, bot: Bot) -> None:
    """What the bot sends can be fetched, with its description; an edit keeps what it names."""
    town = bot.text(server.text_channel(guild, "town").id)
    files = [discord.File(__file__, "a.py", description="A file"), discord.File(__file__, "b.py")]
    message = await town.send("Here", files=files)
    assert ["a.py", "b.py"] == [one.filename for one in message.attachments]
    assert "A file" == message.attachments[0].description
    assert (await message.attachments[0].read()).startswith(b'"""Messages')
    message = await message.edit(attachments=message.attachments[:1])
    assert ["a.py"] == [one.filename for one in message.attachments]


async def test_direct_messages_can_be_closed(server: Discord, guild: Guild, bot: Bot) -> None:
    """To who takes none, or is in no server with the bot, nothing can be sent; a stranger is none."""
    amara, stranger = server.person("amara", guild), server.person("stranger")
    user = await bot.fetch_user(int(amara.id))
    await user.send("Hello")
    assert ["Hello"] == [one.content for one in amara.inbox]
    amara.closes_dms()
    error = await failure(user.send("Hello"))
    assert (403, 50007) == (error.status, error.code)
    amara.closes_dms(back=True)
    await user.send("Hello")
    assert 50007 == await code((await bot.fetch_user(int(stranger.id))).send("Hello"))
    assert 10013 == await code(bot.fetch_user(1))
    await amara.leaves(guild)
    assert 50007 == await code(user.send("Hello"))

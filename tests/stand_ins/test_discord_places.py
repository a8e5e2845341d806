"""Servers, members, roles, channels and threads over the stand-in of Discord: who sees and may what."""

from datetime import timedelta

import discord

from bot.clock import SetClock
from tests.stand_ins.discord import Can, Discord, Guild, Kind
from tests.stand_ins.discord.permissions import EVERYBODY, INVITED
from tests.stand_ins.discord_bot import Bot, code, failure


async def private(bot: Bot, guild: Guild, *people: str, category: discord.CategoryChannel | None = None) -> str:
    """Let the bot make a channel for these people and itself; return its id."""
    here = bot.get_guild(int(guild.id))
    assert here is not None
    shut, opened = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    overwrites: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        here.default_role: shut,
        here.me: opened,
    }
    overwrites |= {discord.Object(int(one), type=discord.Member): opened for one in people}
    made = await here.create_text_channel("Amara and Lena", overwrites=overwrites, category=category)
    return str(made.id)


async def test_a_private_channel_is_for_its_people(server: Discord, guild: Guild, bot: Bot) -> None:
    """The bot makes it, in small letters; nobody else sees it, and the owner of the server, who sees all, does."""
    amara, lena, rosa = (server.person(name, guild) for name in ("amara", "lena", "rosa"))
    id_ = await private(bot, guild, amara.id, lena.id)
    assert "amara-and-lena" == server.channels[id_].name
    owner = server.person(guild.owner)
    sees = [server.channels[id_] in one.channels for one in (amara, lena, rosa, owner)]
    assert [True, True, False, True] == sees
    assert await server.settled()
    assert [id_] == [one["id"] for one in bot.of("CHANNEL_CREATE")]


async def test_without_permissions_nothing_is_done(server: Discord) -> None:
    """The bot needs what it was invited with: to see, to write, to make channels, to change who sees them."""
    poor = server.guild("Poor", permissions=int(Can.VIEW_CHANNEL), everybody=int(EVERYBODY))
    poor.everyone.permissions &= ~Can.SEND_MESSAGES
    town = server.text_channel(poor, "town")
    hidden = server.text_channel(poor, "hidden", private=True, bot=False)
    async with Bot(server).connected() as bot:
        assert 50013 == await code(bot.text(town.id).send("x"))
        error = await failure(bot.text(hidden.id).send("x"))
        assert (403, 50001) == (error.status, error.code)
        assert 50013 == await code(private(bot, poor))
        assert 50013 == await code(bot.http.delete_channel(int(town.id)))
        assert 50013 == await code(bot.http.delete_channel_permissions(int(town.id), int(poor.id)))
        assert 10003 == await code(bot.fetch_channel(1))


async def test_it_gives_away_only_what_it_has(server: Discord, guild: Guild, bot: Bot) -> None:
    """An overwrite with a permission that the bot lacks is refused; it can also shut itself out."""
    here = bot.get_guild(int(guild.id))
    assert here is not None
    town = here.text_channels[0]
    amara = await here.fetch_member(int(server.person("amara", guild).id))
    assert 50013 == await code(town.set_permissions(amara, manage_messages=True))
    await town.set_permissions(amara, view_channel=True, send_messages=False)
    assert not server.may(server.channels[str(town.id)], str(amara.id)) & Can.SEND_MESSAGES
    await town.set_permissions(amara, overwrite=None)
    assert server.may(server.channels[str(town.id)], str(amara.id)) & Can.SEND_MESSAGES
    overwrites: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]
    overwrites = {here.default_role: discord.PermissionOverwrite(view_channel=False)}
    made = await here.create_text_channel("shut", overwrites=overwrites)
    assert 50001 == await code(made.send("x"))


async def test_a_category_and_a_server_can_be_full(server: Discord, guild: Guild, bot: Bot) -> None:
    """Fifty channels in a category, five hundred in a server."""
    category = server.category(guild, "Pairs")
    for number in range(49):
        server.text_channel(guild, f"pair-{number}", parent=category.id)
    here = bot.get_guild(int(guild.id))
    assert here is not None
    assert await server.settled()
    place = here.get_channel(int(category.id))
    assert isinstance(place, discord.CategoryChannel)
    await place.create_text_channel("fits")
    error = await failure(place.create_text_channel("one too many"))
    assert (50035, True) == (error.code, "parent_id" in str(error))
    for number in range(500):
        server.text_channel(guild, f"more-{number}")
    assert 30013 == await code(here.create_text_channel("one too many"))


async def test_members_are_found_without_a_privileged_intent(server: Discord, guild: Guild, bot: Bot) -> None:
    """One by id, some by the beginning of their name; the whole list is refused."""
    amara = server.person("amara", guild, display="Amara Okafor")
    stranger = server.person("stranger")
    here = bot.get_guild(int(guild.id))
    assert here is not None
    assert "Amara Okafor" == (await here.fetch_member(int(amara.id))).display_name
    assert 10007 == await code(here.fetch_member(int(stranger.id)))
    assert [amara.id] == [one["user"]["id"] for one in await bot.http.request(_search(guild), params={"query": "ama"})]
    assert [amara.id] == [str(one.id) for one in await here.query_members("ama")]
    assert [int(amara.id)] == [one.id for one in await here.query_members(user_ids=[int(amara.id), int(stranger.id)])]
    assert 50001 == await code(bot.http.get_members(int(guild.id), 10, None))


def _search(guild: Guild) -> discord.http.Route:
    return discord.http.Route("GET", "/guilds/{guild_id}/members/search", guild_id=guild.id)


async def test_leaving_is_told_only_with_the_intent(server: Discord, guild: Guild) -> None:
    """Without the members' intent nobody is told to come or go, and a look at the member fails."""
    amara = server.person("amara", guild)
    async with Bot(server).connected() as bot:
        await amara.leaves(guild)
        await amara.joins(guild)
        await amara.leaves(guild)
        assert [] == bot.events
        assert 10007 == await code(bot.http.get_member(int(guild.id), int(amara.id)))
    server.app.privileged.add("members")
    async with Bot(server, discord.Intents(guilds=True, members=True)).connected() as bot:
        await amara.joins(guild)
        await amara.leaves(guild)
        assert ["GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"] == bot.events


async def test_the_bot_can_be_put_out(server: Discord, guild: Guild, bot: Bot) -> None:
    """It is told, and from then on the server isn't there for it."""
    server.kick(guild, server.app.bot)
    assert await server.settled()
    assert ["GUILD_DELETE"] == bot.events
    error = await failure(bot.fetch_guild(int(guild.id)))
    assert (404, 10004) == (error.status, error.code)
    assert 50001 == await code(bot.http.get_member(int(guild.id), int(guild.owner)))
    server.invite(guild)
    assert await server.settled()
    assert guild.name == (await bot.fetch_guild(int(guild.id))).name


async def test_roles_are_given_below_the_bots_own(server: Discord, guild: Guild, bot: Bot) -> None:
    """A role above the bot's can't be given, neither can one with a permission that it lacks be made."""
    amara = server.person("amara", guild)
    here = bot.get_guild(int(guild.id))
    assert here is not None
    made = await here.create_role(name="Mentor")
    member = await here.fetch_member(int(amara.id))
    await member.add_roles(made)
    assert [str(made.id)] == guild.members[amara.id].roles
    guild.roles[str(made.id)].position = 99
    assert 50013 == await code(member.remove_roles(made))
    assert 50013 == await code(here.create_role(name="x", permissions=discord.Permissions(ban_members=True)))


async def test_a_private_thread_is_for_its_members(server: Discord, guild: Guild, bot: Bot) -> None:
    """Only who was taken into it sees it; nobody else can be taken in by them; who leaves the server leaves it too."""
    amara, lena, rosa = (server.person(name, guild) for name in ("amara", "lena", "rosa"))
    here = bot.get_guild(int(guild.id))
    assert here is not None
    thread = await here.text_channels[0].create_thread(name="Amara and Lena", invitable=False)
    for one in (amara, lena):
        await thread.add_user(discord.Object(int(one.id)))
    place = server.channels[str(thread.id)]
    assert ([True, True, False], Kind.PRIVATE_THREAD) == (
        [place in who.channels for who in (amara, lena, rosa)],
        place.kind,
    )
    await amara.says(place.id, "Hello @rosa")
    assert (place not in rosa.channels, 1) == (True, len(bot.of("MESSAGE_CREATE")))
    await lena.leaves(guild)
    assert {amara.id, server.app.bot} == set(place.members)
    assert 10007 == await code(thread.add_user(discord.Object(int(lena.id))))


async def test_who_is_mentioned_comes_into_an_open_thread(server: Discord, guild: Guild, bot: Bot) -> None:
    """In a thread into which its members may invite, a mention takes somebody in."""
    amara, rosa = server.person("amara", guild), server.person("rosa", guild)
    here = bot.get_guild(int(guild.id))
    assert here is not None
    thread = await here.text_channels[0].create_thread(name="Open", invitable=True)
    await thread.add_user(discord.Object(int(amara.id)))
    await amara.says(str(thread.id), "Come, @rosa")
    assert rosa.id in server.channels[str(thread.id)].members


async def test_threads_archive_themselves(server: Discord, guild: Guild, bot: Bot, clock: SetClock) -> None:
    """After the days that they say; a post wakes them, and until then they are found among the archived ones."""
    amara = server.person("amara", guild)
    here = bot.get_guild(int(guild.id))
    assert here is not None
    above = here.text_channels[0]
    thread = await above.create_thread(name="Quiet", auto_archive_duration=10080)
    await thread.add_user(discord.Object(int(amara.id)))
    await thread.send("Good night")
    clock.move_to(clock.now() + timedelta(days=8))
    assert [] == await here.active_threads()
    assert [thread.id] == [one.id async for one in above.archived_threads(private=True, joined=True)]
    message = await anext(thread.history())
    for act in (
        thread.add_user(discord.Object(int(amara.id))),
        message.edit(content="x"),
        message.add_reaction("👍"),
        message.delete(),
        bot.http.edit_channel(thread.id, archived=True, locked=True),
    ):
        assert 50083 == await code(act)
    await thread.send("Good morning")
    assert [thread.id] == [one.id for one in await here.active_threads()]
    assert [True, False] == [one["thread_metadata"]["archived"] for one in bot.of("THREAD_UPDATE")]


async def test_a_server_can_be_unavailable(server: Discord, guild: Guild, bot: Bot) -> None:
    """For a while nothing is told of it, and nothing found; then it is there again."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    assert await server.settled()
    server.outage(guild)
    await amara.says(town.id, "Hello")
    assert 50001 == await code(bot.http.get_member(int(guild.id), int(amara.id)))
    server.outage(guild, over=True)
    await amara.says(town.id, "Hello")
    assert ["CHANNEL_CREATE", "GUILD_DELETE", "MESSAGE_CREATE"] == bot.events


async def test_channels_deleted_by_hand_are_gone(server: Discord, guild: Guild, bot: Bot) -> None:
    """The bot is told, with their threads; what it does there afterwards finds nothing."""
    town = server.text_channel(guild, "town")
    server.delete_channel(town)
    assert await server.settled()
    assert [town.id] == [one["id"] for one in bot.of("CHANNEL_DELETE")]
    assert 10003 == await code(bot.text(town.id).send("x"))


async def test_the_invitation_can_be_read_back(server: Discord, guild: Guild, bot: Bot) -> None:
    """What the bot may is computed from its role, and shown."""
    assert int(INVITED) == server.permissions(guild, server.app.bot)
    assert [str(int(INVITED))] == [one["permissions"] for one in await bot.http.get_guilds(10)]

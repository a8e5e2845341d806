"""What `mentorbot doctor` says of a Discord server, on the stand-in."""

from adapters.discord import doctor_wording as wording
from adapters.discord.connection import Where
from adapters.discord.doctor import DiscordExaminer, examiner
from adapters.discord.guild import place
from adapters.discord.invite import permissions
from bot.config import Config
from bot.doctor import Check, Known, Room
from tests.stand_ins.discord import Discord, Guild, Kind
from tests.stand_ins.discord.server import real_time


def _known(guild: Guild, *rooms: Room) -> Known:
    return Known({guild.id: "Riverside Mentoring"}, rooms, ())


async def _told(discord: Discord, known: Known | None, token: str | None = None) -> list[Check]:
    where = Where(discord.api_url, discord.gateway_url)
    return list(await DiscordExaminer(token or discord.app.token, where, "channel").look(known))


async def test_all_is_fine() -> None:
    """Each thing is looked at; nothing is changed, and the gateway is left alone."""
    async with Discord() as discord:
        guild = discord.guild("Riverside", permissions=permissions("channel").value, everybody=0)
        channel = discord.text_channel(guild, "pair", private=True)
        told = await _told(discord, _known(guild, Room(place(guild.id, channel.id), "Amara and Lena")))
        assert {True} == {check.fine for check in told}
        names = [wording.TOKEN, wording.INTENTS, wording.SERVERS, wording.PERMISSIONS, wording.SPACES]
        assert names == [one.name for one in told]
        assert {"GET"} == {request.method for request in discord.requests}
        assert 0 == discord.gateway.identified


async def test_what_is_wrong_is_told_in_plain_words() -> None:
    """A missing permission by Discord's own name, a space that isn't seen, a server that the bot isn't in."""
    async with Discord() as discord:
        given = permissions("channel")
        given.update(manage_channels=False)
        guild = discord.guild("Riverside", permissions=given.value, everybody=0)
        other = discord.guild("Hillside", bot=False)
        known = Known({guild.id: "One", other.id: "Two"}, (Room(place(guild.id, "1"), "Amara and Lena"),), ())
        wrong = [check.text for check in await _told(discord, known) if check.fine is False]
        assert ["program Two", "Manage Channels", "Amara and Lena"] == [
            next(word for word in ("program Two", "Manage Channels", "Amara and Lena") if word in text)
            for text in wrong
        ]


async def test_intents_that_nobody_needs() -> None:
    """Each that is switched on is named as in the portal: with them Discord would tell more than is asked for."""
    async with Discord(privileged=["members", "content"]) as discord:
        discord.guild("Riverside")
        (told,) = [check for check in await _told(discord, None) if check.name == wording.INTENTS]
        assert told.fine is False
        assert told.text.endswith("and switch off: Server Members Intent, Message Content Intent.")


async def test_a_wrong_token_hides_the_rest() -> None:
    """It is said what to do; what hangs on it is not looked at, and the token isn't shown."""
    async with Discord() as discord:
        first, *rest = await _told(discord, None, token="hunter2")
        assert (False, True) == (first.fine, "hunter2" not in first.text)
        assert {None} == {check.fine for check in rest}
    where = Where("http://127.0.0.1:9/api/v10", "ws://127.0.0.1:9/")
    first, *_ = await DiscordExaminer("any", where, "channel").look(None)
    assert "can't be reached" in first.text


async def test_a_bot_in_no_server_is_told_how_to_come_there() -> None:
    """Before it was invited."""
    async with Discord() as discord:
        told = await _told(discord, Known({}, (), ()))
        assert [wording.NO_SERVER] == [check.text for check in told if check.name == wording.SERVERS]


def test_without_a_token_nothing_is_looked_at() -> None:
    """Discord is nobody's who has no token for it."""
    assert None is examiner(Config(), real_time)


async def test_every_line_that_a_server_can_get() -> None:
    """A server that isn't begun with, or belongs to nobody here; a space that is locked, or not seen any more."""
    async with Discord() as discord:
        guild = discord.guild("Riverside", permissions=permissions("channel").value, everybody=0)
        never = [check.text for check in await _told(discord, Known({}, (), ())) if check.fine is False]
        assert ["In Riverside mentorbot hasn't been started yet. Start it: make run."] == never
        discord.guild("Hillside")
        hidden = discord.text_channel(guild, "pair", private=True, bot=False)
        told = await _told(discord, _known(guild, Room(place(guild.id, hidden.id), "Amara and Lena")))
        said = [check.text for check in told if check.name == wording.SERVERS]
        assert [
            "Riverside is that of the program Riverside Mentoring.",
            "In Hillside there is no program yet. It begins as soon as mentorbot runs.",
        ] == said
        (lost,) = [check.text for check in told if check.name == wording.SPACES]
        assert lost.startswith("The bot doesn't see the one of Amara and Lena: it was deleted, or")


async def test_a_locked_thread_is_told() -> None:
    """Nobody can answer there, so nobody is to be reminded."""
    async with Discord() as discord:
        guild = discord.guild("Riverside", permissions=permissions("thread").value, everybody=0)
        thread = discord.text_channel(guild, "pair", private=True)
        thread.kind, thread.locked, thread.parent = Kind.PRIVATE_THREAD, True, discord.text_channel(guild, "m").id
        thread.members[discord.app.bot] = discord.now()
        told = await _told(discord, _known(guild, Room(place(guild.id, thread.id), "Amara and Lena")))
        (text,) = [check.text for check in told if check.name == wording.SPACES]
        assert "The one of Amara and Lena is locked, so nobody can answer there." in text

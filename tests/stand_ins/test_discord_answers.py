"""When and how often an app answers what people do."""

from datetime import timedelta

from bot.clock import SetClock
from tests.stand_ins.discord import Discord, Guild, Reply
from tests.stand_ins.discord_bot import Asked, Bot, code, failure


async def test_an_answer_can_come_later(server: Discord, guild: Guild, bot: Bot, town: str, clock: SetClock) -> None:
    """Deferred within three seconds, edited and followed up within fifteen minutes; then the token is dead."""
    amara = server.person("amara", guild)

    async def later(asked: Asked) -> None:
        await asked.response.defer(ephemeral=True, thinking=True)
        await asked.edit_original_response(content="At last.")
        await asked.followup.send("And more.", ephemeral=True)

    bot.on(later)
    seen = await amara.commands("/mentor away until: x", town)
    assert Reply.LATER == seen.first
    assert await server.changes.until(lambda: len(amara.ephemerals) == 2, 30)
    assert ["At last.", "And more."] == [one.content for one in amara.ephemerals]
    [asked] = bot.interactions
    clock.move_to(clock.now() + timedelta(minutes=16))
    error = await failure(asked.edit_original_response(content="Too late."))
    assert (401, 50027) == (error.status, error.code)


async def test_the_first_follow_up_ends_the_thinking(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """After a deferred answer it takes its place, private as that was."""
    amara = server.person("amara", guild)

    async def later(asked: Asked) -> None:
        await asked.response.defer(ephemeral=True, thinking=True)
        await asked.followup.send("Here.")

    bot.on(later)
    seen = await amara.commands("/mentor away until: x", town)
    assert (["Here."], 1) == ([one.content for one in seen.ephemerals], len(amara.ephemerals))


async def test_it_is_answered_once_and_in_time(
    server: Discord, guild: Guild, bot: Bot, town: str, clock: SetClock
) -> None:
    """A second first answer is refused, one that comes after three seconds too; before it nothing else is taken."""
    amara = server.person("amara", guild)
    codes: list[int] = []

    async def twice(asked: Asked) -> None:
        codes.append(await code(asked.followup.send("Too early.")))
        await asked.response.send_message("Once.", ephemeral=True)
        asked.response._response_type = None  # noqa: SLF001
        codes.append(await code(asked.response.send_message("Twice.", ephemeral=True)))

    async def late(asked: Asked) -> None:
        clock.move_to(clock.now() + timedelta(seconds=4))
        codes.append(await code(asked.response.send_message("Late.")))

    bot.on(twice, late)
    await amara.commands("/mentor away until: x", town)
    server.interactions.within = 0.2
    seen = await amara.commands("/mentor away until: x", town)
    assert ("The application did not respond", []) == (seen.error, seen.messages)
    assert await server.changes.until(lambda: len(codes) == 3, 30)
    assert [10015, 40060, 10062] == codes


async def test_an_app_that_is_away_is_told_so(server: Discord, guild: Guild) -> None:
    """Without a connection a press fails, as the person sees; nobody waits."""
    amara = server.person("amara", guild)
    seen = await amara.presses(None, custom_id="do.it", channel=amara.dm.id)
    assert "This interaction failed" == seen.error


async def test_an_interaction_can_be_told_twice(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """With the same id and token: the second time nothing more can be answered at first."""
    amara = server.person("amara", guild)
    codes: list[int] = []

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Once.", ephemeral=True)

    async def again(asked: Asked) -> None:
        codes.append(await code(asked.response.send_message("Twice.", ephemeral=True)))

    bot.on(answer, again)
    seen = await amara.commands("/mentor away until: x", town)
    second = await amara.commands("/mentor away until: x", town, id_=seen.id, wait=0)
    assert await server.changes.until(lambda: bool(codes), 30)
    assert ([40060], 1, []) == (codes, len(amara.ephemerals), second.messages)
    assert 1 == len({one.id for one in bot.interactions})

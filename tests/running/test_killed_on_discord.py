"""`mentorbot run` is killed while it sends: what it said is there once, and is said by the next one."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from tests.adapters.discord.community import NOON
from tests.running.at_work import READY, last_words, line, read, running, server, with_discord
from tests.stand_ins.discord import Can, Discord, Person

POST = "POST /channels/{channel_id}/messages"
REAL = 30.0


def asked(rosa: Person) -> list[str]:
    """Return the messages in which she is asked to be the contact."""
    return [one.id for one in rosa.inbox if "Yes, I'm the contact" in str(one.components)]


def looked_for(discord: Discord, rosa: Person) -> bool:
    """Tell whether the bot has looked in her conversation for what it had sent."""
    return any(one.method == "GET" and one.path.endswith(f"{rosa.dm.id}/messages") for one in discord.requests)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1)], ids=["at once", "an hour later"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_message_is_there_once(tmp_path: Path, later: timedelta, *, after: bool) -> None:
    """Killed before Discord has it, or before it says so; begun again while Discord knows its nonce, or later."""
    clock = SetClock(NOON)  # Discord's alone: the bot goes by the real one
    async with Discord(clock.now, patience=REAL, within=REAL) as discord:
        guild, general = server(discord)
        role = discord.role(guild, "team", Can.MANAGE_GUILD)
        rosa = discord.person("rosa", guild, roles=[role], display="Rosa Delgado")
        async with running(tmp_path, with_discord(discord)) as process:
            assert "mentorbot is ready" in await line(process)
            assert "Welcome, Rosa Delgado" in read(await rosa.commands("/mentor-admin setup", general.id))
            before = discord.faults.holds(POST, after=after, channel=rosa.dm.id)
            await rosa.commands("/mentor-admin contact", general.id, {"who": f"<@{rosa.id}>"})
            assert await discord.changes.until(lambda: discord.faults.coming[0].times == 0, READY)
            process.kill()
            await process.wait()
        assert int(after) == len(asked(rosa))
        clock.move_to(clock.now() + later)
        async with running(tmp_path, with_discord(discord)) as process:
            assert "mentorbot is ready" in await line(process)
            assert await discord.changes.until(lambda: looked_for(discord, rosa) and bool(asked(rosa)), READY)
            pressed = await rosa.presses(rosa.inbox[-1], "Yes, I'm the contact")
            assert "" == pressed.error
            process.terminate()
            assert "Traceback" not in await last_words(process)
            assert 1 == len(asked(rosa))
        before.set()
        assert [] == discord.complaints

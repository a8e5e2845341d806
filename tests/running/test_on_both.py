"""`mentorbot run` with Slack's tokens and Discord's: one process, on a workspace and a server at once."""

import re
from pathlib import Path

from adapters.slack.manifest import manifest
from bot.features import FEATURES
from tests.running.at_work import ENOUGH, last_words, line, read, running, server, with_discord, with_slack
from tests.stand_ins.discord import Discord
from tests.stand_ins.slack import Slack, readable

REAL = 30.0  # seconds for an answer: what is tested isn't how fast it comes

PEOPLE = """
[program]
name = "Riverside Mentoring"

[[people]]
name = "Amara Okafor"
roles = ["mentor"]
accounts = ["slack/{team}/{slack_amara}", "discord/{guild}/{discord_amara}"]

[[people]]
name = "Lena Vogt"
roles = ["mentee"]
accounts = ["slack/{team}/{slack_lena}"]

[[pairings]]
mentor = "Amara Okafor"
mentee = "Lena Vogt"
spaces = ["slack/{team}/{channel}"]
"""


async def test_a_program_for_each(tmp_path: Path) -> None:
    """Each has its own code, and that of one is none in the other."""
    async with Slack(manifest(FEATURES)) as slack, Discord(patience=REAL, within=REAL) as discord:
        guild, general = server(discord, "Hillside")
        async with running(tmp_path, with_slack(slack) | with_discord(discord)) as process:
            printed = "".join([await line(process) for _ in range(5)])
            assert "It is connected to Slack and Discord." in printed
            first, second = re.findall(r"(\w+) has no coordinator yet.*\n +/mentor-admin setup (\S+)", printed)
            assert ("Riverside", "Hillside") == (first[0], second[0])
            rosa, tomas = discord.person("rosa", guild, display="Rosa Delgado"), slack.person("tomas")
            wrong = await rosa.commands("/mentor-admin setup", general.id, {"code": first[1]})
            assert "Welcome" not in read(wrong)
            right = await rosa.commands("/mentor-admin setup", general.id, {"code": second[1]})
            assert "Welcome, Rosa Delgado" in read(right)
            other = await tomas.commands("/mentor-admin setup")
            assert "the code that mentorbot printed" in readable(other.ephemerals[0])
            process.terminate()
            errors = await last_words(process, ENOUGH)
        assert (0, []) == (process.returncode, re.findall(r".*(?:rror|Traceback).*", errors))
        assert ([], []) == (slack.complaints, discord.complaints)


async def test_one_program_from_a_file(tmp_path: Path) -> None:
    """Its people have accounts on both: what Lena wrote on Slack, Amara finds on Discord."""
    async with Slack(manifest(FEATURES)) as slack, Discord(patience=REAL, within=REAL) as discord:
        guild, _ = server(discord, "Hillside")
        amara, lena = slack.person("amara"), slack.person("lena")
        channel = slack.channel("amara-and-lena", amara, lena, kind="group")
        other = discord.person("amara", guild)
        file = tmp_path / "people.toml"
        ids = {"team": slack.workspace.team, "guild": guild.id, "channel": channel.id}
        file.write_text(PEOPLE.format(slack_amara=amara.id, slack_lena=lena.id, discord_amara=other.id, **ids))
        settings = with_slack(slack) | with_discord(discord) | {"MENTORBOT_PROGRAM__FILE": str(file)}
        async with running(tmp_path, settings) as process:
            assert "It is connected to Slack and Discord." in await line(process)
            await lena.says(channel.id, "Hello there")
            assert "Lena Vogt" in read(await other.commands("/mentor waiting"))
        assert ([], []) == (slack.complaints, discord.complaints)

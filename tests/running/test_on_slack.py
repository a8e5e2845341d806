"""`mentorbot run` with Slack's tokens, as a process of its own: an administrator sets the program up."""

import re
from datetime import UTC, datetime
from pathlib import Path

from adapters.slack.manifest import manifest
from bot.features import FEATURES
from tests.running.at_work import ENOUGH, READY, last_words, line, running, with_slack
from tests.stand_ins.slack import Slack, readable


async def test_an_empty_program_on_slack(tmp_path: Path) -> None:
    """It begins with nobody, under the workspace's name, by the real clock and without the playground.

    Whoever manages the workspace needs no code; everybody else does.
    """
    async with Slack(manifest(FEATURES)) as slack, running(tmp_path, with_slack(slack)) as process:
        assert "mentorbot is ready. It is connected to Slack." in await line(process)
        assert "Riverside has no coordinator yet." in await line(process)
        found = re.search(r"/mentor-admin setup \S+", await line(process))
        assert found
        amara, rosa = slack.person("amara"), slack.person("rosa", real_name="Rosa Delgado", is_admin=True)
        asked = await amara.commands("/mentor-admin setup")
        assert "the code that mentorbot printed" in readable(asked.ephemerals[0])
        welcome = await rosa.commands("/mentor-admin setup")
        assert "Welcome, Rosa Delgado" in readable(welcome.ephemerals[0])
        process.terminate()
        errors = await last_words(process, ENOUGH)
        assert (0, []) == (process.returncode, re.findall(r".*(?:rror|Traceback).*", errors))
        assert [] == slack.complaints
    assert not (tmp_path / "playground.json").exists()


PEOPLE = """
[program]
name = "Riverside Mentoring"

[[people]]
name = "Amara Okafor"
roles = ["mentor"]
accounts = ["slack/{team}/{amara}"]

[[people]]
name = "Lena Vogt"
roles = ["mentee"]
accounts = ["slack/{team}/{lena}"]

[[people]]
name = "Noor Haddad"
roles = ["mentee"]
accounts = ["slack/{team}/{noor}"]

[[people]]
name = "Rosa Delgado"
roles = ["coordinator"]
accounts = ["slack/{team}/{rosa}"]

[[pairings]]
mentor = "Amara Okafor"
mentee = "Lena Vogt"
spaces = ["slack/{team}/{channel}"]

[[pairings]]
mentor = "Amara Okafor"
mentee = "Noor Haddad"
spaces = []
"""


async def test_people_from_a_file(tmp_path: Path) -> None:
    """The program runs at once, with those whom the file names by ids; a pair without a channel can be given one."""
    async with Slack(manifest(FEATURES)) as slack:
        names = ("amara", "lena", "noor", "rosa")
        people = {name: slack.person(name) for name in names}
        channel = slack.channel("amara-and-lena", people["amara"], people["lena"], kind="group")
        ids = {name: person.id for name, person in people.items()}
        file = tmp_path / "people.toml"
        file.write_text(PEOPLE.format(team=slack.workspace.team, channel=channel.id, **ids))
        async with running(tmp_path, with_slack(slack) | {"MENTORBOT_PROGRAM__FILE": str(file)}) as process:
            assert "mentorbot is ready. It is connected to Slack." in await line(process)
            await people["lena"].says(channel.id, "Hello there")
            waiting = await people["amara"].commands("/mentor waiting")
            assert "Lena Vogt" in readable(waiting.ephemerals[0])
            card = await people["rosa"].commands("/mentor-admin pairing @amara @noor")
            await people["rosa"].presses(card.ephemerals[0], "Make the space")
            assert await slack.changes.until(lambda: bool(people["noor"].channels), READY)
        assert [] == slack.complaints


async def test_a_wrong_token_ends_it_with_a_word(tmp_path: Path) -> None:
    """In plain words, and without a traceback."""
    async with Slack(manifest(FEATURES), lambda: datetime.now(UTC)) as slack:
        async with running(tmp_path, {**with_slack(slack), "SLACK_BOT_TOKEN": "xoxb-wrong"}) as process:
            errors = await last_words(process)
        assert (1, True) == (process.returncode, "SLACK_BOT_TOKEN: Slack doesn't take it." in errors)
        assert "xoxb-wrong" not in errors
        assert "Traceback" not in errors
        async with running(tmp_path, {**with_slack(slack), "SLACK_APP_TOKEN": ""}) as process:
            errors = await last_words(process)
        assert (1, True) == (process.returncode, "SLACK_APP_TOKEN: Slack needs both" in errors)

"""`mentorbot doctor` on Slack: what the app may do, its workspace, and the pairs' channels."""

from collections.abc import Mapping

import pytest

from adapters.slack import limits
from tests.doctor.breaking import Case, bot_left, channel, fails, is_told, lacks, limits_it
from tests.doctor.practice import Practice

DEAF = (
    "✗ Events: Without those permissions Slack doesn't tell the bot of message.im, reaction_added, reaction_removed. "
)


def untold(practice: Practice) -> None:
    """Let Slack not say why the bot isn't in the channel."""
    bot_left(practice)
    practice.slack.faults.limits("conversations.info", 30)


async def many_gone(practice: Practice) -> None:
    """Let there be more channels without the bot than anybody wants to read of."""
    await practice.pairs_in(practice.slack.workspace.team, *(f"CGONE{n}" for n in range(limits.ASKED_SINGLY + 2)))


async def another_workspace(practice: Practice) -> None:
    """Let a channel be where the bot isn't."""
    await practice.pairs_in("T999", "C999")


async def another_platform(practice: Practice) -> None:
    """Let the pair have a space that is none of Slack's."""
    await practice.pairs_in("riverside", "amara-lena", platform="playground")


def other_team(practice: Practice) -> None:
    """Let the tokens be those of another workspace."""
    practice.slack.workspace.team, practice.slack.workspace.name = "T00000002", "Hillside"


MANIFEST = 'Print the manifest again (mentorbot slack manifest), paste it under "App Manifest"'
BROKEN: Mapping[str, Case] = {
    "a scope without events": (
        lacks("files:write"),
        (
            ("✗ Permissions: The app lacks files:write. ", MANIFEST),
            ("✗ Events: As the app's manifest is an old one, some may be missing too. ", MANIFEST),
        ),
    ),
    "scopes with events": (
        lacks("reactions:read", "im:history"),
        (
            ("✗ Permissions: The app lacks im:history, reactions:read. ", MANIFEST),
            (DEAF, MANIFEST),
        ),
    ),
    "the scope for channels": (
        lacks("groups:read"),
        (
            ("✗ Permissions: The app lacks groups:read. ", MANIFEST),
            ("✗ Events: ", MANIFEST),
            ("○ ", ": Pairs' channels"),
        ),
    ),
    "another workspace's tokens": (
        other_team,
        (
            ("✗ Workspace: The tokens are for Hillside, but the database has", "(Riverside)"),
            ("○ ", ": Pairs' channels"),
        ),
    ),
    "the channel is archived": (
        channel(archived=True),
        (("✗ Pairs' channels: The one of Amara Okafor and Lena Vogt is archived", "Unarchive it in Slack"),),
    ),
    "the bot was taken out": (
        bot_left,
        (("✗ Pairs' channels: The bot isn't in the one of Amara Okafor and Lena Vogt", "/invite @mentorbot"),),
    ),
    "the channel is public": (
        channel(kind="channel"),
        (("✗ Pairs' channels: The one of Amara Okafor and Lena Vogt is a public channel", "make it private"),),
    ),
    "many channels are gone": (
        many_gone,
        (
            *((("✗ Pairs' channels: The bot isn't in the one of", "/invite @mentorbot"),) * limits.ASKED_SINGLY),
            ("✗ Pairs' channels: The bot isn't in 2 more, or they are archived. ", "then ask again"),
        ),
    ),
    "a channel in another workspace": (another_workspace, (("✗ Pairs' channels: 1 of them ", "another workspace"),)),
    "a space on another platform": (another_platform, ()),
    "Slack doesn't tell of channels": (
        limits_it("users.conversations"),
        (("✗ Pairs' channels: Slack asks for a pause. ", "in a minute"),),
    ),
    "Slack refuses to tell of channels": (
        fails("users.conversations", "access_denied"),
        (("✗ Pairs' channels: Slack doesn't say in which channels the bot is (access_denied)", ""),),
    ),
    "Slack doesn't tell of one": (
        untold,
        (("✗ Pairs' channels: Slack doesn't say how the one of Amara Okafor and Lena Vogt is", "in a minute"),),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_each_thing_that_is_broken_is_told(well: Practice, case: str) -> None:
    """In a line of its own, with what mends it."""
    await is_told(well, BROKEN[case])

"""The link with which the bot is taken into a server."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from click.testing import CliRunner

from adapters.discord.commands import discord_commands
from adapters.discord.invite import app_of, link, missing, permissions
from bot.errors import UserError

APP = "1214165444206788609"
TOKEN = b64encode(APP.encode()).decode().rstrip("=") + ".GabcdE." + "x" * 38
NEVER = discord.Permissions(administrator=True, manage_guild=True, mention_everyone=True, manage_messages=True)


@pytest.mark.parametrize("spaces", ["channel", "thread"])
def test_the_link_asks_for_what_is_used(spaces: str) -> None:
    """It names the app, the bot with its commands, and the permissions; none that would let it do more."""
    asked = parse_qs(urlsplit(link(APP, spaces)).query)  # type: ignore[arg-type]  # one of two
    assert ([APP], [{"bot", "applications.commands"}]) == (asked["client_id"], [set(asked["scope"][0].split())])
    given = discord.Permissions(int(asked["permissions"][0]))
    assert given == permissions(spaces)  # type: ignore[arg-type]  # one of two
    assert 0 == given.value & NEVER.value


def test_what_is_missing_is_known() -> None:
    """One by one; an administrator lacks nothing."""
    given = permissions("channel")
    given.update(manage_channels=False)
    assert ["manage_channels"] == missing("channel", given)
    assert [] == missing("thread", discord.Permissions(administrator=True))


@pytest.mark.parametrize("token", ["", "x", ".", "bm9ib2R5.a.b", "ä.b.c", "=" * 9])
def test_no_token_is_an_app(token: str) -> None:
    """What isn't a bot's token tells no app."""
    assert None is app_of(token)
    assert APP == app_of(f" {TOKEN}\n")


def test_the_link_is_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By `mentorbot discord invite`, for the token that is set; without one it says what is missing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    with pytest.raises(UserError, match="DISCORD_TOKEN"):
        CliRunner().invoke(discord_commands, ["invite"], catch_exceptions=False)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    printed = CliRunner().invoke(discord_commands, ["invite"], catch_exceptions=False)
    assert f"{link(APP, 'channel')}\n" == printed.output
    assert TOKEN not in printed.output

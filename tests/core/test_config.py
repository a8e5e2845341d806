"""Settings: where they come from, and which source counts first."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import NAMES, Config, Storage, load

ROOT = Path(__file__).parents[2]
BOT, APP = "xoxb-1234567890-abcDEF", "xapp-1-A0123-456-abcdef"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
SETTINGS = sorted(NAMES.settings)


def test_nothing_is_required(tmp_path: Path) -> None:
    """Without any file or variable the defaults hold, and no secret is there."""
    config = load(None, {}, tmp_path)
    assert Config() == config
    assert "sqlite+aiosqlite:///data/mentorbot.db" == config.storage.async_url
    assert timedelta(seconds=5) == config.scheduler.every
    assert (None, None) == (config.program.file, config.secrets.slack_bot_token)


def test_the_example_holds_the_defaults(tmp_path: Path) -> None:
    """The config.toml that comes with mentorbot changes nothing."""
    assert Config() == load(ROOT / "config.toml", {}, tmp_path)


@pytest.mark.parametrize(("section", "key"), SETTINGS)
def test_the_example_explains_each_setting(section: str, key: str) -> None:
    """Each setting stands in its section of config.toml, under a comment."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    part = text.split(f"\n[{section}]\n")[1].split("\n[")[0]
    assert re.search(rf"^# .+\n{key} = ", part, re.MULTILINE)
    assert key in tomllib.loads(text)[section]


def test_the_example_for_secrets_names_each(tmp_path: Path) -> None:
    """A copy of .env.example that nobody filled in is accepted, and it names every secret."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(text)
    assert Config() == load(None, {}, tmp_path)
    assert set(NAMES.secrets) == {line[:-1] for line in text.splitlines() if line.endswith("=")}


def test_the_environment_counts_first_then_env_file_then_config_file(tmp_path: Path) -> None:
    """Each source is overruled by the next, one setting at a time."""
    (tmp_path / "config.toml").write_text('[logs]\nlevel = "error"\nformat = "json"\n[playground]\nport = 1\n')
    (tmp_path / ".env").write_text("MENTORBOT_LOGS__LEVEL=warning\nMENTORBOT_PLAYGROUND__PORT=2\n")
    config = load(None, {"MENTORBOT_PLAYGROUND__PORT": "3"}, tmp_path)
    assert ("json", "warning", 3) == (config.logs.format, config.logs.level, config.playground.port)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("MENTORBOT_STORAGE__URL", "postgresql://db/m", "postgresql://db/m"),
        ("MENTORBOT_PROGRAM__FILE", "people.toml", Path("people.toml")),
        ("MENTORBOT_PROGRAM__FILE", "", None),
        ("MENTORBOT_PROGRAM__TOGETHER", "yes", True),
        ("MENTORBOT_PLAYGROUND__ENABLED", "no", False),
        ("MENTORBOT_PLAYGROUND__HOST", "::1", "::1"),
        ("MENTORBOT_PLAYGROUND__PORT", "0", 0),
        ("MENTORBOT_PLAYGROUND__OPEN_BROWSER", "FALSE", False),
        ("MENTORBOT_PLAYGROUND__STATE", "there.json", Path("there.json")),
        ("MENTORBOT_WEB__ENABLED", "yes", True),
        ("MENTORBOT_WEB__HOST", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - probes may come from elsewhere
        ("MENTORBOT_WEB__PORT", "9090", 9090),
        ("MENTORBOT_SLACK__API_URL", "http://127.0.0.1:9/api/", "http://127.0.0.1:9/api/"),
        ("MENTORBOT_DISCORD__API_URL", "http://127.0.0.1:9/api/v10", "http://127.0.0.1:9/api/v10"),
        ("MENTORBOT_DISCORD__GATEWAY_URL", "ws://127.0.0.1:9/", "ws://127.0.0.1:9/"),
        ("MENTORBOT_DISCORD__SPACES", "thread", "thread"),
        ("MENTORBOT_DISCORD__SHARD_COUNT", "4", 4),
        ("MENTORBOT_DISCORD__SHARD_IDS", "", ()),
        ("MENTORBOT_SCHEDULER__EVERY", "1m 30s", timedelta(seconds=90)),
        ("MENTORBOT_AUDIT__KEY_FILE", "keys/audit", Path("keys/audit")),
        ("MENTORBOT_LOGS__LEVEL", "debug", "debug"),
        ("MENTORBOT_LOGS__FORMAT", "json", "json"),
    ],
)
def test_every_setting_has_a_variable(tmp_path: Path, name: str, text: str, expected: object) -> None:
    """A variable's text is read as the setting's type, from the environment and from .env."""
    section, key = NAMES.variables[name]
    (tmp_path / ".env").write_text(f"{name}={text}\n")
    found = [load(None, {name: text}, tmp_path / "none"), load(None, {}, tmp_path)]
    assert [expected, expected] == [getattr(getattr(config, section), key) for config in found]


def test_no_variable_is_left_untried() -> None:
    """The table above has each setting."""
    marks = [mark for mark in test_every_setting_has_a_variable.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert set(NAMES.variables) == {row[0] for row in marks[0].args[1]}


def test_secrets_come_from_variables_and_are_not_shown(tmp_path: Path) -> None:
    """Tokens are read from .env and the environment, and printing the settings doesn't print them."""
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN=old\n")
    config = load(None, {"SLACK_APP_TOKEN": APP + "\n", "DISCORD_TOKEN": DISCORD}, tmp_path)
    found = [config.secrets.slack_bot_token, config.secrets.slack_app_token, config.secrets.discord_token]
    assert [BOT, APP, DISCORD] == [secret and secret.get_secret_value() for secret in found]
    assert not [secret for secret in (BOT, APP, DISCORD) if secret in repr(config)]


def test_a_password_in_the_storage_url_is_not_shown(tmp_path: Path) -> None:
    """Printing the settings doesn't print the address of the database."""
    config = load(None, {"MENTORBOT_STORAGE__URL": "postgresql://ada:hunter2@db/m"}, tmp_path)
    assert "hunter2" not in repr(config)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///data/m.db", "sqlite+aiosqlite:///data/m.db"),
        ("sqlite:////srv/m.db", "sqlite+aiosqlite:////srv/m.db"),
        ("sqlite+aiosqlite:///m.db", "sqlite+aiosqlite:///m.db"),
        ("postgres://a:b@db/m", "postgresql+asyncpg://a:b@db/m"),
        ("postgresql://a:b@db:5432/m?sslmode=require", "postgresql+asyncpg://a:b@db:5432/m?ssl=require"),
        ("postgresql+asyncpg://a@/m?host=/run", "postgresql+asyncpg://a@/m?host=/run"),
    ],
)
def test_the_storage_url_gets_an_asynchronous_driver(url: str, expected: str) -> None:
    """People write the address that they know; SQLAlchemy gets the one that it needs."""
    assert expected == Storage(url=url).async_url


def test_other_programs_variables_are_left_alone(tmp_path: Path) -> None:
    """Neither the environment nor .env is for mentorbot alone."""
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\n")
    assert Config() == load(None, {"PATH": "/bin", "SLACK_SIGNING_SECRET": "x"}, tmp_path)


def test_a_file_that_was_asked_for_replaces_the_usual_one(tmp_path: Path) -> None:
    """With --config, config.toml is not read."""
    (tmp_path / "config.toml").write_text("broken")
    (tmp_path / "other.toml").write_bytes(b'\xef\xbb\xbf[logs]\nlevel = "error"\n')
    assert "error" == load(tmp_path / "other.toml", {}, tmp_path).logs.level


def test_settings_cannot_be_changed() -> None:
    """What was validated stays as it was."""
    with pytest.raises(ValueError, match="frozen"):
        Config().logs.level = "debug"  # type: ignore[misc]

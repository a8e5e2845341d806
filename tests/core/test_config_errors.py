"""What is said when settings are wrong: everything at once, with what would be right, and no secret."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load
from bot.durations import RIGHT

BOT, APP = "xoxb-1234567890-abcDEF", "xapp-1-A0123-456-abcdef"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
PORT = "a whole number from 0 (any free port) to 65535"
LOOPBACK = (
    "127.0.0.1, ::1 or localhost: the playground asks nobody for a password, "
    "so it may be reached from this machine only"
)


GATEWAY = "an address that begins with wss://: the bot's token goes there"
SHARDS = "in how many parts all servers are divided, such as 4; 0 for one"
IDS = "numbers from 0 to one less than shard_count, which has to be there"


def wrong(folder: Path, file: str = "", env_file: str = "", environ: Mapping[str, str] | None = None) -> list[str]:
    """Return what is said about settings, with the folder's name left out."""
    (folder / "config.toml").write_text(file, encoding="utf-8")
    (folder / ".env").write_text(env_file, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load(None, environ or {}, folder)
    return [problem.replace(f"{folder}/", "") for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("section", "setting", "right"),
    [
        ("playground", 'port = "8080"', f"should be {PORT}"),
        ("playground", "port = 70000", f"should be {PORT}"),
        ("playground", "enabled = 1", "should be true or false"),
        ("playground", 'host = "0.0.0.0"', f"should be {LOOPBACK}"),
        ("playground", 'host = "example.org"', f"should be {LOOPBACK}"),
        ("web", "port = -1", f"should be {PORT}"),
        ("web", 'host = ""', "should be an address of this machine, such as 127.0.0.1 or 0.0.0.0"),
        ("scheduler", 'every = "soon"', f"should be {RIGHT}"),
        ("scheduler", "every = 20", f"should be {RIGHT}"),
        ("scheduler", 'every = "0s"', "should be longer than nothing, such as 5s"),
        ("logs", 'level = "loud"', 'should be "debug", "info", "warning" or "error"'),
        ("audit", 'key_file = ""', "should be the path of a file"),
        ("discord", 'spaces = "room"', 'should be "channel" or "thread"'),
        ("discord", 'gateway_url = "ws://example.org"', f"should be {GATEWAY}"),
        ("discord", "shard_count = -1", f"should be {SHARDS}"),
        ("discord", 'shard_ids = "0"', f"should be {IDS}"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_be_right(tmp_path: Path, section: str, setting: str, right: str) -> None:
    """File, section, key, value, and what it should be: enough to mend it without the manual."""
    expected = f"config.toml, [{section}] {setting} {right}."
    assert [expected] == wrong(tmp_path, file=f"[{section}]\n{setting}\n")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ('[logs]\nformat = ["a"]', ', [logs] format = (a list) should be "text" or "json".'),
        ("logs = 3", ": logs should be a section: [logs], and its settings below it."),
        ("[playgrond]\nport = 1", ": there is no section [playgrond]. Did you mean [playground]?"),
        ("[logs]\nlvel = 1", ", [logs] lvel: there is no such setting. Did you mean [logs] level?"),
        ("[logs]\nxyzzyx = 1", ", [logs] xyzzyx: there is no such setting."),
        ("port = 1", ": port stands in no section. Did you mean [playground] port?"),
        ("[logs]\nlevel = ", " is not valid TOML: Invalid value (at end of document)."),
        ("[logs]\nlevel = loud\n", " is not valid TOML: Invalid value (at line 2, column 9)."),
    ],
)
def test_what_no_setting_knows_is_told(tmp_path: Path, file: str, expected: str) -> None:
    """An unknown or misplaced name gets the nearest one, and broken TOML its line."""
    assert ["config.toml" + expected] == wrong(tmp_path, file=file)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "MENTORBOT_PLAYGROUND__PORT",
            "eighty",
            ' = "eighty" should be a whole number from 0 (any free port) to 65535.',
        ),
        ("MENTORBOT_PLAYGROUND__ENABLED", "perhaps", ' = "perhaps" should be true or false.'),
        (
            "MENTORBOT_SCHEDULR__EVERY",
            "5s",
            ": there is no such setting. Did you mean MENTORBOT_SCHEDULER__EVERY?",
        ),
        ("MENTORBOT_STORAGE_URL", "x", ": there is no such setting. Did you mean MENTORBOT_STORAGE__URL?"),
        ("MENTORBOT_PORT", "1", ": there is no such setting. Did you mean MENTORBOT_PLAYGROUND__PORT?"),
        ("mentorbot_logs__level", "info", ": there is no such setting. Did you mean MENTORBOT_LOGS__LEVEL?"),
        ("MENTORBOT_SLACK_BOT_TOKEN", BOT, ": there is no such setting. Did you mean SLACK_BOT_TOKEN?"),
        ("MENTORBOT_SLACK_TOKEN", "hunter2", ": there is no such setting. Did you mean SLACK_BOT_TOKEN?"),
    ],
)
def test_what_is_wrong_in_a_variable_is_told(tmp_path: Path, name: str, value: str, expected: str) -> None:
    """A wrong value or a misspelt name is told alike for the environment and for .env, with its line."""
    assert [name + expected] == wrong(tmp_path, environ={name: value})
    assert [f".env, line 3, {name}{expected}"] == wrong(tmp_path, env_file=f"# ours\n\n{name}={value}\n")


@pytest.mark.parametrize(
    ("name", "meant"), [("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN"), ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN")]
)
def test_a_misspelt_secret_in_the_env_file_is_told(tmp_path: Path, name: str, meant: str) -> None:
    """.env is ours, so a name like a secret's is one; in the environment it may be another program's."""
    expected = [f".env, line 1, {name}: there is no such secret. Did you mean {meant}?"]
    assert expected == wrong(tmp_path, env_file=f"{name}=hunter2")
    assert Config() == load(None, {name: "hunter2"}, tmp_path / "none")


def test_a_line_of_the_env_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The line's number is enough; its text may be a secret."""
    assert [".env, line 2 can't be read; it should be NAME=value."] == wrong(tmp_path, env_file=f"A=b\n= {BOT}\n")


@pytest.mark.parametrize(
    ("file", "place", "variable"),
    [
        (f'[slack]\n"{BOT}" = "{BOT}"', "slack.xoxb-***", "SLACK_BOT_TOKEN"),
        ('SLACK_BOT_TOKEN = "hunter2"', "SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN"),
        ('[secrets]\nslack_app_token = "hunter2"', "secrets.slack_app_token", "SLACK_APP_TOKEN"),
        ('[discord]\ntoken = "hunter2"', "discord.token", "DISCORD_TOKEN"),
        ('[slack]\ntoken = "hunter2"', "slack.token", "SLACK_BOT_TOKEN"),
        (f'[slack]\nkey = "{APP}"', "slack.key", "SLACK_APP_TOKEN"),
        (f'[a.b]\nc = "{DISCORD}"', "a.b.c", "DISCORD_TOKEN"),
        (f'[program]\nfile = "{BOT}"', "program.file", "SLACK_BOT_TOKEN"),
        (f'[program]\npolcy = " {BOT}"', "program.polcy", "SLACK_BOT_TOKEN"),
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, file: str, place: str, variable: str) -> None:
    """By its name or by its looks a secret is known, and one learns where it belongs."""
    expected = (
        f"config.toml, {place}: a secret doesn't belong into this file, which is easily shared. "
        f"Take it out and write it into .env or the environment, as {variable}."
    )
    assert [expected] == wrong(tmp_path, file=file)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("mysql://ada:hunter2@db/m", '"mysql://..."'),
        ("postgresql//ada:hunter2@db/m", "(not shown: it may hold a password)"),
        ("ada:hunter2", "(not shown: it may hold a password)"),
        ("data/mentorbot.db", '"data/mentorbot.db"'),
        ("sqlite://data/mentorbot.db", '"sqlite://..."'),
    ],
)
def test_a_wrong_storage_url_is_told_without_its_password(tmp_path: Path, url: str, shown: str) -> None:
    """An address that can't be understood is repeated only as far as no password can stand in it."""
    right = "should be sqlite:///path/to/file.db or postgresql://user:password@host/database."
    assert [f"config.toml, [storage] url = {shown} {right}"] == wrong(tmp_path, file=f'[storage]\nurl = "{url}"')


def test_a_value_is_repeated_short_and_without_tokens(tmp_path: Path) -> None:
    """A token inside a longer value is masked, and a long value is cut."""
    found = wrong(tmp_path, environ={"MENTORBOT_LOGS__LEVEL": f"token {APP} {'x' * 500}"})[0]
    assert found.startswith('MENTORBOT_LOGS__LEVEL = "token xapp-*** xxx')
    assert 200 > len(found)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """One look is enough to mend all, from whichever source."""
    told = wrong(tmp_path, "[logs]\nlevel = 1\nlvel = 2\n", "MENTORBOT_X=1", {"MENTORBOT_LOGS__FORMAT": "xml"})
    wheres = [
        "config.toml, [logs] lvel",
        ".env, line 1, MENTORBOT_X",
        "config.toml, [logs] level",
        "MENTORBOT_LOGS__FORMAT",
    ]
    assert wheres == [where for where, problem in zip(wheres, told, strict=True) if problem.startswith(where)]


def test_the_errors_text_lists_the_problems() -> None:
    """Printed, the error is a list under one line."""
    assert "mentorbot can't start with these settings:\n- One.\n- Two." == str(ConfigError(["One.", "Two."]))


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    """A path given by --config is not silently ignored."""
    with pytest.raises(ConfigError, match=r"There is no file .*other\.toml\."):
        load(tmp_path / "other.toml", {}, tmp_path)


@pytest.mark.parametrize(("name", "reason"), [("", "Is a directory"), ("latin.toml", "it should be text in UTF-8")])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, reason: str) -> None:
    """A folder or a file in another encoding gets a sentence, not a traceback."""
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\n")
    with pytest.raises(ConfigError, match=f"can't be read: {reason}"):
        load(tmp_path / name, {}, tmp_path)

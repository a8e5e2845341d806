"""Settings: config.toml, `.env` and the environment become one frozen, validated `Config`.

What stands in the environment counts before `.env`, that before config.toml, that before the default. Every
setting has a variable MENTORBOT_SECTION__KEY. Secrets have nothing else: config.toml is easily shared.
How the sources are read, and how problems are told, is in bot/config_sources.py.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)

from bot import config_sources, durations, logs
from bot.config_sources import Given, Names

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class ConfigError(Exception):
    """The settings can't be used. Its text lists everything that is wrong, and what would be right."""

    def __init__(self, problems: list[str]) -> None:
        """Take one sentence for each problem."""
        super().__init__("\n- ".join(["mentorbot can't start with these settings:", *problems]))
        self.problems = tuple(problems)


def _to_duration(value: object) -> object:
    return durations.parse(value) if isinstance(value, str) else value


def _positive(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("should be longer than nothing, such as 5s")
    return value


def _to_path(value: object) -> object:
    return (Path(value) if value else None) if isinstance(value, str) else value


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _this_machine(host: str) -> str:
    if not _is_this_machine(host):
        raise ValueError(
            "should be 127.0.0.1, ::1 or localhost: the playground asks nobody for a password, "
            "so it may be reached from this machine only"
        )
    return host


def _database(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    # sqlite://data/x.db, with two strokes, would name a host.
    if not separator or scheme not in DRIVERS or (scheme.startswith("sqlite") and not rest.startswith("/")):
        raise ValueError("should be sqlite:///path/to/file.db or postgresql://user:password@host/database")
    return url


Duration = Annotated[timedelta, BeforeValidator(_to_duration), AfterValidator(_positive)]


class _Section(BaseModel):
    # A value's description completes "it should be ..." in an error.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Storage(_Section):
    """Where everything is remembered."""

    url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///data/mentorbot.db",
        repr=False,  # it may hold a password
        description="text such as sqlite:///data/mentorbot.db",
    )

    @property
    def async_url(self) -> str:
        """The address as SQLAlchemy's asyncio engines want it: with aiosqlite or asyncpg as the driver."""
        scheme, _, rest = self.url.partition("://")
        place, mark, query = rest.partition("?")
        # PostgreSQL's own tools say sslmode, asyncpg says ssl.
        return f"{DRIVERS[scheme]}://{place}{mark}{query.replace('sslmode=', 'ssl=')}"


class Program(_Section):
    """The mentoring programme to start with."""

    file: Annotated[Path | None, BeforeValidator(_to_path)] = Field(
        None, description="the path of a TOML file, or empty"
    )
    together: bool = Field(default=False, description="true or false")


class Playground(_Section):
    """The page on this machine on which one can try everything."""

    enabled: bool = Field(default=True, description="true or false")
    host: Annotated[str, AfterValidator(_this_machine)] = Field("127.0.0.1", description="text such as 127.0.0.1")
    port: int = Field(8080, ge=0, le=65535, description="a whole number from 0 (any free port) to 65535")
    open_browser: bool = Field(default=True, description="true or false")
    state: Annotated[Path, BeforeValidator(_to_path)] = Field(
        Path("data/playground.json"), description="the path of a file"
    )


class Web(_Section):
    """Addresses for whatever watches over mentorbot: /healthz, /readyz and /metrics."""

    enabled: bool = Field(default=False, description="true or false")
    host: str = Field("127.0.0.1", min_length=1, description="an address of this machine, such as 127.0.0.1 or 0.0.0.0")
    port: int = Field(8081, ge=0, le=65535, description="a whole number from 0 (any free port) to 65535")


def _web_address(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host = re.split(r"[:/]", rest.removeprefix("["), maxsplit=1)[0]
    if not host or (scheme != "https" and not (scheme == "http" and _is_this_machine(host))):
        raise ValueError("should be an address that begins with https://: the bot's tokens go there")
    return url


class Slack(_Section):
    """How Slack is reached; its tokens are secrets."""

    api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://slack.com/api/", description="text such as https://slack.com/api/"
    )


def _gateway_address(url: str) -> str:
    try:
        _web_address(url.replace("ws", "http", 1) if url.startswith(("ws://", "wss://")) else "")
    except ValueError:
        raise ValueError("should be an address that begins with wss://: the bot's token goes there") from None
    return url


def _to_numbers(value: object) -> object:
    """Read `0, 1` as it stands in a variable; a list from config.toml stays one."""
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return tuple(int(part) if part.isascii() and part.isdigit() else part for part in parts)


def _of_all_shards(ids: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
    if ids and max(ids) >= info.data.get("shard_count", 0):
        raise ValueError("should be numbers from 0 to one less than shard_count, which has to be there")
    return ids


class Discord(_Section):
    """How Discord is reached, and how spaces are made there; its token is a secret."""

    api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://discord.com/api/v10", description="text such as https://discord.com/api/v10"
    )
    gateway_url: Annotated[str, AfterValidator(_gateway_address)] = Field(
        "wss://gateway.discord.gg/", description="text such as wss://gateway.discord.gg/"
    )
    spaces: Literal["channel", "thread"] = Field("channel", description='"channel" or "thread"')
    shard_count: int = Field(0, ge=0, description="in how many parts all servers are divided, such as 4; 0 for one")
    shard_ids: Annotated[
        tuple[Annotated[int, Field(ge=0)], ...], BeforeValidator(_to_numbers), AfterValidator(_of_all_shards)
    ] = Field((), description="the parts of all servers that this process serves, such as 0, 1; nothing for all")


class Scheduler(_Section):
    """How often it is looked what is due."""

    every: Duration = Field(timedelta(seconds=5), description=durations.RIGHT)


class Audit(_Section):
    """The log of who did what."""

    key_file: Annotated[Path, BeforeValidator(_to_path)] = Field(
        Path("data/audit.key"), description="the path of a file"
    )


class Logs(_Section):
    """What is written about the running program."""

    level: logs.Level = Field("info", description='"debug", "info", "warning" or "error"')
    format: logs.Format = Field("text", description='"text" or "json"')


class Secrets(_Section):
    """Tokens, each from the variable of the same name in capitals; None where there is none."""

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    discord_token: SecretStr | None = None


class Config(_Section):
    """All settings; `Config()` holds the defaults."""

    storage: Storage = Storage()
    program: Program = Program()
    web: Web = Web()
    playground: Playground = Playground()  # after [web]: who writes `port` in no section most likely means this one's
    slack: Slack = Slack()
    discord: Discord = Discord()
    scheduler: Scheduler = Scheduler()
    audit: Audit = Audit()
    logs: Logs = Logs()
    secrets: Secrets = Secrets()


def _read_as(annotation: object) -> type:
    # Everything but these is made of text.
    if annotation is bool:
        return bool
    return int if annotation is int else str


SECTIONS = {name: type(section) for name, section in Config() if name != "secrets"}
NAMES = Names(
    settings={
        (section, key): _read_as(info.annotation)
        for section, model in SECTIONS.items()
        for key, info in model.model_fields.items()
    },
    secrets=tuple(name.upper() for name in Secrets.model_fields),
)


def load(file: Path | None, environ: Mapping[str, str], folder: Path = Path()) -> Config:
    """Read the settings; `.env` and, without `file`, config.toml are taken from `folder` if they are there.

    Raises ConfigError with everything that is wrong at once.
    """
    given, problems = config_sources.read(NAMES, file, environ, folder)
    try:
        config = Config.model_validate(_nested(given))
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ConfigError([*problems, *(_told(given, dict(detail)) for detail in details)]) from None
    if problems:
        raise ConfigError(problems)
    return config


def _nested(given: dict[tuple[str, str], Given]) -> dict[str, dict[str, object]]:
    nested: dict[str, dict[str, object]] = {}
    for (section, key), found in given.items():
        nested.setdefault(section, {})[key] = found.value
    return nested


def _told(given: dict[tuple[str, str], Given], detail: dict[str, Any]) -> str:
    section, key = detail["loc"][:2]
    found = given[section, key]
    right = f"should be {SECTIONS[section].model_fields[key].description}"
    if detail["type"] == "value_error":
        right = str(detail["ctx"]["error"])
    return f"{found.where} = {_shown(section, key, found.value)} {right}."


def _shown(section: str, key: str, value: object) -> str:
    if (section, key) != ("storage", "url") or not isinstance(value, str):
        return config_sources.shown(value)
    # A mistyped address may hold its password anywhere: only what surely comes before it is told.
    scheme = re.match(r"[a-z][a-z0-9+.]{0,30}://", value)
    if scheme:
        return f'"{scheme[0]}..."'
    return "(not shown: it may hold a password)" if re.search("[:@]", value) else config_sources.shown(value)

"""Reading config.toml, `.env` and the environment: what is given, by whom, and what no setting knows.

A value under an unknown name is never repeated in an error: it may be a secret under a misspelt name.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.logs import mask

PREFIX = "MENTORBOT_"
DEFAULT_FILE = "config.toml"
ENV_FILE = ".env"
LONGEST_SHOWN = 80
# How alike a name must be to a secret's: SLACK_TOKEN is, SLACK_SIGNING_SECRET isn't.
ALIKE = 0.8
TRUTHS = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}

_TOKEN = re.compile(r"\s*(xox[a-z]-|xapp-|xoxe\.|[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}\s*$)")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")

Key = tuple[str, str]


@dataclass(frozen=True)
class Given:
    """A value, and where it stands, in words for an error."""

    value: object
    where: str


@dataclass(frozen=True)
class Names:
    """What may be set: (section, key) -> the type as which a variable's text is read; and the secrets."""

    settings: Mapping[Key, type]
    secrets: tuple[str, ...]

    @property
    def sections(self) -> list[str]:
        """The sections of config.toml."""
        return sorted({section for section, _ in self.settings})

    @property
    def variables(self) -> dict[str, Key]:
        """The variable of each setting."""
        return {f"{PREFIX}{section}__{key}".upper(): (section, key) for section, key in self.settings}


def read(
    names: Names, file: Path | None, environ: Mapping[str, str], folder: Path
) -> tuple[dict[Key, Given], list[str]]:
    """Return the values given, the strongest source's for each setting, and a sentence for each problem."""
    reading = _Reading(names)
    reading.file(file or folder / DEFAULT_FILE, required=file is not None)
    reading.env_file(folder / ENV_FILE)
    for name, value in environ.items():
        reading.variable(name, value, where=name)
    return reading.given, reading.problems


def shown(value: object) -> str:
    """Return a value as an error may repeat it: short, on one line, with tokens and passwords masked."""
    if isinstance(value, dict):
        return "(a section)"
    if isinstance(value, list):
        return "(a list)"
    text = mask(json.dumps(value, default=str, ensure_ascii=False))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


@dataclass
class _Reading:
    names: Names
    given: dict[Key, Given] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def file(self, path: Path, *, required: bool) -> None:
        text = self._text(path, required=required)
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.problems.append(f"{path} is not valid TOML: {mask(str(error))}.")
            return
        for name, content in _told(tables).items():
            self._table(str(path), name, content)

    def env_file(self, path: Path) -> None:
        for binding in parse_stream(StringIO(self._text(path, required=False))):
            where = f"{ENV_FILE}, line {_line(binding)}"
            if binding.error:
                self.problems.append(f"{where} can't be read; it should be NAME=value.")
            elif binding.key:
                self._env_file_variable(binding.key, binding.value or "", f"{where}, {binding.key}")

    def variable(self, name: str, value: str, where: str) -> None:
        variables = self.names.variables
        if name in self.names.secrets:
            self._secret(name, value.strip(), where)
        elif name in variables:
            key = variables[name]
            self.given[key] = Given(_from_text(value, self.names.settings[key]), where)
        elif name.upper().startswith(PREFIX):
            known = {secret: secret for secret in self.names.secrets}
            known |= {PREFIX + secret: secret for secret in self.names.secrets}
            known |= {PREFIX + key.upper(): variable for variable, (_, key) in variables.items()}
            known |= {variable: variable for variable in variables}
            self.problems.append(f"{where}: there is no such setting.{_did_you_mean(name.upper(), known)}")

    def _env_file_variable(self, name: str, value: str, where: str) -> None:
        # In the environment a name like a secret's may be another program's; this file is ours.
        known = {secret: secret for secret in self.names.secrets}
        suggestion = _did_you_mean(name.upper(), known, ALIKE)
        if suggestion and name not in known:
            self.problems.append(f"{where}: there is no such secret.{suggestion}")
        else:
            self.variable(name, value, where)

    def _secret(self, name: str, value: str, where: str) -> None:
        # An empty variable is a line of .env.example that nobody filled in.
        if value:
            self.given["secrets", name.lower()] = Given(value, where)

    def _table(self, path: str, name: str, content: object) -> None:
        secrets = self._secrets_in(path, (name,), content)
        if name in self.names.sections and isinstance(content, dict):
            for key, value in content.items():
                if (name, key) not in secrets:
                    self._setting(path, name, key, value)
        elif name in self.names.sections:
            self.problems.append(f"{path}: {name} should be a section: [{name}], and its settings below it.")
        elif not secrets:
            self._unknown(path, name, content)

    def _setting(self, path: str, section: str, key: str, value: object) -> None:
        if (section, key) in self.names.settings:
            self.given[section, key] = Given(value, f"{path}, [{section}] {key}")
            return
        known = {_in_file(name): _in_file(name) for name in self.names.settings}
        suggestion = _did_you_mean(_in_file((section, key)), known)
        self.problems.append(f"{path}, [{section}] {key}: there is no such setting.{suggestion}")

    def _unknown(self, path: str, name: str, content: object) -> None:
        if isinstance(content, dict):
            known = {section: f"[{section}]" for section in self.names.sections}
            self.problems.append(f"{path}: there is no section [{name}].{_did_you_mean(name, known)}")
        else:
            known = {key: _in_file((section, key)) for section, key in self.names.settings}
            self.problems.append(f"{path}: {name} stands in no section.{_did_you_mean(name, known)}")

    def _secrets_in(self, path: str, at: tuple[str, ...], content: object) -> set[tuple[str, ...]]:
        found = {place: secret for place, leaf in _leaves(at, content) if (secret := self._like_a_secret(place, leaf))}
        for place, secret in found.items():
            self.problems.append(
                f"{path}, {'.'.join(place)}: a secret doesn't belong into this file, which is easily shared. "
                f"Take it out and write it into {ENV_FILE} or the environment, as {secret}."
            )
        return set(found)

    def _like_a_secret(self, place: tuple[str, ...], value: object) -> str | None:
        """Return the variable in which this value should stand, if its name or its looks are a secret's."""
        if place in self.names.settings:
            return _by_looks(value)
        candidates = ("_".join(place).upper(), place[-1].upper())
        close = (get_close_matches(name, self.names.secrets, 1, ALIKE) for name in candidates)
        return next((match for matches in close for match in matches), None) or _by_looks(value)

    def _text(self, path: Path, *, required: bool) -> str:
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            if required:
                self.problems.append(f"There is no file {path}.")
        except OSError as error:
            self.problems.append(f"{path} can't be read: {error.strerror}.")
        except UnicodeDecodeError:
            self.problems.append(f"{path} can't be read: it should be text in UTF-8.")
        return ""


def _did_you_mean(name: str, known: Mapping[str, str], cutoff: float = 0.6) -> str:
    close = get_close_matches(name, known, n=1, cutoff=cutoff)
    return f" Did you mean {known[close[0]]}?" if close else ""


def _in_file(key: Key) -> str:
    return f"[{key[0]}] {key[1]}"


def _told(tables: dict[str, object]) -> dict[str, object]:
    # Names are repeated in errors, and a token may stand even there.
    return {mask(key): _told(value) if isinstance(value, dict) else value for key, value in tables.items()}


def _leaves(at: tuple[str, ...], content: object) -> Iterator[tuple[tuple[str, ...], object]]:
    if not isinstance(content, dict):
        yield at, content
        return
    for key, inner in content.items():
        yield from _leaves((*at, key), inner)


def _by_looks(value: object) -> str | None:
    if not isinstance(value, str) or not _TOKEN.match(value):
        return None
    if "xapp-" in value:
        return "SLACK_APP_TOKEN"
    return "SLACK_BOT_TOKEN" if "xox" in value else "DISCORD_TOKEN"


def _from_text(text: str, kind: type) -> object:
    # What is neither stays text, for the settings to refuse.
    plain = text.strip()
    if kind is bool:
        return TRUTHS.get(plain.lower(), text)
    if kind is int and _WHOLE_NUMBER.fullmatch(plain):
        return int(plain)
    return text


def _line(binding: Binding) -> int:
    # The parser counts empty lines before a variable as part of it.
    whole = binding.original.string
    before = whole[: len(whole) - len(whole.lstrip())]
    return binding.original.line + before.count("\n")

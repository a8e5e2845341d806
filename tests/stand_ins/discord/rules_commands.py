"""What Discord takes of an app's commands."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.stand_ins.discord.errors import Failure, Json, bad_length, required, too_long, wrong

# Letters of any script without capitals, digits, _ and -.
NAME = re.compile(r"[-_'\w]{1,32}")
SLASH, USER, MESSAGE = 1, 2, 3
MOST = {SLASH: 100, USER: 15, MESSAGE: 15}
DESCRIPTION, OPTIONS, CHOICES, CHOICE, CHARACTERS = 100, 25, 25, 100, 8000
SUB, GROUP = 1, 2
KINDS = range(1, 12)
SUGGESTING = (3, 4, 10)
ONLY_TEXT, NUMBERS = 3, (4, 10)


def check(body: Any) -> None:  # noqa: ANN401
    """Raise unless all commands that are put at once are as they may be."""
    if not isinstance(body, list):
        raise wrong("_", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    for number, one in enumerate(body):
        _check(one, str(number))
    names = Counter((one.get("type", SLASH), one["name"]) for one in body)
    for (_, name), times in names.items():
        if times > 1:
            text = f"Application command names must be unique: {name}"
            raise wrong("_", "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
    for kind, most in MOST.items():
        if sum(one.get("type", SLASH) == kind for one in body) > most:
            raise Failure(400, 30032, f"Maximum number of application commands reached ({most}).")


def _check(one: Json, path: str) -> None:
    kind = one.get("type", SLASH)
    if kind == SLASH:
        _check_name(one, path)
        _check_description(one, path)
        _check_options(one.get("options") or [], path, depth=0)
        if _characters(one) > CHARACTERS:
            text = f"Command exceeds maximum size ({CHARACTERS})"
            raise wrong(path, "APPLICATION_COMMAND_TOO_LARGE", text)
        return
    if not 1 <= len(one.get("name") or "") <= 32:
        raise bad_length(f"{path}.name", 1, 32)
    if one.get("description") or one.get("options"):
        raise wrong(f"{path}.description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", "None here")


def _check_name(one: Json, path: str) -> None:
    names = [("name", one.get("name") or ""), *(one.get("name_localizations") or {}).items()]
    for where, name in names:
        if not NAME.fullmatch(name) or name != name.lower():
            text = "Command name is invalid"
            raise wrong(f"{path}.{where}", "APPLICATION_COMMAND_INVALID_NAME", text)


def _check_description(one: Json, path: str) -> None:
    texts = [("description", one.get("description") or ""), *(one.get("description_localizations") or {}).items()]
    for where, text in texts:
        if not text:
            raise required(f"{path}.{where}")
        if len(text) > DESCRIPTION:
            raise bad_length(f"{path}.{where}", 1, DESCRIPTION)


def _check_options(rows: Sequence[Json], path: str, depth: int) -> None:
    if len(rows) > OPTIONS:
        raise too_long(f"{path}.options", OPTIONS)
    below = [one for one in rows if one.get("type") in (SUB, GROUP)]
    if below and len(below) < len(rows):
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        raise wrong(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
    seen: set[str] = set()
    optional = False
    for number, one in enumerate(rows):
        here = f"{path}.options.{number}"
        _check_option(one, here, depth)
        if one["name"] in seen:
            raise wrong(here, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
        if one.get("required") and optional:
            text = "Required options must be placed before non-required options"
            raise wrong(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        seen.add(one["name"])
        optional = optional or not one.get("required")


def _check_option(one: Json, path: str, depth: int) -> None:
    kind = one.get("type")
    if kind not in KINDS:
        raise wrong(f"{path}.type", "BASE_TYPE_CHOICES", f"Value must be one of {tuple(KINDS)}.")
    _check_name(one, path)
    _check_description(one, path)
    if kind in (SUB, GROUP):
        if depth + (kind == GROUP) > 1:
            raise wrong(f"{path}.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deeply")
        _check_options(one.get("options") or [], path, depth + 1)
        if kind == GROUP and any(each["type"] != SUB for each in one.get("options") or ()):
            raise wrong(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only sub-commands here")
        return
    _check_choices(one, path)
    if (one.get("min_length") is not None or one.get("max_length") is not None) and kind != ONLY_TEXT:
        raise wrong(f"{path}.max_length", "APPLICATION_COMMAND_OPTION_LENGTH_INVALID_TYPE", "Only texts are so long")
    if (one.get("min_value") is not None or one.get("max_value") is not None) and kind not in NUMBERS:
        raise wrong(f"{path}.max_value", "APPLICATION_COMMAND_OPTION_VALUE_INVALID_TYPE", "Only numbers are so great")


def _check_choices(one: Json, path: str) -> None:
    choices = one.get("choices") or []
    if (choices or one.get("autocomplete")) and one["type"] not in SUGGESTING:
        raise wrong(f"{path}.choices", "APPLICATION_COMMAND_OPTION_CHOICES_INVALID_TYPE", "None for this type")
    if choices and one.get("autocomplete"):
        text = "Choices and autocompletion exclude each other"
        raise wrong(f"{path}.autocomplete", "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID", text)
    if len(choices) > CHOICES:
        raise too_long(f"{path}.choices", CHOICES)
    for number, choice in enumerate(choices):
        for name in ("name", "value"):
            if isinstance(choice[name], str) and not 1 <= len(choice[name]) <= CHOICE:
                raise bad_length(f"{path}.choices.{number}.{name}", 1, CHOICE)


def _characters(one: Json) -> int:
    own = len(one.get("name", "")) + len(one.get("description", ""))
    own += sum(len(str(choice[name])) for choice in one.get("choices") or () for name in ("name", "value"))
    return own + sum(_characters(each) for each in one.get("options") or ())

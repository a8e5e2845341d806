"""The tree of commands: what Discord shows for a stroke, and in the menus of messages and of people.

Both roots with their subcommands, each with its options and what they can be completed with; entries for the menus.
It is put to Discord only when what is there is something else.
Source: https://discord.com/developers/docs/interactions/application-commands
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.discord import limits, text
from adapters.discord.failures import Api
from adapters.discord.text import Json
from bot.feature import Command, Feature, Option, PersonShortcut, Shortcut
from bot.language import SOURCE, languages, speaking, t
from bot.people import COORDINATORS

CHAT, ON_PERSON, ON_MESSAGE = 1, 2, 3  # kinds of commands
SUBCOMMAND, STRING, BOOLEAN = 1, 3, 5  # kinds of options
IN_SERVER, IN_DIRECT = 0, 1  # where a command can be written
MANAGE_SERVER = "32"
ADMIN = "mentor-admin"
SAID = ""  # what an option is that is only said or not said
ROOTS = {
    "mentor": "See what waits for you, and choose how you are reminded",
    ADMIN: "For coordinators: people, pairings and settings of the program",
}
OTHERWISE = "What the bot can do for you"  # for a root that nobody has described
# Discord's locales of each language of the bot's; it asks for all of them.
LOCALES: Mapping[str, tuple[str, ...]] = {"es": ("es-ES", "es-419"), "pt_BR": ("pt-BR",), "sv": ("sv-SE",)}
_USUAL: Json = {"required": False, "autocomplete": False, "options": [], "name_localizations": {}}
_USUAL |= {"description_localizations": {}, "default_member_permissions": None}
_KEPT = ("type", "name", "description", "contexts", *_USUAL)
Entry = Shortcut | PersonShortcut


def tree(features: Sequence[Feature]) -> list[Json]:
    """Return the commands of what can do what `features` declare."""
    commands = [command for feature in features for command in feature.commands]
    shortcuts = [shortcut for feature in features for shortcut in feature.shortcuts]
    roots = sorted({command.root for command in commands})
    below = [_root(root, [one for one in commands if one.root == root]) for root in roots]
    people = [shortcut for feature in features for shortcut in feature.person_shortcuts]
    return [
        *below,
        *(_entry_for(ON_MESSAGE, one) for one in shortcuts),
        *(_entry_for(ON_PERSON, one) for one in people),
    ]


async def sync(api: Api, app: str, features: Sequence[Feature]) -> bool:
    """Put the tree to Discord if it has another one; return whether it had."""
    wanted = tree(features)
    there = await api.get("/applications/{app}/commands", {"with_localizations": "true"}, app=app)
    if _compared(there) == _compared(wanted):
        return False
    await api.put("/applications/{app}/commands", wanted, app=app)
    return True


def completions(features: Sequence[Feature], root: str, name: str, option: str, typed: str) -> list[Json]:
    """Return with what can be completed what somebody types for an option."""
    known = (
        value
        for feature in features
        for command in feature.commands
        if (command.root, command.name) == (root, name)
        for one in command.options
        if one.name == option
        for value in one.known
    )
    near = [value for value in known if typed.casefold().strip() in value.casefold()]
    return [{"name": text.label(value, limits.CHOICE), "value": value} for value in near[: limits.CHOICES]]


def shortcut_of(features: Sequence[Feature], label: str) -> str:
    """Return the declared name of a message's entry; what nobody declared keeps its label."""
    return _declared([shortcut for feature in features for shortcut in feature.shortcuts], label)


def person_shortcut_of(features: Sequence[Feature], label: str) -> str:
    """Return the same of a person's entry."""
    return _declared([shortcut for feature in features for shortcut in feature.person_shortcuts], label)


def _declared(every: Sequence[Entry], label: str) -> str:
    return next((one.name for one in every if _label(one) == label), label)


def _root(name: str, commands: Sequence[Command]) -> Json:
    if len(commands) > limits.SUBCOMMANDS:
        msg = f"/{name} holds {limits.SUBCOMMANDS} commands at most"
        raise ValueError(msg)
    only_for = {"default_member_permissions": MANAGE_SERVER} if name == ADMIN else {}
    return {
        "type": CHAT,
        "name": name,
        **_described(ROOTS.get(name, OTHERWISE)),
        "options": [_subcommand(command) for command in sorted(commands, key=lambda one: one.name)],
        "contexts": [IN_SERVER] if name == ADMIN else [IN_SERVER, IN_DIRECT],
        **only_for,
    }


def _subcommand(command: Command) -> Json:
    return {
        "type": SUBCOMMAND,
        "name": command.name,
        **_described(command.help),
        "options": [_option(option) for option in command.options],
    }


def _option(option: Option) -> Json:
    completed = {"autocomplete": True} if option.known else {}
    kind = BOOLEAN if option.flag else STRING
    return {"type": kind, "name": option.name, **_described(option.help), **completed}


def _entry_for(kind: int, entry: Entry) -> Json:
    """Return an entry of a menu; one for coordinators alone is hidden like their commands."""
    other = dict(_translated(entry.label, limits.COMMAND))
    named = {"name_localizations": other} if other else {}
    only_for = {"default_member_permissions": MANAGE_SERVER} if entry.who == COORDINATORS else {}
    return {"type": kind, "name": _label(entry), **named, "contexts": [IN_SERVER], **only_for}


def _label(entry: Entry) -> str:
    return text.label(entry.label, limits.COMMAND)


def _described(words: str) -> Json:
    other = dict(_translated(words, limits.COMMAND_TEXT))
    said = {"description": text.label(words, limits.COMMAND_TEXT)}
    return said | ({"description_localizations": other} if other else {})


def _translated(words: str, limit: int) -> Iterable[tuple[str, str]]:
    for language in languages():
        if language == SOURCE:
            continue
        with speaking(language):
            said = t(words)
        if said != words:
            for locale in LOCALES.get(language, (language,)):
                yield locale, text.label(said, limit)


def _compared(commands: Iterable[Mapping[str, Any]]) -> list[Json]:
    """Return commands without what Discord adds, in an order of their own."""
    return sorted(map(_plain, commands), key=lambda one: (one["type"], one["name"]))


def _plain(one: Mapping[str, Any]) -> Json:
    kept = {key: one[key] for key in _KEPT if one.get(key) is not None and one[key] != _USUAL.get(key)}
    if "options" in kept:
        kept["options"] = [_plain(option) for option in kept["options"]]
    if "contexts" in kept:
        kept["contexts"] = sorted(kept["contexts"])
    return {"type": CHAT, **kept, **({"description": ""} if not kept.get("description") else {})}

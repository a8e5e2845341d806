"""From an interaction to what it asks: pure."""

from collections.abc import Sequence

from adapters.discord import forms, render
from adapters.discord.answers import Asking
from adapters.discord.guild import place
from adapters.discord.text import Json, clean, read
from adapters.discord.tree import SAID, completions, person_shortcut_of, shortcut_of
from bot.calls import Command, PersonShortcut, Shortcut
from bot.feature import Feature, quoted
from bot.unseen import Unseen

ON_PERSON, ON_MESSAGE = 2, 3  # kinds of commands
BOOLEAN = 5  # a kind of option


def command(features: Sequence[Feature], asking: Asking) -> Command | Shortcut | PersonShortcut:
    """Return what somebody wrote behind a stroke, or chose in the menu of a message or a person."""
    body, account = asking.body, asking.account
    data: Json = body.get("data") or {}
    where = place(account.workspace, str(body.get("channel_id") or ""))
    if data.get("type") == ON_MESSAGE:
        name = shortcut_of(features, str(data["name"]))
        message = str(data["target_id"])
        return Shortcut(str(body["id"]), account, name, where, message, _quoted(features, name, data, message))
    if data.get("type") == ON_PERSON:
        name = person_shortcut_of(features, str(data["name"]))
        return PersonShortcut(str(body["id"]), account, name, str(data["target_id"]))
    sub = _first(data)
    here = where if asking.home is None else None
    return Command(str(body["id"]), account, str(data["name"]), str(sub.get("name") or ""), _options(sub), here)


def is_unseen(features: Sequence[Feature], unseen: Unseen, body: Json) -> bool:
    """Tell whether an interaction must leave no trace: a call, what is typed for one, or a step of a form."""
    match body.get("data"):
        case {"custom_id": str() as written}:
            return unseen.covers_action(forms.opened_with({"custom_id": written})[0].removeprefix(render.OWN))
        case {"type": kind, "name": str() as label} if kind == ON_MESSAGE:
            return unseen.covers_action(shortcut_of(features, label))
        case {"type": kind, "name": str() as label} if kind == ON_PERSON:
            return unseen.covers_action(person_shortcut_of(features, label))
        case {"name": str() as root, "options": [{"name": str() as name}, *_]}:
            return unseen.covers_command(root, name)
    return False


def completed(features: Sequence[Feature], data: Json) -> list[Json]:
    """Return with what can be completed what somebody is typing."""
    sub = _first(data)
    typed: Json = next((one for one in sub.get("options") or [] if one.get("focused")), {})
    where = str(data.get("name")), str(sub.get("name")), str(typed.get("name"))
    return completions(features, *where, str(typed.get("value") or ""))


def pressed(data: Json) -> str:
    """Return the action of a button."""
    return render.read_custom_id(str(data.get("custom_id") or ""))[0]


def home(body: Json) -> str | None:
    """Return the server that a button or form in a direct conversation is about."""
    written = str((body.get("data") or {}).get("custom_id") or "")
    return render.read_custom_id(written.removeprefix(forms.STEP))[1]


def _quoted(features: Sequence[Feature], name: str, data: Json, message: str) -> str:
    """Return the text of the message that an entry is used on, if that entry quotes it."""
    there: Json = ((data.get("resolved") or {}).get("messages") or {}).get(message) or {}
    entries = (entry for feature in features for entry in feature.shortcuts)
    return quoted(entries, name, clean(read(str(there.get("content") or ""))))


def _first(data: Json) -> Json:
    first: Json = next(iter(data.get("options") or []), {})
    return first


def _options(sub: Json) -> dict[str, str]:
    """Return what was typed, by the options' names; of what is only said or not, what was said."""
    found: dict[str, str] = {}
    for one in sub.get("options") or []:
        if one.get("type") != BOOLEAN:
            found[str(one["name"])] = read(str(one.get("value", "")))
        elif one.get("value"):
            found[str(one["name"])] = SAID
    return found

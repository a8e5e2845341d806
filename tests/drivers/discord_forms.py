"""Forms in Discord's client: what somebody enters in a step of one, and what they are told is wrong with it."""

from collections.abc import Iterable, Mapping

from adapters.discord import forms
from bot import steps_wording as wording
from bot.language import languages, speaking, t
from bot.views import chosen
from tests.drivers.discord_seen import fields, value_of
from tests.drivers.driver import Seen
from tests.stand_ins.discord import Json
from tests.stand_ins.discord.interactions import Modal

Entered = dict[str, object]  # by field


def entered(modal: Modal, filled: Mapping[str, str], files: Mapping[str, object]) -> tuple[Entered, str]:
    """Return what is sent of `filled`, and for a client that somebody has made of their own the form's id, else "".

    Discord's client sends what was changed. What it would let nobody enter, only such a client sends.
    """
    there = fields(modal)
    typed = {name: value for name, value in filled.items() if name in there and value != value_of(there[name])}
    added = {name: content for name, content in files.items() if name in there}
    if any(_is_forged(field, filled.get(name, value_of(field))) for name, field in there.items() if name not in added):
        return {**{name: filled.get(name, "") for name in there}, **added}, modal.body["custom_id"]
    return {**{name: _as_entered(there[name], value) for name, value in typed.items()}, **added}, ""


def _as_entered(field: Json, value: str) -> object:
    return _taken(field, value) if field["type"] == forms.SELECT else value


def _taken(field: Json, value: str) -> list[str]:
    """Return what is chosen in a field: of those that hold several, each."""
    return list(chosen(value)) if "max_values" in field else [value] if value else []


def _is_forged(field: Json, value: str) -> bool:
    """Tell whether the client wouldn't let somebody enter this: it can't be chosen, is too long, or is missing."""
    if field["type"] == forms.UPLOAD:
        return False
    if not value and field.get("required", True):
        return True
    if field["type"] == forms.SELECT:
        return not {one["value"] for one in field["options"]}.issuperset(_taken(field, value))
    return bool(len(value) > field.get("max_length", len(value)))


def is_ready(seen: Seen) -> bool:
    """Tell whether a form is there behind a button."""
    return _begins(seen, wording.READY)


def with_errors(seen: Seen, names: Iterable[str], labels: Mapping[str, str]) -> Seen:
    """Read what is wrong with a form, beside its fields' labels; the rest belongs to the first field."""
    if not _begins(seen, wording.NOT_YET):
        return seen
    errors: dict[str, list[str]] = {}
    by_label = {label: name for name, label in labels.items()}
    first = next(iter(names), "")
    current = first
    for text in seen.texts[1:]:
        if text in _in_each_language(wording.WRITTEN):
            break
        if text in by_label:
            current = by_label[text]
        else:
            errors.setdefault(current, []).append(text)
            current = first
    return Seen(errors={name: "\n".join(lines) for name, lines in errors.items()}, buttons=seen.buttons, id=seen.id)


def _begins(seen: Seen, text: str) -> bool:
    return bool(seen.texts) and seen.texts[0] in _in_each_language(text)


def _in_each_language(text: str) -> set[str]:
    said = set()
    for language in languages():
        with speaking(language):
            said.add(t(text))
    return said

"""Forms as Discord's modals: shown, and read again when they were sent off.

A modal holds five components, so a longer form has several steps, each a modal of its own. A modal's custom_id is the
form's action; one that is a step of several begins with a sign that says so. Each field's custom_id is its name. What
isn't shown as text (values, what is typed) is data to Discord, and isn't escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.discord import limits, text
from adapters.discord.render import custom_id, read_custom_id
from adapters.discord.text import Json
from bot.cutting import size
from bot.views import Field, Form, chosen

SELECT, TYPING, TEXT, LABEL, UPLOAD = 3, 4, 10, 18, 19
SHORT, LONG = 1, 2
STEP = "~"  # how the custom_id of a modal begins that is one of several steps
TITLE = "mentorbot"  # of a form that has none


def steps(form: Form) -> list[list[Field]]:
    """Return the fields in groups, each of which fits into a modal."""
    found: list[list[Field]] = [[]]
    room = limits.MODAL_COMPONENTS - len(_above(form))
    for field in form.fields:
        needed = len(_field(field))
        if needed > room and found[-1]:
            found.append([])
            room = limits.MODAL_COMPONENTS
        found[-1].append(field)
        room -= needed
    return found


def is_long(form: Form) -> bool:
    """Tell whether a form has several steps."""
    return len(steps(form)) > 1


def modal(form: Form, step: int, typed: Mapping[str, str], home: str | None = None) -> Json:
    """Render one step of a form, filled in as far as it is, and with what was typed already."""
    every = steps(form)
    sign, number = ("", "") if len(every) == 1 else (STEP, f" ({step + 1}/{len(every)})")
    above = _above(form) if step == 0 else []
    inputs = [made for field in every[step] for made in _field(field, typed.get(field.name))]
    return {
        "custom_id": (sign + custom_id(form.action, home=home))[: limits.ID],
        "title": text.label(_title(form), limits.TITLE - len(number)) + number,
        "components": [*above, *inputs] or [_display(_title(form))],
    }


def opened_with(submitted: Json) -> tuple[str, str | None, bool]:
    """Return the action that a modal's form was given out with, the server, and whether it was one step of several."""
    written = str(submitted.get("custom_id") or "")
    action, home = read_custom_id(written.removeprefix(STEP))
    return action, home, written.startswith(STEP)


def values(submitted: Json) -> dict[str, str]:
    """Return what was typed and chosen, by field name; a field that was left empty is an empty text."""
    return {one["custom_id"]: _value(one) for one in _inputs(submitted) if one.get("type") != UPLOAD}


def files(submitted: Json) -> dict[str, Json]:
    """Return what Discord tells of the files that were added, by field name."""
    there: Mapping[str, Json] = (submitted.get("resolved") or {}).get("attachments") or {}
    added = ((one["custom_id"], one.get("values") or []) for one in _inputs(submitted) if one.get("type") == UPLOAD)
    return {name: there[str(ids[0])] for name, ids in added if ids and str(ids[0]) in there}


def names(submitted: Json) -> list[str]:
    """Return the names of the fields of a modal, in their order."""
    return [one["custom_id"] for one in _inputs(submitted)]


def _inputs(submitted: Json) -> Iterator[Json]:
    for one in submitted.get("components") or []:
        inner = one.get("component") or next(iter(one.get("components") or []), None)
        if inner and inner.get("custom_id"):
            yield inner


def _value(one: Json) -> str:
    if one.get("type") == SELECT:
        return ",".join(map(str, one.get("values") or []))
    return str(one.get("value") or "")


def _title(form: Form) -> str:
    return form.title if text.clean(form.title).strip() else TITLE


def _above(form: Form) -> list[Json]:
    """Say a title above the fields that doesn't fit where it belongs."""
    title = _title(form)
    return [_display(title)] if text.label(title, limits.TITLE) != text.label(title, limits.TYPED) else []


def _display(words: str) -> Json:
    return {"type": TEXT, "content": next(iter(text.pieces(words, limits.TEXT)), TITLE)}


def _field(field: Field, typed: str | None = None) -> list[Json]:
    """Render a field; a label or hint that is too long for its place stands above it."""
    label, hint = text.label(field.label, limits.LABEL), text.clean(field.hint).strip()
    told = [field.label] if size(" ".join(text.clean(field.label).split())) > limits.LABEL else []
    if size(hint) > limits.DESCRIPTION or "\n" in hint:
        told, hint = [*told, hint], ""
    above = [_display("\n".join(told))] if told else []
    described = {"description": hint} if hint else {}
    return [*above, {"type": LABEL, "label": label, **described, "component": _element(field, typed)}]


def _element(field: Field, typed: str | None) -> Json:
    named = {"custom_id": field.name[: limits.ID]}
    if field.file:
        least = int(field.required)
        return {**named, "type": UPLOAD, "min_values": least, "max_values": 1, "required": field.required}
    value = field.value if typed is None else typed
    options = _options(field.choices, chosen(value) if field.several else (value,))
    return {**named, **(_select(field, options) if options else _typing(field, value))}


def _typing(field: Field, value: str) -> Json:
    """Render what is typed; it has room for what is filled in already, also where that is more than it asks for."""
    filled = text.cut(value, limits.TYPED)
    room = min(max(field.limit, size(filled), 1), limits.TYPED)
    style = LONG if field.long else SHORT
    given = {"value": filled} if filled else {}
    return {"type": TYPING, "style": style, "max_length": room, "required": field.required, **given}


def _select(field: Field, options: Sequence[Json]) -> Json:
    nothing = dict(field.choices).get("", "")
    placeholder = {"placeholder": text.label(nothing, limits.PLACEHOLDER)} if nothing.strip() else {}
    required = field.required and len(options) == len(field.choices)
    most = {"max_values": len(options)} if field.several else {}
    counted = {"required": required, "min_values": int(required), **most}
    return {"type": SELECT, "options": list(options), **counted, **placeholder}


def _options(choices: Sequence[tuple[str, str]], taken: Sequence[str]) -> list[dict[str, Any]]:
    """Return the options of a field. None may be empty on Discord: that one is to choose nothing."""
    return [
        {"label": text.label(label, limits.OPTION_LABEL), "value": one, **({"default": True} if one in taken else {})}
        for one, label in choices
        if text.clean(one).strip() and size(one) <= limits.OPTION_VALUE
    ][: limits.OPTIONS]

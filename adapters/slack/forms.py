"""Forms as Slack's modals: shown, read again when they were sent off, and answered.

A modal's private_metadata holds the form's action; each field's action_id is its name. Errors go by block_id.
What isn't a text object (what is typed, values, errors, private_metadata) is data to Slack, and isn't escaped.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from adapters.slack import limits, render, text
from adapters.slack.render import Links
from adapters.slack.text import Json
from bot.cutting import size
from bot.views import Errors, Field, Form, Message, chosen

FORM = "mentorbot.form"  # the callback_id of what is sent off
SHOWN = "mentorbot.shown"  # the callback_id of what is only read
TITLE = "mentorbot"  # of a modal that shows an answer
SEVERAL = ("checkboxes", "multi_static_select")  # the elements in which several things can be taken
_REFUSED = "refused"  # the block_id of an error where there is no field to put it beside
_NOTHING = "…"
_KEPT = ("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id")

Answer = Message | Form | Errors


def view(form: Form) -> Json:
    """Render a form, filled in as far as it is."""
    if len(form.action) > limits.METADATA:
        msg = f"a form's action holds {limits.METADATA} characters at most"
        raise ValueError(msg)
    step = _step(form)
    title = form.title if text.clean(form.title).strip() else TITLE
    above = _whole_title(title) if form.fields else _paragraphs(title)
    inputs = [_input(field, step) for field in form.fields]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": form.action,
        "title": text.label(title, limits.TITLE),
        "submit": text.label(form.submit, limits.SUBMIT),
        "blocks": [*above, *inputs][: limits.MODAL_BLOCKS],
    }


def shown(message: Message, links: Links, *, title: str = TITLE, elsewhere: bool = True) -> Json:
    """Render a message as a modal with nothing to be filled in; its buttons work there."""
    rendered = render.message(message, links, most=limits.MODAL_BLOCKS, elsewhere=elsewhere)
    title_ = text.label(title, limits.TITLE)
    return {"type": "modal", "callback_id": SHOWN, "title": title_, "blocks": rendered.blocks or _paragraphs(_NOTHING)}


def action(submitted: Json) -> str:
    """Return the action that a modal's form was given out with."""
    return str(submitted.get("private_metadata") or "")


def values(submitted: Json) -> dict[str, str]:
    """Return what was typed and chosen, by field name; a field that was left empty is an empty text."""
    return {name: _value(element) for name, element in _state(submitted) if element.get("type") != "file_input"}


def files(submitted: Json) -> dict[str, str]:
    """Return the ids of the files that were added, by field name."""
    added = ((name, element.get("files") or []) for name, element in _state(submitted))
    return {name: str(first["id"]) for name, (first, *_) in ((name, given) for name, given in added if given)}


def answer(submitted: Json, reply: Answer | None, links: Links) -> Json:
    """Return how a form that was sent off is acknowledged; with nothing at all the modal closes."""
    match reply:
        case Errors():
            return errors(submitted, reply)
        case Form():
            return _update(view(reply))
        case Message():
            return _update(shown(reply, links))
        case None:
            return {}


def errors(submitted: Json, told: Errors) -> Json:
    """Put errors beside their fields, the others beside the first; what was typed stays.

    Where there is no field, the modal says it above.
    """
    blocks = {block["element"]["action_id"]: block["block_id"] for block in _inputs(submitted)}
    if not blocks:
        return _update(_refused(submitted, "\n".join(told.errors.values())))
    first = next(iter(blocks.values()))
    beside: dict[str, list[str]] = {}
    for name, error in told.errors.items():
        beside.setdefault(blocks.get(name, first), []).append(error)
    said = {block: _cut("\n".join(lines), limits.ERROR) for block, lines in beside.items()}
    return {"response_action": "errors", "errors": said}


def _update(new: Json) -> Json:
    return {"response_action": "update", "view": new}


def _refused(submitted: Json, error: str) -> Json:
    """Return a form without fields once more, with what is wrong above; what it said last time is taken away."""
    old = [block for block in submitted.get("blocks", []) if not str(block.get("block_id", "")).startswith(_REFUSED)]
    above = [{**block, "block_id": f"{_REFUSED}.{place}"} for place, block in enumerate(_paragraphs(error))]
    kept = {key: submitted[key] for key in _KEPT if submitted.get(key)}
    return {**kept, "blocks": [*above, *old][: limits.MODAL_BLOCKS]}


def _whole_title(title: str) -> list[Json]:
    """Say a title above the fields that doesn't fit where it belongs."""
    return _paragraphs(title) if size(text.escape(title)) > limits.TITLE else []


def _paragraphs(words: str) -> list[Json]:
    return [{"type": "section", "text": text.plain(piece)} for piece in text.pieces(words, limits.TEXT)]


def _step(form: Form) -> str:
    """Name a form by all that is in it: where block_ids stay the same, Slack keeps what was typed a step before."""
    return blake2b(repr(form).encode("utf-8", "replace"), digest_size=6).hexdigest()


def _input(field: Field, step: str) -> Json:
    hint = text.short(field.hint, limits.HINT)
    choices = _choices(field)
    return {
        "type": "input",
        "block_id": f"{step}.{field.name}"[: limits.ID],
        "label": text.label(field.label, limits.LABEL),
        "element": {"action_id": field.name[: limits.ID], **_element(field, choices)},
        "optional": not field.required or len(choices) < len(field.choices),
        **({"hint": text.plain(hint)} if hint.strip() else {}),
    }


def _element(field: Field, choices: Mapping[str, Json]) -> Json:
    if field.file:
        return {"type": "file_input", "max_files": 1}
    if field.several and choices:
        return _boxes(field, choices)
    return _select(field, choices) if choices else _typing(field)


def _typing(field: Field) -> Json:
    """Render what is typed; it has room for what is filled in already, also where that is more than it asks for."""
    filled = _cut(field.value, limits.TYPED)
    room = min(max(field.limit, size(filled), 1), limits.TYPED)
    given = {"initial_value": filled} if filled else {}
    return {"type": "plain_text_input", "multiline": field.long, "max_length": room, **given}


def _select(field: Field, choices: Mapping[str, Json]) -> Json:
    taken = choices.get(field.value)
    nothing = dict(field.choices).get("", "")
    placeholder = {"placeholder": text.label(nothing, limits.PLACEHOLDER)} if nothing else {}
    initial = {"initial_option": taken} if taken else {}
    return {"type": "static_select", "options": list(choices.values()), **placeholder, **initial}


def _boxes(field: Field, choices: Mapping[str, Json]) -> Json:
    """Render choices of which several can be taken: boxes, or a list of those that are too many for boxes."""
    ticked = [choices[value] for value in dict.fromkeys(chosen(field.value)) if value in choices]
    kind = "checkboxes" if len(choices) <= limits.BOXES else "multi_static_select"
    return {"type": kind, "options": list(choices.values()), **({"initial_options": ticked} if ticked else {})}


def _choices(field: Field) -> dict[str, Json]:
    """Return the options of a field. None may be empty on Slack: that one is to choose nothing."""
    options = {
        value: {"text": text.label(label, limits.OPTION_LABEL), "value": value}
        for value, label in field.choices
        if value.strip() and size(value) <= limits.OPTION_VALUE
    }
    return dict(list(options.items())[: limits.OPTIONS])


def _cut(words: str, limit: int) -> str:
    """Return a text that is data, as far as there is room for it."""
    whole = text.clean(words)
    while size(whole) > limit:
        whole = whole[: len(whole) - max((size(whole) - limit) // 2, 1)]
    return whole


def _inputs(submitted: Json) -> list[Json]:
    return [block for block in submitted.get("blocks", []) if block.get("type") == "input"]


def _state(submitted: Json) -> list[tuple[str, Json]]:
    blocks: Mapping[str, Mapping[str, Any]] = submitted.get("state", {}).get("values", {})
    return [(name, element) for block in blocks.values() for name, element in block.items()]


def _value(element: Json) -> str:
    if element.get("type") == "static_select":
        return str((element.get("selected_option") or {}).get("value") or "")
    if element.get("type") in SEVERAL:
        return ",".join(str(one.get("value") or "") for one in element.get("selected_options") or [])
    return str(element.get("value") or "")

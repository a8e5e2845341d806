"""How buttons are found, and forms filled in."""

from typing import Any

from tests.stand_ins.errors import NotPossible
from tests.stand_ins.slack.elements import option_texts
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.modals import View, elements_of, initial
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.workspace import Message

Target = Message | View
SELECTED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "file_input": "files",
}
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_text_input")


def buttons(on: Target) -> dict[str, Json]:
    """Return the buttons on something, by their labels."""
    every = [one for block in on.blocks for one in elements_of(block)]
    return {one["text"]["text"]: one for one in every if one["type"] == "button"}


def find(blocks: list[Json], name: str) -> tuple[str, Json]:
    """Return the block id and the element, by its block id or action id or (a button) its label."""
    for block in blocks:
        for one in elements_of(block):
            label = one.get("text", {}).get("text") if one["type"] == "button" else None
            if name in (one["action_id"], label) or (block["type"] == "input" and name == block["block_id"]):
                return block["block_id"], one
    raise NotPossible(f"there is no {name!r}")


def button(on: Target, name: str) -> Json:
    """Return what a press of a button tells."""
    block, one = find(on.blocks, name)
    if one["type"] != "button":
        raise NotPossible(f"{name!r} is no button")
    kept: Json = {key: one[key] for key in ("text", "value", "url", "style") if key in one}
    return {"action_id": one["action_id"], "block_id": block, **kept, "type": "button"}


def acted(state: State, action: Json) -> Json:
    """Return an action as it is told."""
    return {"type": "button", "block_id": "b", **action, "action_ts": state.workspace.new_ts()}


def container(on: Target | None, channel: str | None) -> Json:
    """Return where an action was done."""
    if isinstance(on, View):
        return {"type": "view", "view_id": on.id}
    about = {"type": "message", "message_ts": on.ts if on else "", "channel_id": channel}
    below = {"thread_ts": on.thread} if on and on.thread else {}
    return {**about, **below, "is_ephemeral": bool(on and on.to)}


def state(one: Json, value: Any) -> Json:  # noqa: ANN401
    """Return an element's state with a value in it: a text, an option's value, a list of such."""
    kind = one["type"]
    if value is None or value == "":
        return initial({"type": kind})
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": _option(one, value)}
    if kind in ("checkboxes", "multi_static_select"):
        return {"type": kind, "selected_options": [_option(one, each) for each in value]}
    return {"type": kind, SELECTED.get(kind, "value"): value}


def _option(one: Json, value: str) -> Json:
    groups = one.get("option_groups", [])
    options = [*one.get("options", []), *(option for group in groups for option in group["options"])]
    for option in options:
        if option["value"] == value:
            return {"text": option["text"], "value": option["value"]}
    raise NotPossible(f"{value!r} is none of {sorted(option_texts(one))}")


def fill(view: View, name: str, value: Any) -> None:  # noqa: ANN401
    """Put a value into a field, by its block id or action id."""
    block, one = find(view.blocks, name)
    view.values.setdefault(block, {})[one["action_id"]] = state(one, value)
    view.touched.add((block, one["action_id"]))


def value_of(view: View, block: str) -> Any:  # noqa: ANN401
    """Return what is in an input block now: a text, an option's value, a list; None if nothing is."""
    [state_] = view.values[block].values()
    found = next(value for key, value in state_.items() if key != "type")
    if isinstance(found, dict):
        return found["value"]
    return [one["value"] for one in found] if "selected_options" in state_ else found


def check(view: View) -> None:
    """Raise if the client wouldn't send a form off: something is missing, too short or too long."""
    if not view.body.get("submit") and view.inputs:
        raise NotPossible("this view has nothing to send it off with")
    for block, about in view.inputs.items():
        value, one = value_of(view, block), about["element"]
        if value in (None, "", []) and not about.get("optional"):
            raise NotPossible(f"{block}: Please complete this required field.")
        if one["type"] in TEXTS and value:
            if len(value) > one.get("max_length", 3000) or len(value) < one.get("min_length", 0):
                raise NotPossible(f"{block}: its length is wrong")
            if "\n" in value and not one.get("multiline"):
                raise NotPossible(f"{block}: it holds one line")
        if one["type"] == "file_input":
            _check_files(block, one, value or [])


def _check_files(block: str, one: Json, files: list[Json]) -> None:
    if len(files) > one.get("max_files", 10):
        raise NotPossible(f"{block}: too many files")
    wanted = one.get("filetypes")
    if wanted and any(file["filetype"] not in wanted for file in files):
        raise NotPossible(f"{block}: only files of these types: {wanted}")


def checked_errors(view: View, errors: Any) -> dict[str, str]:  # noqa: ANN401
    """Return errors by block id; raise if one has no field to stand at."""
    if not isinstance(errors, dict) or not errors or not all(isinstance(text, str) for text in errors.values()):
        raise Failure("errors must be texts by block id")
    lost = set(errors) - set(view.inputs)
    if lost:
        raise Failure(f"errors for what is no input block: {sorted(lost)}")
    return errors

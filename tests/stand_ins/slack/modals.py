"""Modals and Home: what a view may be, its state, its hash, and who has which open."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.stand_ins.slack.errors import Failure, Json, invalid_arguments
from tests.stand_ins.slack.limits import VIEW_BLOCKS, VIEW_KINDS, complaints
from tests.stand_ins.slack.texts import length, text_object
from tests.stand_ins.slack.workspace import Workspace

DEEPEST = 3
LARGEST = 250_000
INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_channel": "selected_channel",
}
EMPTY: dict[str, Json] = {
    "static_select": {"selected_option": None},
    "radio_buttons": {"selected_option": None},
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "multi_users_select": {"selected_users": []},
    "users_select": {"selected_user": None},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "file_input": {"files": []},
}


@dataclass
class View:
    """A view that somebody has open: `body` as the app gave it, `values` as the person filled it in."""

    id: str
    user: str
    body: Json
    root: str
    previous: str | None = None
    hash: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    touched: set[tuple[str, str]] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands at its head."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.body["blocks"])

    @property
    def inputs(self) -> dict[str, Json]:
        """Its input blocks, by block id."""
        return {block["block_id"]: block for block in self.blocks if block["type"] == "input"}

    def show(self, body: Json) -> None:
        """Show something else in its place; what was typed stays where the field stays."""
        self.body, self.hash, self.errors = body, f"{uuid4().hex[:10]}.{uuid4().hex[:8]}", {}
        before, self.values = self.values, {}
        for block in self.blocks:
            for one in elements_of(block):
                self._fill(block["block_id"], one, before)

    def _fill(self, block: str, one: Json, before: dict[str, Json]) -> None:
        if one["type"] in ("button", "overflow", "image"):
            return
        key = (block, one["action_id"])
        kept = before.get(block, {}).get(one["action_id"]) if key in self.touched else None
        same = kept is not None and kept["type"] == one["type"]
        self.values.setdefault(block, {})[one["action_id"]] = kept if same else initial(one)


def initial(one: Json) -> Json:
    """Return the state of an element that nobody has touched."""
    state = {"type": one["type"], **EMPTY.get(one["type"], {"value": None})}
    return state | {INITIAL[name]: value for name, value in one.items() if name in INITIAL}


def elements_of(block: Json) -> list[Json]:
    """Return the interactive elements of a block."""
    inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return [one for one in inside if one and one.get("action_id")]


def named(blocks: list[Json]) -> list[Json]:
    """Return blocks with ids for all that has none."""
    return [_named(block) for block in blocks]


def _named(block: Json) -> Json:
    block = {"block_id": uuid4().hex[:5], **block}
    if not block["block_id"]:
        block["block_id"] = uuid4().hex[:5]
    if block["type"] == "actions":
        block["elements"] = [_with_action(one) for one in block["elements"]]
    for name in ("accessory", "element"):
        if name in block and block[name].get("type") != "image":
            block[name] = _with_action(block[name])
    return block


def _with_action(one: Json) -> Json:
    return {**one, "action_id": one.get("action_id") or uuid4().hex[:5]}


def checked(view: Any, kinds: tuple[str, ...] = ("modal",), *, pointer: str = "/view") -> Json:  # noqa: ANN401
    """Return a view that may be shown, with ids for all; raise Slack's complaints otherwise."""
    if not isinstance(view, dict):
        raise invalid_arguments(f"must provide an object [json-pointer:{pointer}]")
    found = []
    if view.get("type") not in kinds:
        found.append(f"must be one of: {', '.join(kinds)} [json-pointer:{pointer}/type]")
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        found.append(f"missing required field: blocks [json-pointer:{pointer}]")
        blocks = []
    found += complaints(blocks, VIEW_KINDS, VIEW_BLOCKS, f"{pointer}/blocks")
    found += length(view, "private_metadata", 3000, pointer, required=False)
    found += length(view, "callback_id", 255, pointer, required=False)
    if view.get("type") == "modal":
        found += _modal(view, blocks, pointer)
    if found:
        raise invalid_arguments(*found)
    if len(repr(view)) > LARGEST:
        raise Failure("view_too_large")
    return {**view, "blocks": named(blocks)}


def _modal(view: Json, blocks: list[Any], pointer: str) -> list[str]:
    found = list(text_object(view.get("title"), 24, f"{pointer}/title", plain=True))
    for name in ("submit", "close"):
        if view.get(name) is not None:
            found += text_object(view[name], 24, f"{pointer}/{name}", plain=True)
    if "submit" not in view and any(isinstance(block, dict) and block.get("type") == "input" for block in blocks):
        found.append(f"missing required field: submit [json-pointer:{pointer}]")
    return found


class Modals:
    """The views of everybody: a stack for each who has one open, and their Home."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin without any."""
        self._workspace = workspace
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """Return somebody's open views, the topmost last."""
        return self.stacks.setdefault(user, [])

    def open(self, user: str, body: Json) -> View:
        """Open a view in place of all that somebody has open."""
        self.stack(user).clear()
        return self.push(user, body)

    def push(self, user: str, body: Json) -> View:
        """Open a view above the others."""
        stack = self.stack(user)
        if len(stack) >= DEEPEST:
            raise Failure("push_limit_reached")
        self._is_unique(body)
        id_ = self._workspace.new_id("V")
        view = View(id_, user, body, stack[0].id if stack else id_, stack[-1].id if stack else None)
        view.show(body)
        stack.append(view)
        return view

    def publish(self, user: str, body: Json, hash_: str = "") -> View:
        """Show a Home."""
        id_ = self.homes[user].id if user in self.homes else self._workspace.new_id("V")
        view = self.homes.setdefault(user, View(id_, user, body, id_))
        _same(view, hash_)
        view.show(body)
        return view

    def update(self, view: View, body: Json, hash_: str = "") -> View:
        """Show something else in a view, unless it is no longer the one that was meant."""
        _same(view, hash_)
        self._is_unique(body, view)
        view.show(body)
        return view

    def find(self, view_id: str, external_id: str) -> View:
        """Return a view that is open."""
        opened = [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())
        for view in opened:
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise Failure("not_found")

    def _is_unique(self, body: Json, but: View | None = None) -> None:
        wanted = body.get("external_id")
        opened = [view for stack in self.stacks.values() for view in stack if view is not but]
        if wanted and any(view.body.get("external_id") == wanted for view in opened):
            raise Failure("duplicate_external_id")


def _same(view: View, hash_: str) -> None:
    if hash_ and view.hash and hash_ != view.hash:
        raise Failure("hash_conflict")

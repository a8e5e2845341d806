"""views.*: what the bot shows in modals and in its Home."""

from tests.stand_ins.slack import showing
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json, invalid_arguments
from tests.stand_ins.slack.modals import View, checked
from tests.stand_ins.slack.registry import method, need
from tests.stand_ins.slack.state import State


def given(state: State, asked: Arguments, kinds: tuple[str, ...] = ("modal",)) -> Json:
    """Return the view that is to be shown, checked."""
    body = checked(asked.data("view"), kinds)
    if any(block.get("element", {}).get("type") == "file_input" for block in body["blocks"]):
        need(state, "files:read")
    return body


@method("views.open", "view")
def open_(state: State, asked: Arguments) -> Json:
    """Open a modal for who just did something."""
    body = given(state, asked)
    done = state.interactions.exchange(_trigger(asked))
    view = state.modals.open(done.user, body)
    done.show("opened", view=view)
    return _shown(state, view)


@method("views.push", "view")
def push(state: State, asked: Arguments) -> Json:
    """Open a modal above the one in which somebody just did something."""
    body = given(state, asked)
    done = state.interactions.exchange(_trigger(asked))
    if not state.modals.stack(done.user):
        raise Failure("not_found")
    view = state.modals.push(done.user, body)
    done.show("pushed", view=view)
    return _shown(state, view)


@method("views.update", "view")
def update(state: State, asked: Arguments) -> Json:
    """Show something else in a modal that is open."""
    body = given(state, asked, ("modal", "home"))
    if not (asked.text("view_id") or asked.text("external_id")):
        raise invalid_arguments("missing required field: view_id")
    view = state.modals.find(asked.text("view_id"), asked.text("external_id"))
    state.modals.update(view, body, asked.text("hash"))
    latest = next((one for one in reversed(state.interactions.all) if one.user == view.user), None)
    if latest is not None:
        latest.show("updated", view=view)
    return _shown(state, view)


@method("views.publish", "user_id", "view")
def publish(state: State, asked: Arguments) -> Json:
    """Show somebody the app's Home."""
    if not state.app.home_tab:
        raise Failure("not_enabled")
    user = state.workspace.user(asked.text("user_id")).id
    return _shown(state, state.modals.publish(user, given(state, asked, ("home",)), asked.text("hash")))


def _trigger(asked: Arguments) -> str:
    if not asked.text("trigger_id"):
        raise invalid_arguments("missing required field: trigger_id")
    return asked.text("trigger_id")


def _shown(state: State, view: View) -> Json:
    state.changes.tell()
    return {"view": showing.view(state, view)}

"""The methods of the Web API: who may call them, with what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.workspace import Channel

Call = Callable[[State, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """A method; one of `scopes` is enough. Without `json` a body of JSON is not looked at."""

    name: str
    call: Call
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    json: bool = True
    app: bool = False  # it takes the app's token instead of the bot's


METHODS: dict[str, Method] = {}


def method(
    name: str, *required: str, scopes: Sequence[str] = (), json: bool = True, app: bool = False
) -> Callable[[Call], Call]:
    """Declare a method."""

    def declare(call: Call) -> Call:
        METHODS[name] = Method(name, call, required, tuple(scopes), json, app)
        return call

    return declare


PREFIX = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def every(*actions: str) -> list[str]:
    """Return the scopes of all kinds of conversations for actions."""
    scopes = [f"{kind}:{action}" for action in actions for kind in ("channels", "groups", "im", "mpim")]
    return ["channels:manage" if scope == "channels:write" else scope for scope in scopes]


def need(state: State, *scopes: str) -> None:
    """Raise `missing_scope` unless the app has one of these."""
    if scopes and not state.app.scopes & set(scopes):
        raise missing(state, *scopes)


def missing(state: State, *scopes: str) -> Failure:
    """Return `missing_scope`."""
    return Failure("missing_scope", needed=",".join(scopes), provided=",".join(sorted(state.app.scopes)))


def visible(state: State, id_: str) -> Channel:
    """Return a conversation that the bot can know of: what is private is only there for its members."""
    channel = state.workspace.channels.get(id_)
    if channel is None or (channel.kind != "channel" and state.app.bot_user not in channel.members):
        raise Failure("channel_not_found")
    return channel


def entered(state: State, id_: str) -> Channel:
    """Return a conversation that the bot is in."""
    channel = visible(state, id_)
    if state.app.bot_user not in channel.members:
        raise Failure("not_in_channel")
    return channel


def acting(state: State, id_: str, action: str) -> Channel:
    """Return a conversation that the bot is in and has the scope for, and that isn't closed."""
    channel = visible(state, id_)
    need(state, *of_kind(channel, action))
    if state.app.bot_user not in channel.members:
        raise Failure("not_in_channel")
    if channel.archived:
        raise Failure("is_archived")
    return channel


def of_kind(channel: Channel, action: str) -> list[str]:
    """Return the scopes that an action needs in this kind of conversation."""
    prefix = PREFIX[channel.kind]
    wider = ["channels:manage"] if channel.kind == "channel" else [f"{prefix}:write"]
    if action in ("write", "manage"):
        return wider
    extra = wider if action.startswith("write.") else []
    return [f"{prefix}:{action}", *extra]

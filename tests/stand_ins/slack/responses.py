"""What is sent to a response URL: a message to one or to all, a change of the message that was acted on."""

from aiohttp import web

from tests.stand_ins.slack import acts
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.interactions import Interaction
from tests.stand_ins.slack.methods_chat import content
from tests.stand_ins.slack.recording import Request
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.workspace import Message


async def respond(state: State, request: web.Request) -> web.StreamResponse:
    """Answer a POST to a response URL."""
    try:
        body = await request.json()
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    state.requests.append(Request("response_url", body, request.content_type, token=False))
    try:
        done = state.interactions.respond(request.match_info["key"])
        take(state, done, body)
    except Failure as failure:
        gone = failure.code in ("expired_url", "used_url")
        return web.json_response(failure.body, status=404 if gone else 200)
    state.changes.tell()
    return web.Response(text="ok", content_type="text/html")


def take(state: State, done: Interaction, body: Json) -> None:
    """Do what an answer says."""
    if body.get("delete_original"):
        _delete(state, done)
    elif body.get("replace_original"):
        _replace(state, done, content(Arguments(body)))
    else:
        _add(state, done, body)


def _delete(state: State, done: Interaction) -> None:
    original = done.message
    if original is None:
        raise Failure("message_not_found")
    if original.to is not None:
        state.ephemerals[original.to].remove(original)
    else:
        acts.delete(state, state.workspace.channels[original.channel], original)
    done.show("deleted", message=original)


def _replace(state: State, done: Interaction, inside: Json) -> None:
    original = done.message
    if original is None:  # a command has none: what it is answered with is new
        _show(state, done, inside, everybody=False)
        return
    inside.setdefault("blocks", [])
    if original.to is not None:
        original.body |= inside
    else:
        acts.change(state, state.workspace.channels[original.channel], original, inside)
    done.show("ephemeral" if original.to is not None else "updated", message=original)


def _add(state: State, done: Interaction, body: Json) -> None:
    inside = content(Arguments(body))
    thread = {"thread_ts": body["thread_ts"]} if body.get("thread_ts") else {}
    _show(state, done, {**inside, **thread}, everybody=body.get("response_type") == "in_channel")


def _show(state: State, done: Interaction, inside: Json, *, everybody: bool) -> None:
    if done.channel is None:
        raise Failure("channel_not_found")
    about = acts.body(state, state.app.bot_user, **inside)
    if everybody:
        channel = state.workspace.channels[done.channel]
        done.show("posted", message=acts.post(state, channel, Message(channel.id, about)))
        return
    message = Message(done.channel, about, to=done.user)
    state.ephemerals.setdefault(done.user, []).append(message)
    done.show("ephemeral", message=message)

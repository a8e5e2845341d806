"""How the app answers what a person did: at first, later, and with more messages."""

import time

from tests.stand_ins.discord import acts, components, contents, rules_components, showing
from tests.stand_ins.discord.community import EPHEMERAL, LOADING, Channel, Message
from tests.stand_ins.discord.errors import Failure, Json, bad_length, too_long, unknown, wrong
from tests.stand_ins.discord.interactions import Act, Interaction, Modal, Reply
from tests.stand_ins.discord.registry import Asked, route
from tests.stand_ins.discord.state import State

HOOK = "/webhooks/{webhook_id}/{webhook_token}"
CHOICES, CHOICE = 25, 100
BELOW_MESSAGES = {Reply.LATER_UPDATE, Reply.UPDATE}
ALLOWED = {
    Act.COMMAND: {Reply.MESSAGE, Reply.LATER, Reply.MODAL},
    Act.COMPONENT: {Reply.MESSAGE, Reply.LATER, Reply.MODAL} | BELOW_MESSAGES,
    Act.SUBMIT: {Reply.MESSAGE, Reply.LATER} | BELOW_MESSAGES,
    Act.SUGGEST: {Reply.SUGGESTIONS},
}


@route("POST /interactions/{interaction_id}/{interaction_token}/callback", token=False)
def _callback(state: State, asked: Asked) -> Json | None:
    done = state.interactions.answering(asked["interaction_id"], asked["interaction_token"])
    kind, data = asked.json.get("type"), asked.json.get("data") or {}
    if kind not in {*ALLOWED[done.act]} or (kind in BELOW_MESSAGES and done.message is None):
        raise wrong("type", "INTERACTION_TYPE_INVALID", f"{kind} is no answer to this")
    first = Reply(kind)
    inner = Asked(asked.ids, asked.query, data, asked.files)
    match first:
        case Reply.MESSAGE:
            done.original = _post(state, done, inner)
        case Reply.LATER:
            done.original = _think(state, done, ephemeral=bool(int(data.get("flags") or 0) & EPHEMERAL))
        case Reply.UPDATE | Reply.LATER_UPDATE:
            done.original = done.message
            if first is Reply.UPDATE:
                _change(state, done, _original(done), inner)
        case Reply.SUGGESTIONS:
            done.answer.choices = _choices(data)
        case Reply.MODAL:
            _open(state, done, data)
    done.first = done.answer.first = first
    done.answer.took = time.monotonic() - done.begun
    return _told(state, done) if asked.query.get("with_response", "").lower() in ("1", "true") else None


def _told(state: State, done: Interaction) -> Json:
    """Return what is answered to an answer."""
    about: Json = {"id": done.id, "type": int(done.act)}
    resource: Json = {"type": int(done.first)}
    if done.original is not None and done.first is not Reply.LATER_UPDATE:
        about |= {"response_message_id": done.original.id}
        about |= {"response_message_loading": bool(done.original.flags & LOADING)}
        about |= {"response_message_ephemeral": bool(done.original.flags & EPHEMERAL)}
        resource["message"] = showing.message(state, done.original, reads=True)
    return {"interaction": about, "resource": resource}


def _place(state: State, done: Interaction) -> Channel:
    if done.channel not in state.channels:
        raise unknown("Channel")
    return state.channels[done.channel]


def _post(state: State, done: Interaction, asked: Asked) -> Message:
    channel = _place(state, done)
    message = contents.compose(state, channel, asked, state.app.bot, ephemeral=True)
    message.about, message.to = _metadata(done), done.user if message.flags & EPHEMERAL else None
    contents.notify(state, channel, message, asked.json.get("allowed_mentions"))
    acts.post(state, channel, message)
    done.show("ephemeral" if message.to else "posted", message=message)
    return message


def _think(state: State, done: Interaction, *, ephemeral: bool) -> Message:
    channel, flags = _place(state, done), LOADING | (EPHEMERAL if ephemeral else 0)
    message = Message(state.ids.new(), channel.id, state.app.bot, flags=flags, about=_metadata(done))
    message.to = done.user if ephemeral else None
    return acts.post(state, channel, message)


def _metadata(done: Interaction) -> Json:
    more = {"original_response_message_id": done.original.id} if done.original else {}
    return {**done.about, **more}


def _choices(data: Json) -> list[Json]:
    rows: list[Json] = data.get("choices") or []
    if len(rows) > CHOICES:
        raise too_long("data.choices", CHOICES)
    for number, one in enumerate(rows):
        for name in ("name", "value"):
            if isinstance(one[name], str) and not 1 <= len(one[name]) <= CHOICE:
                raise bad_length(f"data.choices.{number}.{name}", 1, CHOICE)
    return rows


def _open(state: State, done: Interaction, data: Json) -> None:
    body = {**data, "components": components.numbered(data.get("components"))}
    rules_components.check_modal(body)
    modal = Modal(done.user, done.channel, body, done.message, done.about)
    state.interactions.modals[done.user] = modal
    done.show("modal", modal=modal)


def _original(done: Interaction) -> Message:
    if done.original is None or done.original.deleted:
        raise unknown("Message")
    return done.original


def _change(state: State, done: Interaction, message: Message, asked: Asked) -> Json:
    channel, thinking = _place(state, done), bool(message.flags & LOADING)
    after = contents.edited(state, channel, message, asked)
    after["flags"] &= ~LOADING
    if thinking:
        body = asked.json
        message.content, message.components = after.get("content", ""), after.get("components", [])
        contents.notify(state, channel, message, body.get("allowed_mentions"))
    acts.change(state, channel, message, after, edited=not thinking)
    done.show(("ephemeral" if message.to else "posted") if thinking else "updated", message=message)
    return showing.message(state, message, reads=True)


def _following(state: State, asked: Asked) -> Interaction:
    if asked["webhook_id"] != state.app.id:
        raise unknown("Webhook")
    return state.interactions.following(asked["webhook_token"])


def _named(state: State, asked: Asked) -> tuple[Interaction, Message]:
    done, id_ = _following(state, asked), asked["message_id"]
    if id_ == "@original":
        return done, _original(done)
    rows = [*state.ephemerals.get(done.user, []), *_place(state, done).messages]
    own = [one for one in rows if one.id == id_ and one.about and one.about["id"] == done.id]
    if not own:
        raise unknown("Message")
    return done, own[0]


@route(f"POST {HOOK}", token=False)
def _follow_up(state: State, asked: Asked) -> Json | None:
    done = _following(state, asked)
    if done.act is Act.SUGGEST:
        raise Failure(400, 50035, "Invalid Form Body")
    if done.original is not None and done.original.flags & LOADING:
        shown = _change(state, done, done.original, asked)
    else:
        shown = showing.message(state, _post(state, done, asked), reads=True)
    return shown if asked.query.get("wait", "").lower() in ("1", "true") else None


@route(f"GET {HOOK}/messages/@original", token=False)
@route(f"GET {HOOK}/messages/{{message_id}}", token=False)
def _get(state: State, asked: Asked) -> Json:
    asked.ids.setdefault("message_id", "@original")
    return showing.message(state, _named(state, asked)[1], reads=True)


@route(f"PATCH {HOOK}/messages/@original", token=False)
@route(f"PATCH {HOOK}/messages/{{message_id}}", token=False)
def _patch(state: State, asked: Asked) -> Json:
    asked.ids.setdefault("message_id", "@original")
    done, message = _named(state, asked)
    return _change(state, done, message, asked)


@route(f"DELETE {HOOK}/messages/@original", token=False)
@route(f"DELETE {HOOK}/messages/{{message_id}}", token=False)
def _delete(state: State, asked: Asked) -> None:
    asked.ids.setdefault("message_id", "@original")
    done, message = _named(state, asked)
    acts.delete(state, _place(state, done), message)
    done.show("deleted", message=message)

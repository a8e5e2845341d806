"""conversations.*: making, changing, entering and leaving."""

import unicodedata

from tests.stand_ins.slack import acts, showing
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json, invalid_arguments
from tests.stand_ins.slack.paging import page
from tests.stand_ins.slack.registry import acting, entered, every, method, need, of_kind, visible
from tests.stand_ins.slack.state import State
from tests.stand_ins.slack.workspace import GENERAL, SLACKBOT, Channel

LONGEST_NAME = 80
LONGEST_TOPIC = 250
MOST_PEOPLE = 9


def check_name(state: State, name: str) -> None:
    """Raise if no channel can be called this."""
    if not name:
        raise Failure("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise Failure("invalid_name_maxlength")
    if any(sign not in "-_" and (unicodedata.category(sign)[0] not in "LNM" or sign.isupper()) for sign in name):
        raise Failure("invalid_name_specials")
    if not name.strip("-_"):
        raise Failure("invalid_name_punctuation")
    if state.workspace.named(name) is not None:
        raise Failure("name_taken")


@method("conversations.create", "name", scopes=["groups:write", "channels:manage"])
def create(state: State, asked: Arguments) -> Json:
    """Make a channel with the bot as its only member."""
    private = asked.flag("is_private")
    need(state, "groups:write" if private else "channels:manage")
    check_name(state, asked.text("name"))
    channel = state.workspace.add_channel(asked.text("name"), "group" if private else "channel", state.app.bot_user)
    if not private:
        about = {"id": channel.id, "name": channel.name, "created": channel.created, "creator": channel.creator}
        state.events.tell({"type": "channel_created", "channel": about}, channel)
    acts.note(state, channel, state.app.bot_user, "join", f"<@{state.app.bot_user}> has joined the {channel.kind}")
    return {"channel": showing.channel(state, channel)}


@method("conversations.rename", "channel", "name", scopes=every("write"))
def rename(state: State, asked: Arguments) -> Json:
    """Give a channel another name."""
    channel = acting(state, asked.text("channel"), "write")
    if channel.direct:
        raise Failure("method_not_supported_for_channel_type")
    check_name(state, asked.text("name"))
    channel.name = asked.text("name")
    about = {"id": channel.id, "name": channel.name, "created": channel.created}
    state.events.tell({"type": f"{channel.kind}_rename", "channel": about}, channel)
    return {"channel": showing.channel(state, channel)}


@method(
    "conversations.invite",
    "channel",
    "users",
    scopes=[*every("write"), "channels:write.invites", "groups:write.invites"],
)
def invite(state: State, asked: Arguments) -> Json:
    """Take people in: all, or with `force` those who can be."""
    channel = acting(state, asked.text("channel"), "write.invites")
    if channel.direct:
        raise Failure("method_not_supported_for_channel_type")
    users = asked.words("users")
    if not users:
        raise Failure("no_user")
    wrong = [
        {"user": user, "ok": False, "error": code} for user in users if (code := _uninvitable(state, channel, user))
    ]
    if wrong and (not asked.flag("force") or len(wrong) == len(users)):
        raise Failure(str(wrong[0]["error"]), errors=wrong)
    for user in users:
        if user not in [row["user"] for row in wrong]:
            acts.join(state, channel, user, state.app.bot_user)
    return {"channel": showing.channel(state, channel)} | ({"errors": wrong} if wrong else {})


def _uninvitable(state: State, channel: Channel, user: str) -> str:
    if user == state.app.bot_user:
        return "cant_invite_self"
    if user not in state.workspace.users:
        return "user_not_found"
    if state.workspace.users[user].deleted:
        return "cant_invite"
    return "already_in_channel" if user in channel.members else ""


@method("conversations.kick", "channel", "user", scopes=["groups:write", "channels:manage"])
def kick(state: State, asked: Arguments) -> Json:
    """Put somebody out."""
    channel = acting(state, asked.text("channel"), "write")
    user = asked.text("user")
    if channel.direct:
        raise Failure("method_not_supported_for_channel_type")
    if user == state.app.bot_user:
        raise Failure("cant_kick_self")
    if channel.name == GENERAL:
        raise Failure("cant_kick_from_general")
    state.workspace.user(user)
    if user not in channel.members:
        raise Failure("not_in_channel")
    acts.leave(state, channel, user, state.app.bot_user)
    return {"errors": {}}


@method("conversations.join", "channel", scopes=["channels:join"])
def join(state: State, asked: Arguments) -> Json:
    """Enter a public channel."""
    channel = visible(state, asked.text("channel"))
    if channel.kind != "channel":
        raise Failure("method_not_supported_for_channel_type")
    if channel.archived:
        raise Failure("is_archived")
    already = state.app.bot_user in channel.members
    if not already:
        acts.join(state, channel, state.app.bot_user)
    warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": showing.channel(state, channel)} | (warned if already else {})


@method("conversations.leave", "channel", scopes=every("write"))
def leave(state: State, asked: Arguments) -> Json:
    """Go out of a channel."""
    channel = visible(state, asked.text("channel"))
    need(state, *of_kind(channel, "write"))
    if channel.direct:
        raise Failure("method_not_supported_for_channel_type")
    if channel.name == GENERAL:
        raise Failure("cant_leave_general")
    if state.app.bot_user not in channel.members:
        return {"not_in_channel": True}
    if channel.members == [state.app.bot_user] and channel.kind == "group":
        raise Failure("last_member")
    acts.leave(state, channel, state.app.bot_user)
    return {}


@method("conversations.archive", "channel", scopes=every("write"))
def archive(state: State, asked: Arguments) -> Json:
    """Close a channel."""
    channel = visible(state, asked.text("channel"))
    need(state, *of_kind(channel, "write"))
    if channel.direct:
        raise Failure("method_not_supported_for_channel_type")
    if channel.name == GENERAL:
        raise Failure("cant_archive_general")
    if channel.archived:
        raise Failure("already_archived")
    entered(state, channel.id)
    acts.archive(state, channel, state.app.bot_user)
    return {}


@method("conversations.setTopic", "channel", "topic", scopes=every("write", "write.topic"))
def set_topic(state: State, asked: Arguments) -> Json:
    """Say what a channel is about now."""
    return _describe(state, asked, "topic")


@method("conversations.setPurpose", "channel", "purpose", scopes=every("write", "write.topic"))
def set_purpose(state: State, asked: Arguments) -> Json:
    """Say what a channel is for."""
    return _describe(state, asked, "purpose")


def _describe(state: State, asked: Arguments, what: str) -> Json:
    channel = acting(state, asked.text("channel"), "write.topic")
    if channel.kind == "im":
        raise Failure("method_not_supported_for_channel_type")
    if len(asked.text(what)) > LONGEST_TOPIC:
        raise Failure("too_long")
    acts.describe(state, channel, state.app.bot_user, what, asked.text(what))
    return {what: asked.text(what), "channel": showing.channel(state, channel)}


@method("conversations.open", scopes=every("write"))
def open_(state: State, asked: Arguments) -> Json:
    """Open the direct conversation with one or more."""
    if asked.text("channel"):
        channel = visible(state, asked.text("channel"))
        if not channel.direct:
            raise Failure("method_not_supported_for_channel_type")
        return _opened(state, channel, asked, already=True)
    users = asked.words("users")
    if "users" not in asked:
        raise Failure("users_list_not_supplied")
    if not users:
        raise Failure("not_enough_users")
    if len(users) >= MOST_PEOPLE:
        raise Failure("too_many_users")
    need(state, "im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        _reachable(state, user)
    people = [state.app.bot_user, *users]
    already = state.workspace.conversation(people)
    if already is None and asked.flag("prevent_creation"):
        raise Failure("channel_not_found")
    return _opened(state, state.workspace.open_conversation(people), asked, already=already is not None)


def _reachable(state: State, user: str) -> None:
    one = state.workspace.user(user)
    if one.deleted:
        raise Failure("user_disabled")
    if one.is_bot or user == SLACKBOT:
        raise Failure("cannot_dm_bot")


def _opened(state: State, channel: Channel, asked: Arguments, *, already: bool) -> Json:
    shown = showing.channel(state, channel) if asked.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if already else {})


@method("conversations.info", "channel", scopes=every("read"), json=False)
def info(state: State, asked: Arguments) -> Json:
    """Return a conversation."""
    channel = visible(state, asked.text("channel"))
    need(state, *of_kind(channel, "read"))
    number, locale = asked.flag("include_num_members"), asked.flag("include_locale")
    return {"channel": showing.channel(state, channel, number=number, locale=locale)}


@method("conversations.members", "channel", scopes=every("read"), json=False)
def members(state: State, asked: Arguments) -> Json:
    """Return who is in a conversation."""
    if not asked.text("channel"):
        raise invalid_arguments("missing required field: channel")
    channel = visible(state, asked.text("channel"))
    need(state, *of_kind(channel, "read"))
    rows, after = page(channel.members, asked, 100)
    return {"members": list(rows), "response_metadata": {"next_cursor": after}}

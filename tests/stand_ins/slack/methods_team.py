"""auth.*, apps.*, team.*, users.* and bots.*."""

from tests.stand_ins.slack import showing
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.paging import page
from tests.stand_ins.slack.registry import every, method
from tests.stand_ins.slack.state import State


@method("auth.test")
def auth_test(state: State, asked: Arguments) -> Json:
    """Tell whose token it is."""
    team, app = state.workspace, state.app
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": state.workspace.users[app.bot_user].name,
        "team_id": team.team,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", app=True)
def apps_connections_open(state: State, asked: Arguments) -> Json:
    """Return an address for one connection."""
    if not state.app.socket_mode:
        raise Failure("socket_mode_not_enabled")  # not described, but what it answers
    address = state.address.replace("http://", "ws://")
    return {"url": f"{address}/link/?ticket={state.sockets.ticket()}&app_id={state.app.id}"}


@method("team.info", scopes=["team:read"])
def team_info(state: State, asked: Arguments) -> Json:
    """Return the team."""
    team = state.workspace
    if asked.text("team", team.team) != team.team:
        raise Failure("team_not_found")
    return {"team": {"id": team.team, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


@method("users.info", "user", scopes=["users:read"], json=False)
def users_info(state: State, asked: Arguments) -> Json:
    """Return a user."""
    one = state.workspace.user(asked.text("user"))
    return {"user": showing.user(state, one, locale=asked.flag("include_locale"))}


@method("users.list", scopes=["users:read"], json=False)
def users_list(state: State, asked: Arguments) -> Json:
    """Return everybody, the deactivated too."""
    users, after = page(list(state.workspace.users.values()), asked, 0)
    shown = [showing.user(state, one, locale=asked.flag("include_locale")) for one in users]
    return {"members": shown, "cache_ts": state.workspace.seconds(), "response_metadata": {"next_cursor": after}}


@method("users.lookupByEmail", "email", scopes=["users:read.email"], json=False)
def users_lookup(state: State, asked: Arguments) -> Json:
    """Return who has an address; the deactivated are not found."""
    wanted = asked.text("email").casefold()
    for one in state.workspace.users.values():
        if one.email.casefold() == wanted and not one.deleted:
            return {"user": showing.user(state, one)}
    raise Failure("users_not_found")


@method("users.conversations", scopes=every("read"), json=False)
def users_conversations(state: State, asked: Arguments) -> Json:
    """Return the conversations that somebody is in, of those that the bot can see; without a user the bot's own."""
    user = asked.text("user", state.app.bot_user)
    state.workspace.user(user)
    return conversations(state, asked, user)


@method("conversations.list", scopes=every("read"), json=False)
def conversations_list(state: State, asked: Arguments) -> Json:
    """Return the conversations that the bot can see."""
    return conversations(state, asked, "")


def conversations(state: State, asked: Arguments, user: str) -> Json:
    """Return a page of conversations."""
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    types = asked.words("types") or ["public_channel"]
    if set(types) - set(kinds):
        raise Failure("invalid_types")
    wanted = {kinds[one] for one in types}
    prefixes = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
    lacking = [f"{prefixes[kind]}:read" for kind in wanted if f"{prefixes[kind]}:read" not in state.app.scopes]
    if lacking:
        provided = ",".join(sorted(state.app.scopes))
        raise Failure("missing_scope", needed=",".join(sorted(lacking)), provided=provided)
    archived, bot = not asked.flag("exclude_archived"), state.app.bot_user
    seen = [
        one
        for one in state.workspace.channels.values()
        if one.kind in wanted
        and (archived or not one.archived)
        and (one.kind == "channel" or bot in one.members)
        and (not user or user in one.members)
    ]
    rows, after = page(seen, asked, 100)
    shown = [showing.channel(state, one, number=not user) for one in rows]
    return {"channels": shown, "response_metadata": {"next_cursor": after}}


@method("bots.info", scopes=["users:read"], json=False)
def bots_info(state: State, asked: Arguments) -> Json:
    """Return the bot."""
    if asked.text("bot", state.app.bot_id) != state.app.bot_id:
        raise Failure("bot_not_found")
    return {"bot": {**state.app.profile, "user_id": state.app.bot_user}}

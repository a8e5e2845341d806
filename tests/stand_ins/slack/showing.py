"""Users, conversations, messages, files and views as they stand in answers and payloads."""

from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.modals import View
from tests.stand_ins.slack.state import File, State
from tests.stand_ins.slack.workspace import GENERAL, Channel, Message, User


def user(state: State, one: User, *, locale: bool = False) -> Json:
    """Return a user as users.info shows them; the address only with its scope."""
    real, name = one.real_name or one.name.title(), one.display_name
    profile: Json = {
        "real_name": real,
        "real_name_normalized": real,
        "display_name": name,
        "team": state.workspace.team,
    }
    profile |= {"display_name_normalized": name, "title": "", "avatar_hash": "0"}
    if "users:read.email" in state.app.scopes and one.email:
        profile["email"] = one.email
    shown = {"id": one.id, "team_id": state.workspace.team, "name": one.name, "deleted": one.deleted}
    shown |= {"profile": profile, "is_bot": one.is_bot, "is_app_user": False, "updated": 0}
    if one.deleted:
        return shown
    shown |= {"real_name": real, "color": "9f69e7", "tz": one.zone, "tz_label": one.zone}
    shown |= {"tz_offset": _offset(state, one.zone), "is_admin": one.is_admin or one.is_owner}
    shown |= {"is_owner": one.is_owner, "is_primary_owner": False, "is_restricted": one.is_restricted}
    shown |= {"is_ultra_restricted": False, "is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE"}
    return shown | ({"locale": one.locale} if locale else {})


def _offset(state: State, zone: str) -> int:
    """Return a zone's offset in seconds; Slack knows zones that this machine doesn't."""
    try:
        offset = state.now().astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return 0
    return int((offset or timedelta()).total_seconds())


def channel(state: State, one: Channel, *, number: bool = False, locale: bool = False) -> Json:
    """Return a conversation as conversations.info shows it."""
    bot = state.app.bot_user
    shown = {"id": one.id, "created": one.created, "is_archived": one.archived, "is_im": one.kind == "im"}
    shown |= {"is_org_shared": False, "context_team_id": state.workspace.team, "updated": one.created * 1000}
    if one.kind == "im":
        other = next((member for member in one.members if member != bot), bot)
        return shown | {"user": other, "is_user_deleted": state.workspace.users[other].deleted, "priority": 0}
    member = bot in one.members
    shown |= {
        "name": one.name,
        "name_normalized": one.name,
        "is_channel": one.kind == "channel",
        "creator": one.creator,
    }
    shown |= {"is_group": one.kind == "group", "is_mpim": one.kind == "mpim", "is_private": one.kind != "channel"}
    shown |= {"is_general": one.name == GENERAL, "is_shared": False, "is_ext_shared": False, "is_member": member}
    shown |= {"topic": _words(one.topic, one), "purpose": _words(one.purpose, one), "previous_names": []}
    shown |= {"num_members": len(one.members)} if number else {}
    return shown | ({"locale": "en-US"} if locale else {})


def _words(text: str, one: Channel) -> Json:
    return {"value": text, "creator": one.creator if text else "", "last_set": one.created if text else 0}


def message(state: State, one: Message, *, metadata: bool = False, thread: bool = True) -> Json:
    """Return a message as histories show it."""
    shown = dict(one.body)
    if one.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in one.reactions.items()
        ]
    if metadata and one.metadata is not None:
        shown["metadata"] = one.metadata
    replies = state.workspace.channels[one.channel].replies(one.ts) if thread and one.to is None else []
    if replies:
        people = list(dict.fromkeys(reply.user for reply in replies))
        shown |= {"thread_ts": one.ts, "reply_count": len(replies), "reply_users": people}
        shown |= {"reply_users_count": len(people), "latest_reply": replies[-1].ts, "is_locked": False}
    return shown


def file(state: State, one: File) -> Json:
    """Return a file as files.info shows it."""
    team, kinds = state.workspace.team, {"channel": "channels", "group": "groups", "im": "ims", "mpim": "groups"}
    url = f"{state.address}/files-pri/{team}-{one.id}"
    shown: Json = {"id": one.id, "created": one.created, "timestamp": one.created, "name": one.name}
    shown |= {"title": one.title or one.name, "mimetype": one.type, "filetype": one.name.rpartition(".")[2]}
    shown |= {"user": one.user, "user_team": team, "size": one.length, "mode": "hosted", "is_external": False}
    shown |= {"url_private": f"{url}/{one.name}", "url_private_download": f"{url}/download/{one.name}"}
    shown |= {"permalink": f"{state.address}/files/{one.user}/{one.id}/{one.name}", "file_access": "visible"}
    shown |= {"is_public": False, "editable": False, "channels": [], "groups": [], "ims": []}
    if one.text:
        shown["alt_txt"] = one.text
    for id_ in one.shared:
        shown[kinds[state.workspace.channels[id_].kind]].append(id_)
    return shown


def view(state: State, one: View) -> Json:
    """Return a view as it stands in answers and payloads."""
    plain = {"private_metadata": "", "callback_id": "", "close": None, "submit": None, "external_id": ""}
    shown: Json = {**plain, "clear_on_close": False, "notify_on_close": False, **one.body}
    shown |= {"id": one.id, "team_id": state.workspace.team, "app_id": state.app.id, "bot_id": state.app.bot_id}
    shown |= {"hash": one.hash, "state": {"values": one.values}, "root_view_id": one.root}
    shown |= {"previous_view_id": one.previous, "app_installed_team_id": state.workspace.team}
    return shown


def who(state: State, id_: str) -> Json:
    """Return somebody as the one who did something with the app."""
    one = state.workspace.users[id_]
    return {"id": one.id, "username": one.name, "name": one.name, "team_id": state.workspace.team}


def where(state: State, id_: str) -> Json:
    """Return a conversation as the place where something was done with the app."""
    one = state.workspace.channels[id_]
    names = {"im": "directmessage", "group": "privategroup"}
    return {"id": one.id, "name": names.get(one.kind, one.name)}

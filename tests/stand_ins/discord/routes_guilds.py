"""The app itself, users, servers, members, roles."""

from tests.stand_ins.discord import acts, permissions, showing
from tests.stand_ins.discord.community import Guild, Member, Role
from tests.stand_ins.discord.errors import Failure, Json, missing_access, missing_permissions, too_long, unknown
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.registry import Asked, route
from tests.stand_ins.discord.state import State

NAME = 100


@route("GET /gateway", token=False)
def _gateway(state: State, asked: Asked) -> Json:
    return {"url": state.gateway.url()}


@route("GET /gateway/bot")
def _gateway_bot(state: State, asked: Asked) -> Json:
    limit = {"total": 1000, "remaining": 1000 - state.gateway.identified, "reset_after": 0, "max_concurrency": 1}
    return {"url": state.gateway.url(), "shards": 1, "session_start_limit": limit}


@route("GET /users/@me")
def _me(state: State, asked: Asked) -> Json:
    return showing.user(state.users[state.app.bot]) | {"mfa_enabled": False, "locale": "en-US", "verified": True}


@route("GET /users/@me/guilds")
def _my_guilds(state: State, asked: Asked) -> list[Json]:
    limit, after = asked.number("limit", 200, 1, 200), int(asked.query.get("after", "0"))
    mine = [one for one in state.guilds.values() if state.app.bot in one.members and int(one.id) > after]
    about: Json = {"icon": None, "banner": None, "owner": False, "features": []}
    may = {one.id: str(permissions.in_guild(one, state.app.bot)) for one in mine}
    return [{"id": one.id, "name": one.name, "permissions": may[one.id], **about} for one in mine[:limit]]


@route("DELETE /users/@me/guilds/{guild_id}")
def _leave(state: State, asked: Asked) -> None:
    acts.leave(state, state.known_guild(asked["guild_id"], lambda: unknown("Guild")), state.app.bot)


@route("POST /users/@me/channels")
def _direct(state: State, asked: Asked) -> Json:
    user = asked.text("recipient_id")
    if user not in state.users or user == state.app.bot:
        raise Failure(400, 50033, "Invalid Recipient(s)")
    return showing.channel(state, state.dm(user))


@route("GET /users/{user_id}")
def _user(state: State, asked: Asked) -> Json:
    if asked["user_id"] not in state.users:
        raise unknown("User")
    return showing.user(state.users[asked["user_id"]])


@route("GET /oauth2/applications/@me")
def _application(state: State, asked: Asked) -> Json:
    app = state.app
    about: Json = {"id": app.id, "name": app.name, "icon": None, "description": "", "type": None, "summary": ""}
    about |= {"bot": showing.user(state.users[app.bot]), "bot_public": True, "bot_require_code_grant": False}
    about |= {"verify_key": "0" * 64, "flags": app.flags, "hook": True, "redirect_uris": [], "team": None}
    owner = {"id": "1", "username": "developer", "discriminator": "0", "avatar": None, "global_name": None}
    about |= {"owner": owner, "interactions_endpoint_url": None, "role_connections_verification_url": None}
    return about | {"approximate_guild_count": len(state.guilds), "approximate_user_install_count": 0}


@route("GET /applications/@me")
def _application_too(state: State, asked: Asked) -> Json:
    return _application(state, asked)  # type: ignore[return-value]


@route("GET /guilds/{guild_id}")
def _guild(state: State, asked: Asked) -> Json:
    guild = state.known_guild(asked["guild_id"], lambda: unknown("Guild"))
    shown = showing.guild(state, guild)
    if asked.query.get("with_counts", "").lower() in ("1", "true"):
        shown |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return shown


@route("GET /guilds/{guild_id}/members")
def _members(state: State, asked: Asked) -> list[Json]:
    guild = state.known_guild(asked["guild_id"])
    if "members" not in state.app.privileged:
        raise missing_access()
    limit, after = asked.number("limit", 1, 1, 1000), int(asked.query.get("after", "0"))
    rows = sorted((one for one in guild.members.values() if int(one.user) > after), key=lambda one: int(one.user))
    return [showing.member(state, one) for one in rows[:limit]]


@route("GET /guilds/{guild_id}/members/search")
def _search(state: State, asked: Asked) -> list[Json]:
    guild, query = state.known_guild(asked["guild_id"]), asked.query.get("query", "").lower()

    def called(one: Member) -> bool:
        user = state.users[one.user]
        return any((name or "").lower().startswith(query) for name in (user.name, user.display, one.nick))

    rows = [one for one in guild.members.values() if called(one)]
    return [showing.member(state, one) for one in rows[: asked.number("limit", 1, 1, 1000)]]


@route("GET /guilds/{guild_id}/members/{user_id}")
def _member(state: State, asked: Asked) -> Json:
    return showing.member(state, the_member(state, state.known_guild(asked["guild_id"]), asked["user_id"]))


def the_member(state: State, guild: Guild, user: str) -> Member:
    """Return a member of a server."""
    if user not in guild.members:
        raise unknown("Member" if user in state.users else "User")
    return guild.members[user]


@route("PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def _give(state: State, asked: Asked) -> None:
    guild, member, role = _reachable(state, asked)
    if role.id not in member.roles:
        member.roles.append(role.id)
        state.events.member("GUILD_MEMBER_UPDATE", guild, member)


@route("DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def _take(state: State, asked: Asked) -> None:
    guild, member, role = _reachable(state, asked)
    if role.id in member.roles:
        member.roles.remove(role.id)
        state.events.member("GUILD_MEMBER_UPDATE", guild, member)


def _reachable(state: State, asked: Asked) -> tuple[Guild, Member, Role]:
    guild = state.known_guild(asked["guild_id"])
    member = the_member(state, guild, asked["user_id"])
    return guild, member, _below(state, guild, asked["role_id"])


def _below(state: State, guild: Guild, id_: str) -> Role:
    """Return a role that stands below the bot's own."""
    role = guild.roles.get(id_)
    if role is None:
        raise unknown("Role")
    state.need_in(guild, Can.MANAGE_ROLES)
    if role.managed or role.position >= guild.top(state.app.bot) or role.id == guild.id:
        raise missing_permissions()
    return role


@route("GET /guilds/{guild_id}/roles")
def _roles(state: State, asked: Asked) -> list[Json]:
    return [showing.role(one) for one in state.known_guild(asked["guild_id"]).roles.values()]


@route("POST /guilds/{guild_id}/roles")
def _new_role(state: State, asked: Asked) -> Json:
    guild, body = state.known_guild(asked["guild_id"]), asked.json
    state.need_in(guild, Can.MANAGE_ROLES)
    may = int(body.get("permissions", guild.everyone.permissions))
    if may & ~permissions.in_guild(guild, state.app.bot):
        raise missing_permissions()
    name = body.get("name", "new role")
    if len(name) > NAME:
        raise too_long("name", NAME)
    role = Role(state.ids.new(), name, may, hoist=body.get("hoist", False), mentionable=body.get("mentionable", False))
    guild.roles[role.id] = role
    for other in guild.roles.values():
        other.position += other.position > 0 and other is not role
    state.events.role("GUILD_ROLE_CREATE", guild, role)
    return showing.role(role)


@route("DELETE /guilds/{guild_id}/roles/{role_id}")
def _no_role(state: State, asked: Asked) -> None:
    guild = state.known_guild(asked["guild_id"])
    acts.remove_role(state, guild, _below(state, guild, asked["role_id"]))

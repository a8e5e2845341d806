"""The app's commands: reading them, writing them all at once."""

from tests.stand_ins.discord import components, rules_commands
from tests.stand_ins.discord.errors import Failure, Json
from tests.stand_ins.discord.registry import Asked, route
from tests.stand_ins.discord.state import State

COMMANDS = "/applications/{application_id}/commands"
IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
LOCALES = ("name_localizations", "description_localizations")


@route(f"GET {COMMANDS}")
@route(f"GET {IN_GUILD}")
def _get(state: State, asked: Asked) -> list[Json]:
    rows = state.app.commands.get(_where(state, asked), [])
    if asked.query.get("with_localizations", "").lower() in ("1", "true"):
        return rows
    return [{name: value for name, value in one.items() if name not in LOCALES} for one in rows]


@route(f"PUT {COMMANDS}")
@route(f"PUT {IN_GUILD}")
def _put(state: State, asked: Asked) -> list[Json]:
    where, body = _where(state, asked), asked.body
    rules_commands.check(body)
    before = {(one["name"], one["type"]): one for one in state.app.commands.get(where, [])}
    rows = [_kept(state, one, before.get((one["name"], one.get("type", 1))), where) for one in body]
    state.app.commands[where] = rows
    return rows


def _where(state: State, asked: Asked) -> str | None:
    if asked["application_id"] != state.app.id:
        raise Failure(403, 20012, "You are not authorized to perform this action on this application")
    guild = asked.ids.get("guild_id")
    return state.known_guild(guild).id if guild else None


def _kept(state: State, one: Json, before: Json | None, guild: str | None) -> Json:
    """Return a command as it is kept: with the id that it had before, and a version of its own."""
    about: Json = {"id": before["id"] if before else state.ids.new(), "application_id": state.app.id}
    about |= {"version": state.ids.new(), "type": one.get("type", 1), "name": one["name"], "nsfw": False}
    about |= {"description": one.get("description", ""), "name_localizations": one.get("name_localizations")}
    may = one.get("default_member_permissions")
    about |= {"default_member_permissions": None if may is None else str(may)}
    about |= {"description_localizations": one.get("description_localizations")}
    about |= {"integration_types": one.get("integration_types") or [0], "contexts": one.get("contexts")}
    about |= {"dm_permission": one.get("dm_permission", True)} if guild is None else {"guild_id": guild}
    return about | ({"options": components.plain(one["options"])} if one.get("options") else {})

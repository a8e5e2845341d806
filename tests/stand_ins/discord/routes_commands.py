"""The app's commands: reading them, writing them all at once."""

from tests.stand_ins.discord import components, rules_commands
from tests.stand_ins.discord.errors import Failure, Json, unknown
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


@route(f"POST {COMMANDS}")
@route(f"POST {IN_GUILD}")
def _post(state: State, asked: Asked) -> Json:
    """Add one; one of the same name and type is put in its place."""
    where, body = _where(state, asked), asked.json
    rows = state.app.commands.get(where, [])
    same = [one for one in rows if (one["name"], one["type"]) == (body.get("name"), body.get("type", 1))]
    return _with(state, where, body, same[0] if same else None)


@route(f"PATCH {COMMANDS}/{{command_id}}")
@route(f"PATCH {IN_GUILD}/{{command_id}}")
def _patch(state: State, asked: Asked) -> Json:
    where, before = _where(state, asked), _known(state, asked)
    return _with(state, where, {**before, **asked.json, "type": before["type"]}, before)


@route(f"DELETE {COMMANDS}/{{command_id}}")
@route(f"DELETE {IN_GUILD}/{{command_id}}")
def _delete(state: State, asked: Asked) -> None:
    state.app.commands[_where(state, asked)].remove(_known(state, asked))


def _known(state: State, asked: Asked) -> Json:
    for one in state.app.commands.get(_where(state, asked), []):
        if one["id"] == asked["command_id"]:
            return one
    raise unknown("application command")


def _with(state: State, where: str | None, body: Json, before: Json | None) -> Json:
    others = [one for one in state.app.commands.get(where, []) if one is not before]
    rules_commands.check([*others, body])
    kept = _kept(state, body, before, where)
    state.app.commands[where] = [*others, kept]
    return kept


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

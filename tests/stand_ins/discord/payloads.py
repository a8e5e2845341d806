"""How the app is told what a person did with it."""

from typing import TYPE_CHECKING

from tests.stand_ins.discord import permissions, showing
from tests.stand_ins.discord.community import Channel
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.interactions import Act, Interaction

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

FILES = 10 * 1024 * 1024
USER, CHANNEL, ROLE, MENTIONABLE, FILE = 6, 7, 8, 9, 11


def payload(state: "State", done: Interaction, data: Json) -> Json:
    """Return what INTERACTION_CREATE tells."""
    place, user = state.channels[done.channel], state.users[done.user]
    owner = done.guild or "0"
    told: Json = {"id": done.id, "application_id": state.app.id, "type": int(done.act), "data": data, "version": 1}
    told |= {"token": done.token, "channel_id": place.id, "channel": channel(state, place, done.user)}
    told |= {"locale": user.locale, "entitlements": [], "authorizing_integration_owners": {"0": owner}}
    told |= {"app_permissions": str(int(state.may(place, state.app.bot))), "attachment_size_limit": FILES}
    told |= {"context": 0 if done.guild else 1}
    if done.guild is not None:
        guild = state.guilds[done.guild]
        told |= {"guild": {"id": guild.id, "locale": guild.locale, "features": []}, "guild_id": guild.id}
        shown = showing.member(state, guild.members[done.user]) | {"permissions": str(int(state.may(place, user.id)))}
        told |= {"guild_locale": guild.locale, "member": shown}
    else:
        told |= {"user": showing.user(user)}
    message = done.message or (done.modal.message if done.modal else None)
    return told | ({"message": showing.message(state, message, reads=True)} if message else {})


def channel(state: "State", place: Channel, user: str) -> Json:
    """Return a channel as interactions tell of it: with what the person may do in it."""
    shown = showing.channel(state, place)
    shown.pop("permission_overwrites", None)
    return shown | ({"permissions": str(int(state.may(place, user)))} if place.guild else {})


def about(state: "State", done: Interaction, **more: object) -> Json:
    """Return what messages tell of the interaction that they answer."""
    told: Json = {"id": done.id, "type": 3 if done.act is Act.COMPONENT else 5 if done.act is Act.SUBMIT else 2}
    told |= {"user": showing.user(state.users[done.user])}
    told |= {"authorizing_integration_owners": {"0": done.guild or "0"}}
    if done.act is Act.COMPONENT and done.message is not None:
        told |= {"interacted_message_id": done.message.id}
    return told | more


def resolved(state: "State", guild: str | None, found: list[tuple[int, str]]) -> Json:
    """Return what stands behind ids, by kind: users, members, channels, roles, files."""
    told: Json = {}
    for kind, id_ in found:
        match kind:
            case 6:
                _add(told, "users", id_, showing.user(state.users[id_]))
                member = state.guilds[guild].members.get(id_) if guild else None
                if guild is not None and member is not None:
                    may = str(int(permissions.in_guild(state.guilds[guild], id_)))
                    _add(told, "members", id_, showing.member(state, member, who=False) | {"permissions": may})
            case 7:
                _add(told, "channels", id_, channel(state, state.channels[id_], state.app.bot))
            case 8 if guild is not None:
                _add(told, "roles", id_, showing.role(state.guilds[guild].roles[id_]))
            case 11:
                file = state.interactions.uploads[id_]
                url = f"{state.address}/attachments/0/{id_}/{file.name}"
                row = {"id": id_, "filename": file.name, "size": len(file.content), "url": url, "proxy_url": url}
                _add(told, "attachments", id_, row | {"content_type": file.type, "ephemeral": True})
            case _:
                pass
    return told


def _add(told: Json, name: str, id_: str, shown: Json) -> None:
    told.setdefault(name, {})[id_] = shown

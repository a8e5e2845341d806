"""Users, members, servers, channels, messages as they stand in answers and events."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from tests.stand_ins.discord.community import Channel, Guild, Kind, Member, Message, Overwrite, Role, User, time_of
from tests.stand_ins.discord.components import walk
from tests.stand_ins.discord.errors import Json

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

NO_ICONS = {"icon": None, "banner": None, "splash": None, "discovery_splash": None, "description": None}
PLACES = ("afk_channel_id", "system_channel_id", "rules_channel_id", "public_updates_channel_id", "widget_channel_id")


def when(instant: datetime | None) -> str | None:
    """Return an instant as Discord writes it."""
    return instant.isoformat(timespec="microseconds") if instant else None


def user(one: User) -> Json:
    """Return a user."""
    shown: Json = {"id": one.id, "username": one.name, "discriminator": "0", "global_name": one.display or None}
    shown |= {"avatar": None, "public_flags": 0, "flags": 0, "banner": None, "accent_color": None}
    return shown | ({"bot": True, "discriminator": "0001"} if one.bot else {})


def member(state: "State", one: Member, *, who: bool = True) -> Json:
    """Return a member, with the user in it or without."""
    shown: Json = {"nick": one.nick, "roles": list(one.roles), "joined_at": when(one.joined), "flags": 0}
    shown |= {"avatar": None, "banner": None, "pending": False, "deaf": False, "mute": False}
    shown |= {"premium_since": None, "communication_disabled_until": None}
    return shown | ({"user": user(state.users[one.user])} if who else {})


def author(state: "State", message: Message, guild: str) -> Json:
    """Return what events tell of a message's author as a member."""
    one = state.guilds[guild].members.get(message.author)
    return {"member": member(state, one, who=False)} if one else {}


def role(one: Role) -> Json:
    """Return a role."""
    shown: Json = {"id": one.id, "name": one.name, "permissions": str(int(one.permissions)), "position": one.position}
    shown |= {"color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}
    shown |= {"hoist": one.hoist, "managed": bool(one.managed), "mentionable": one.mentionable, "flags": 0}
    return shown | {"icon": None, "unicode_emoji": None} | ({"tags": {"bot_id": one.managed}} if one.managed else {})


def overwrite(one: Overwrite) -> Json:
    """Return an overwrite."""
    return {"id": one.id, "type": one.kind, "allow": str(one.allow), "deny": str(one.deny)}


def channel(state: "State", one: Channel) -> Json:
    """Return a channel, a thread, a direct conversation."""
    last = one.messages[-1].id if one.messages else None
    shown: Json = {"id": one.id, "type": int(one.kind), "last_message_id": last, "flags": 0}
    if one.kind is Kind.DIRECT:
        return shown | {"recipients": [user(state.users[id_]) for id_ in one.recipients]}
    shown |= {"guild_id": one.guild, "name": one.name, "parent_id": one.parent, "rate_limit_per_user": one.slowmode}
    if one.thread:
        return shown | _thread(state, one)
    shown |= {"topic": one.topic, "position": one.position, "nsfw": False}
    return shown | {"permission_overwrites": [overwrite(each) for each in one.overwrites.values()]}


def _thread(state: "State", one: Channel) -> Json:
    about: Json = {"archived": one.archived, "locked": one.locked, "auto_archive_duration": one.archive_after}
    about |= {"archive_timestamp": when(one.archive_changed), "create_timestamp": when(time_of(one.id))}
    about |= {"invitable": one.invitable} if one.kind is Kind.PRIVATE_THREAD else {}
    shown: Json = {"owner_id": one.owner, "message_count": len(one.messages), "thread_metadata": about}
    shown |= {"total_message_sent": len(one.messages), "member_count": min(50, len(one.members))}
    bot = state.app.bot
    return shown | ({"member": thread_member(one, bot)} if bot in one.members else {})


def thread_member(thread: Channel, id_: str) -> Json:
    """Return somebody in a thread."""
    return {"id": thread.id, "user_id": id_, "join_timestamp": when(thread.members.get(id_)), "flags": 1}


def guild(state: "State", one: Guild) -> Json:
    """Return a server as GET /guilds/{guild_id} shows it."""
    shown: Json = {"id": one.id, "name": one.name, "owner_id": one.owner, "preferred_locale": one.locale, **NO_ICONS}
    shown |= {"roles": [role(each) for each in one.roles.values()], "emojis": [], "stickers": [], "features": []}
    shown |= {"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0}
    shown |= {"mfa_level": 0, "nsfw_level": 0, "nsfw": False, "premium_tier": 0, "premium_subscription_count": 0}
    shown |= {"afk_timeout": 300, "system_channel_flags": 0, "widget_enabled": False, "vanity_url_code": None}
    shown |= {"max_members": 500_000, "max_presences": None, "max_video_channel_users": 25, "region": "deprecated"}
    shown |= {"premium_progress_bar_enabled": False, "application_id": None, "safety_alerts_channel_id": None}
    return shown | dict.fromkeys(PLACES)


def whole_guild(state: "State", one: Guild) -> Json:
    """Return a server as GUILD_CREATE tells of it: of its members the bot only, all channels, threads that it sees."""
    bot = state.app.bot
    own = one.members[bot]
    threads = [each for each in state.channels_of(one, threads=True) if not each.archived and state.sees(each, bot)]
    shown = guild(state, one) | {"joined_at": when(own.joined), "large": len(one.members) > 250, "unavailable": False}
    shown |= {"member_count": len(one.members), "members": [member(state, own)], "presences": [], "voice_states": []}
    shown |= {"channels": [channel(state, each) for each in state.channels_of(one)]}
    shown |= {"threads": [channel(state, each) for each in threads], "stage_instances": []}
    return shown | {"guild_scheduled_events": [], "soundboard_sounds": []}


def readable(state: "State", one: Message) -> bool:
    """Tell whether the bot may read a message without the intent for content: its own, direct ones, mentions of it."""
    bot = state.app.bot
    return one.author == bot or bot in one.mentions or state.channels[one.channel].kind is Kind.DIRECT


def message(state: "State", one: Message, *, reads: bool, within: bool = True) -> Json:
    """Return a message; `reads` if what it says is for the bot in any case, `within` with the one it replies to."""
    reads = reads or readable(state, one)
    shown: Json = {"id": one.id, "channel_id": one.channel, "author": user(state.users[one.author]), "type": one.kind}
    shown |= {"content": one.content if reads else "", "embeds": one.embeds if reads else []}
    shown |= {"components": components(state, one) if reads else [], "timestamp": when(one.at), "tts": False}
    shown |= {"attachments": attachments(state, one) if reads else [], "edited_timestamp": when(one.edited)}
    shown |= {"mention_everyone": one.everyone, "mention_roles": list(one.roles), "pinned": False, "flags": one.flags}
    shown |= {"mentions": [user(state.users[id_]) for id_ in one.mentions]}
    shown |= {"nonce": one.nonce} if one.nonce is not None else {}
    if one.about is not None:
        shown |= {"interaction_metadata": one.about, "application_id": state.app.id, "webhook_id": state.app.id}
    if one.reactions:
        shown["reactions"] = [_reaction(state, emoji, people) for emoji, people in one.reactions.items()]
    if one.reply_to is not None:
        shown |= _reply(state, one, reads=reads, within=within)
    return shown


def _reply(state: "State", one: Message, *, reads: bool, within: bool) -> Json:
    place = state.channels[one.channel]
    about: Json = {"type": 0, "message_id": one.reply_to, "channel_id": place.id}
    above = place.message(one.reply_to or "")
    shown: Json = {"message_reference": about | ({"guild_id": place.guild} if place.guild else {})}
    if within:
        shown["referenced_message"] = message(state, above, reads=reads, within=False) if above else None
    return shown


def _reaction(state: "State", emoji: str, people: list[str]) -> Json:
    counts = {"burst": 0, "normal": len(people)}
    shown: Json = {"emoji": emoji_of(emoji), "count": len(people), "count_details": counts, "burst_colors": []}
    return shown | {"me": state.app.bot in people, "me_burst": False, "burst_me": False, "burst_count": 0}


def emoji_of(emoji: str) -> Json:
    """Return an emoji: a character, or a server's own as `name:id`."""
    name, _, id_ = emoji.partition(":")
    return {"id": id_ or None, "name": name}


def attachments(state: "State", one: Message) -> list[Json]:
    """Return a message's files."""
    shown: list[Json] = []
    for file in one.files:
        url = f"{state.address}/attachments/{one.channel}/{file.id}/{file.name}"
        about: Json = {"id": file.id, "filename": file.name, "size": len(file.content), "url": url, "proxy_url": url}
        about |= {"content_type": file.type} | ({"description": file.description} if file.description else {})
        shown.append(about | ({"ephemeral": True} if one.to else {}))
    return shown


def components(state: "State", one: Message) -> list[Json]:
    """Return a message's components, in which its files have the addresses where they lie."""
    told: list[Json] = json.loads(json.dumps(one.components))
    urls = {f"attachment://{file['filename']}": file for file in attachments(state, one)}
    for each in walk(told):
        items = [each, *each.get("items", ())]
        for media in [item[name] for item in items for name in ("media", "file") if item.get(name)]:
            file = urls.get(media["url"])
            if file is not None:
                media |= {"url": file["url"], "proxy_url": file["url"], "attachment_id": file["id"]}
    return told

"""Members asked for over the gateway, which come in pieces."""

from typing import TYPE_CHECKING

from tests.stand_ins.discord import showing
from tests.stand_ins.discord.app import MEMBERS
from tests.stand_ins.discord.community import Guild, Member
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.sessions import Session

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

CHUNK, NAMED = 1000, 100


def tell(state: "State", session: Session, asked: Json) -> None:
    """Tell of the members that were asked for, by id or by the beginning of their name; all only with the intent."""
    guild = state.guilds.get(str(asked.get("guild_id")))
    if guild is None or state.app.bot not in guild.members:
        return
    ids = asked.get("user_ids")
    if ids is None and not asked.get("query") and not session.intents & MEMBERS:
        state.complaints.append("all members were asked for without the intent for members")
        return
    wanted = [str(one) for one in (ids if isinstance(ids, list) else [ids])] if ids is not None else None
    people = _found(state, guild, asked, wanted)
    lost = [one for one in wanted or () if one not in guild.members]
    parts = [people[start : start + CHUNK] for start in range(0, len(people), CHUNK)] or [[]]
    for index, part in enumerate(parts):
        chunk: Json = {"guild_id": guild.id, "members": [showing.member(state, one) for one in part]}
        chunk |= {"chunk_index": index, "chunk_count": len(parts), "nonce": asked.get("nonce"), "not_found": lost}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)


def _found(state: "State", guild: Guild, asked: Json, wanted: list[str] | None) -> list[Member]:
    if wanted is not None:
        return [guild.members[one] for one in wanted[:NAMED] if one in guild.members]
    query, limit = asked.get("query", "").lower(), asked.get("limit") or None
    people = [one for one in guild.members.values() if state.users[one.user].name.lower().startswith(query)]
    return people[: min(limit or NAMED, NAMED)] if query else people[:limit]

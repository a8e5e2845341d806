"""Which session hears of what: intents, shards, what the bot may see, and what it may read."""

from typing import TYPE_CHECKING

from tests.stand_ins.discord import showing
from tests.stand_ins.discord.app import CONTENT, MEMBERS
from tests.stand_ins.discord.community import Channel, Guild, Member, Message, Role
from tests.stand_ins.discord.errors import Json

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

GUILDS, MODERATION = 1 << 0, 1 << 2
MESSAGES, REACTIONS, DIRECT_MESSAGES, DIRECT_REACTIONS = 1 << 9, 1 << 10, 1 << 12, 1 << 13
EVERY_INTENT = (1 << 26) - 1


class Events:
    """Turns what happens into dispatches."""

    def __init__(self, state: "State") -> None:
        """Tell of this state."""
        self._state = state

    def tell(self, event: str, data: Json, *, guild: str | None = None, intent: int = 0) -> None:
        """Tell every session that has the intent (0: needs none) and the server in its shard."""
        if event != "GUILD_DELETE" and not self._there(guild):
            return
        for session in self._state.gateway.hearing(guild, intent):
            session.dispatch(event, data)

    def _there(self, guild: str | None) -> bool:
        """Tell whether a server is available, with the bot in it."""
        one = self._state.guilds[guild] if guild else None
        return one is None or (self._state.app.bot in one.members and not one.unavailable)

    def in_channel(self, event: str, data: Json, channel: Channel, guild: int, direct: int) -> None:
        """Tell of something in a channel, if the bot sees it; the intents are for servers and for direct messages."""
        if self._state.sees(channel, self._state.app.bot):
            about = {"guild_id": channel.guild} if channel.guild else {}
            self.tell(event, {**data, **about}, guild=channel.guild, intent=guild if channel.guild else direct)

    def message(self, event: str, message: Message, channel: Channel) -> None:
        """Tell of a message, without its content where that isn't for the bot."""
        state = self._state
        private = message.to is not None
        if not private and not (state.sees(channel, state.app.bot) and self._there(channel.guild)):
            return
        guild = None if private else channel.guild
        for session in state.gateway.hearing(guild, MESSAGES if guild else DIRECT_MESSAGES):
            data = showing.message(state, message, reads=bool(session.intents & CONTENT))
            data.pop("reactions", None)
            if guild:
                data["guild_id"] = guild
                data |= showing.author(state, message, guild)
            session.dispatch(event, data)

    def channel(self, event: str, channel: Channel, *, seen: bool = False) -> None:
        """Tell of a channel, if the bot sees it or has `seen` it before."""
        if seen or self._state.sees(channel, self._state.app.bot):
            self.tell(event, showing.channel(self._state, channel), guild=channel.guild, intent=GUILDS)

    def thread(self, event: str, thread: Channel, **more: object) -> None:
        """Tell of a thread, if the bot sees it."""
        if self._state.sees(thread, self._state.app.bot):
            self.tell(event, {**showing.channel(self._state, thread), **more}, guild=thread.guild, intent=GUILDS)

    def thread_members(self, thread: Channel, added: list[str], removed: list[str]) -> None:
        """Tell who came into a thread or went out; without the members' intent only of the bot itself."""
        bot = self._state.app.bot
        for session in self._state.gateway.hearing(thread.guild, GUILDS):
            every = bool(session.intents & MEMBERS)
            come = [one for one in added if every or one == bot]
            gone = [one for one in removed if every or one == bot]
            if not come and not gone:
                continue
            data: Json = {"id": thread.id, "guild_id": thread.guild, "member_count": min(50, len(thread.members))}
            data |= {"added_members": [showing.thread_member(thread, one) for one in come]} if come else {}
            data |= {"removed_member_ids": gone} if gone else {}
            session.dispatch("THREAD_MEMBERS_UPDATE", data)

    def member(self, event: str, guild: Guild, member: Member) -> None:
        """Tell of a member; of changes of the bot's own without any intent."""
        data = {**showing.member(self._state, member), "guild_id": guild.id}
        own = event == "GUILD_MEMBER_UPDATE" and member.user == self._state.app.bot
        self.tell(event, data, guild=guild.id, intent=0 if own else MEMBERS)

    def gone(self, guild: Guild, user: str) -> None:
        """Tell that somebody is no longer a member, the bot that it is out of the server."""
        if user == self._state.app.bot:
            self.tell("GUILD_DELETE", {"id": guild.id}, guild=guild.id, intent=GUILDS)
            return
        about = {"guild_id": guild.id, "user": showing.user(self._state.users[user])}
        self.tell("GUILD_MEMBER_REMOVE", about, guild=guild.id, intent=MEMBERS)

    def role(self, event: str, guild: Guild, role: Role) -> None:
        """Tell of a role."""
        about = {"guild_id": guild.id, "role": showing.role(role)}
        self.tell(event, about, guild=guild.id, intent=GUILDS)

    def no_role(self, guild: Guild, role: Role) -> None:
        """Tell that a role was deleted."""
        self.tell("GUILD_ROLE_DELETE", {"guild_id": guild.id, "role_id": role.id}, guild=guild.id, intent=GUILDS)

    def guild(self, event: str, guild: Guild) -> None:
        """Tell of a server as a whole."""
        self.tell(event, showing.whole_guild(self._state, guild), guild=guild.id, intent=GUILDS)

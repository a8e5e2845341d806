"""What administrators do, and how a test sets things up: servers, people, roles, channels."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from tests.stand_ins.discord import acts, permissions
from tests.stand_ins.discord.community import Channel, Guild, Kind, Member, Overwrite, Role, User
from tests.stand_ins.discord.people import Person
from tests.stand_ins.discord.permissions import EVERYBODY, INVITED, Can
from tests.stand_ins.discord.state import State


class Administration(State):
    """Servers and users, as those see them who may do everything. What they do is told to the app."""

    def __init__(self, now: Callable[[], datetime], *, name: str, privileged: Iterable[str], patience: float) -> None:
        """Begin without servers."""
        super().__init__(now, name=name, privileged=privileged)
        self.patience = patience
        self.people: dict[str, Person] = {}

    def guild(
        self, name: str, *, permissions: int = INVITED, everybody: int = EVERYBODY, bot: bool = True, id_: str = ""
    ) -> Guild:
        """Return the server of a name; the first time it is made, with its owner and the bot, and a channel general."""
        known = next((one for one in self.guilds.values() if one.name == name), None)
        if known is not None:
            return known
        id_, owner = id_ or self.ids.elder(2), User(self.ids.elder(), f"owner-of-{name.lower()}")
        self.users[owner.id] = owner
        guild = Guild(id_, name, owner.id, roles={id_: Role(id_, "@everyone", int(everybody), 0)})
        guild.members[owner.id] = Member(owner.id, self.now())
        self.guilds[id_] = guild
        self.text_channel(guild, "general")
        if bot:
            self.invite(guild, permissions)
        return guild

    def invite(self, guild: Guild, permissions: int = INVITED) -> None:
        """Take the bot into a server, as its invitation asks for."""
        role = Role(self.ids.new(), self.app.name, int(permissions), len(guild.roles), managed=self.app.bot)
        guild.roles[role.id] = role
        acts.join(self, guild, self.app.bot, roles=[role.id])

    def role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        """Return a server's role; the first time it is made, below the bot's."""
        known = next((one for one in guild.roles.values() if one.name == name), None)
        if known is None:
            known = Role(self.ids.new(), name, int(permissions))
            guild.roles[known.id] = known
            for other in guild.roles.values():
                other.position += other.position > 0 and other is not known
        return known

    def person(self, name: str, *guilds: Guild, roles: Iterable[Role] = (), **about: Any) -> Person:  # noqa: ANN401
        """Return somebody by handle or id; who isn't there yet is made, `about` as in `User`, and joins the servers."""
        known = next((user for user in self.users.values() if name in (user.id, user.name)), None)
        if known is None:
            known = User(about.pop("id", None) or self.ids.elder(), name, **about)
            self.users[known.id] = known
        for guild in guilds:
            if known.id not in guild.members:
                acts.join(self, guild, known.id)
            guild.members[known.id].roles += [role.id for role in roles if role.id in guild.roles]
        return self.people.setdefault(known.id, Person(self, known.id))

    def text_channel(
        self,
        guild: Guild,
        name: str,
        *people: Person,
        private: bool = False,
        bot: bool = True,
        parent: str | None = None,
    ) -> Channel:
        """Return a new channel, made by an administrator; `private`, only these people see it (and the bot)."""
        channel = Channel(self.ids.new(), Kind.TEXT, guild.id, name, parent)
        if private:
            channel.overwrites[guild.id] = Overwrite(guild.id, 0, deny=int(Can.VIEW_CHANNEL))
            for id_ in [*(person.id for person in people), *([self.app.bot] if bot else [])]:
                channel.overwrites[id_] = Overwrite(id_, 1, allow=int(Can.VIEW_CHANNEL))
        self.channels[channel.id] = channel
        self.events.channel("CHANNEL_CREATE", channel)
        return channel

    def category(self, guild: Guild, name: str) -> Channel:
        """Return a new category, made by an administrator."""
        channel = Channel(self.ids.new(), Kind.CATEGORY, guild.id, name)
        self.channels[channel.id] = channel
        self.events.channel("CHANNEL_CREATE", channel)
        return channel

    def kick(self, guild: Guild, user: str, *, banned: bool = False) -> None:
        """Put somebody out of a server, the bot for example, as an administrator does; or ban them."""
        acts.leave(self, guild, user, banned=banned)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel, as an administrator does."""
        acts.remove(self, channel)

    def permissions(self, guild: Guild, user: str) -> int:
        """Return what somebody may do in a server as a whole."""
        return permissions.in_guild(guild, user)

    def outage(self, guild: Guild, *, over: bool = False) -> None:
        """Let a server be unavailable for a while, or again available."""
        if over:
            guild.unavailable = False
            self.events.guild("GUILD_CREATE", guild)
        else:
            self.events.tell("GUILD_DELETE", {"id": guild.id, "unavailable": True}, guild=guild.id, intent=1)
            guild.unavailable = True

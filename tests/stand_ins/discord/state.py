"""All that the stand-in knows, in one place."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from tests.stand_ins.changes import Changes
from tests.stand_ins.discord import permissions
from tests.stand_ins.discord.app import App
from tests.stand_ins.discord.community import Channel, Guild, Kind, Message, Snowflakes, User
from tests.stand_ins.discord.errors import Failure, missing_access, missing_permissions, unknown
from tests.stand_ins.discord.events import Events
from tests.stand_ins.discord.faults import Faults
from tests.stand_ins.discord.gateway import Gateway
from tests.stand_ins.discord.interactions import Interactions
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.recording import Request


class State:
    """Servers and users with one app."""

    def __init__(self, now: Callable[[], datetime], *, name: str, privileged: Iterable[str]) -> None:
        """Make the app; nobody else is there yet."""
        self.address = ""
        self.now = now
        self.changes = Changes()
        self.ids = Snowflakes(now)
        bot = self.ids.elder()
        self.app = App(bot, name, f"token-of-{bot}", set(privileged))
        self.users = {bot: User(bot, name, bot=True)}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: dict[str, list[Message]] = {}
        self.faults = Faults()
        self.requests: list[Request] = []
        self.complaints: list[str] = []  # what the app did that Discord would answer in no documented way
        self.gateway = Gateway(self)
        self.events = Events(self)
        self.interactions = Interactions(now, self.ids)

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the server of a channel."""
        return self.guilds[channel.guild] if channel.guild else None

    def channels_of(self, guild: Guild, *, threads: bool = False) -> list[Channel]:
        """Return the channels of a server, or its threads."""
        return [one for one in self.channels.values() if one.guild == guild.id and one.thread == threads]

    def dm(self, user: str) -> Channel:
        """Return the conversation of a user with the bot; the first time it is made."""
        direct = (one for one in self.channels.values() if one.kind is Kind.DIRECT and user in one.recipients)
        found = next(direct, None)
        if found is None:
            found = Channel(self.ids.new(), Kind.DIRECT, recipients=[user])
            self.channels[found.id] = found
        return found

    def may(self, channel: Channel, user: str) -> int:
        """Return what somebody may do in a channel, a thread, a conversation."""
        guild = self.guild_of(channel)
        if guild is None:
            return int(permissions.DIRECT) if user in (*channel.recipients, self.app.bot) else 0
        if not channel.thread:
            return permissions.in_channel(guild, channel, user)
        may = permissions.in_channel(guild, self.channels[channel.parent or ""], user)
        hidden = channel.kind is Kind.PRIVATE_THREAD and user not in channel.members and not may & Can.MANAGE_THREADS
        return 0 if hidden else may

    def sees(self, channel: Channel, user: str) -> bool:
        """Tell whether somebody sees a channel."""
        return bool(self.may(channel, user) & Can.VIEW_CHANNEL)

    def known_channel(self, id_: str) -> Channel:
        """Return a channel that the bot sees."""
        found = self.channels.get(id_)
        if found is None:
            raise unknown("Channel")
        if not self.sees(found, self.app.bot):
            raise missing_access()
        return found

    def known_guild(self, id_: str, otherwise: Callable[[], Failure] = missing_access) -> Guild:
        """Return a server that the bot is in."""
        found = self.guilds.get(id_)
        if found is None or self.app.bot not in found.members or found.unavailable:
            raise otherwise()
        return found

    def need(self, channel: Channel, *wanted: Can) -> None:
        """Raise unless the bot has permissions in a channel."""
        may = self.may(channel, self.app.bot)
        if any(not may & one for one in wanted):
            raise missing_permissions()

    def need_in(self, guild: Guild, *wanted: Can) -> None:
        """Raise unless the bot has permissions in a server."""
        may = permissions.in_guild(guild, self.app.bot)
        if any(not may & one for one in wanted):
            raise missing_permissions()

    def tidy(self) -> None:
        """Let threads archive themselves that nobody wrote in for as long as they say."""
        for channel in self.channels.values():
            if not channel.thread or channel.archived or channel.active is None:
                continue
            ends = channel.active + timedelta(minutes=channel.archive_after)
            if ends <= self.now():
                channel.archived, channel.archive_changed = True, ends
                self.events.thread("THREAD_UPDATE", channel)

"""What Discord's client knows: who is there and where, and how messages are shown."""

import re

from adapters.discord.render import read_custom_id
from tests.adapters.discord.markdown import shown
from tests.drivers.discord_seen import buttons, seen_in
from tests.drivers.driver import Seen
from tests.stand_ins.discord import Channel, Discord, Guild, Kind, Message, Person

_PERSON = re.compile(r"(?<!<)@(\d{15,20})\b")


class Client:
    """Discord's client, for the people of one server of a stand-in."""

    def __init__(self, discord: Discord, guild: Guild) -> None:
        """Show what is there."""
        self.discord = discord
        self.guild = guild

    def person(self, user: str) -> Person:
        """Return somebody by id or handle; who isn't there yet comes into the server."""
        known = any(user in (one.id, one.name) for one in self.discord.users.values())
        return self.discord.person(user) if known else self.discord.person(user, self.guild, id=user)

    def channel(self, space: str) -> str:
        """Return a channel's id, by that or by its name."""
        every = [one for one in self.discord.channels.values() if space in (one.id, one.name)]
        return every[0].id if every else space

    def enter(self, person: Person, space: str) -> None:
        """Let somebody into a channel whom its people want there."""
        place = self.discord.channels.get(space)
        if place is None or self.discord.sees(place, person.id):
            return
        if place.thread:
            place.members[person.id] = self.discord.now()
        elif self.is_private(place):
            some = next(one for one in place.overwrites.values() if one.kind == 1)
            place.overwrites[person.id] = type(some)(person.id, 1, some.allow, some.deny)

    def is_private(self, place: Channel) -> bool:
        """Tell whether not all of the server see a channel or thread."""
        hidden = place.overwrites.get(place.guild or "")
        return place.kind is Kind.PRIVATE_THREAD or (hidden is not None and bool(hidden.deny & 1 << 10))

    def people(self, place: Channel) -> list[str]:
        """Return who is in a private channel or thread, beside the bot."""
        there = place.members if place.thread else [one.id for one in place.overwrites.values() if one.kind == 1]
        return [one for one in there if one != self.discord.app.bot]

    def named(self, text: str) -> str:
        """Let the client write people as it does when they are picked."""
        for user in sorted(self.discord.users.values(), key=lambda one: -len(one.name)):
            text = re.sub(rf"(?<![<\w])@{re.escape(user.name)}\b", f"<@{user.id}>", text)
        return mentioning(text)

    def button(self, person: Person, on: Seen, action: str) -> tuple[Message | None, str]:
        """Return the message with a button that does something, and the button's id."""
        places = [person.dm, *person.channels]
        every = [*person.ephemerals, *(message for place in places for message in place.messages)]
        at = next((number for number, one in enumerate(every) if one.id == on.id), None)
        if at is None:
            return None, action
        for message in reversed(every[: at + 1]):
            for one in buttons(message):
                if "custom_id" in one and read_custom_id(one["custom_id"])[0] == action:
                    return message, one["custom_id"]
        return every[at], action

    def messages(self, messages: list[Message]) -> list[Seen]:
        """Return messages as they are seen."""
        return seen_in(messages, self._shown)

    def _shown(self, content: str) -> str:
        """Return what is seen of a text; of a mention the handle, which the client shows at a tap."""
        handles = {one.id: one.name for one in self.discord.users.values()}
        return _PERSON.sub(lambda found: f"@{handles.get(found[1], found[1])}", shown(content))


def mentioning(text: str) -> str:
    """Write people in a text as the client sends them when they are picked."""
    return _PERSON.sub(r"<@\1>", text)

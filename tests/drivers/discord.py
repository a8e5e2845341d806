"""The driver of Discord: people in Discord's client, on the stand-in."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from adapters import discord as on_discord
from adapters.discord import forms
from adapters.discord.emoji import CHARACTERS
from adapters.discord.render import OWN
from adapters.discord.tree import ADMIN
from bot.calls import Upload
from bot.errors import UserError
from bot.feature import Command
from bot.parsing import find
from tests.drivers.acting import Deliveries, nothing, rejected
from tests.drivers.discord_client import Client, mentioning
from tests.drivers.discord_forms import entered, is_ready, with_errors
from tests.drivers.discord_seen import fields, seen_form
from tests.drivers.discord_seen import labels as labels_of
from tests.drivers.driver import Rejected, Seen, SeenForm, action_of, submission
from tests.stand_ins.discord import Discord, Guild, Person
from tests.stand_ins.discord.interactions import Answer, Modal

QUICK = on_discord.Timing(patience=1, request=5, asking=10, identify=0, pause=0.05)
EMOJI = {**CHARACTERS, "eyes": "👀", "hourglass": "⌛"}


class DiscordDriver(Client):
    """Implements `Driver` on a stand-in; who isn't in the server yet joins it."""

    name = "discord"

    def __init__(self, discord: Discord, guild: Guild, platform: on_discord.Discord, core: on_discord.Core) -> None:
        """Act for the people of a server."""
        super().__init__(discord, guild)
        self._platform = platform
        self._core = core
        self._delivered = Deliveries()
        self._labels: dict[str, Mapping[str, str]] = {}  # of forms' fields, by their actions
        guild.opened.add(ADMIN)  # its administrators let coordinators use it, who need not manage the server

    async def says(self, user: str, text: str, space: str, reply_to: str | None = None) -> str:
        """Write a message; return its id. Who isn't in the channel yet is taken in."""
        person, space = self.person(user), self.channel(space)
        with rejected():
            self.enter(person, space)
            written = await person.says(space, mentioning(text), reply_to=reply_to)
        await self._platform.settled()
        return written

    async def tells(self, user: str, text: str) -> Seen:
        """Write to the bot alone; return what it answers."""
        person = self.person(user)
        before = len(person.inbox)
        with rejected():
            await person.says(person.dm.id, text)
        await self._platform.settled()
        return self.messages(person.inbox[before:])[-1] if len(person.inbox) > before else Seen()

    async def edits(self, user: str, message: str, text: str, space: str) -> None:
        """Change a message of one's own."""
        with rejected():
            await self.person(user).edits(self.channel(space), message, mentioning(text))
        await self._platform.settled()

    async def deletes(self, user: str, message: str, space: str) -> None:
        """Delete a message of one's own."""
        with rejected():
            await self.person(user).deletes(self.channel(space), message)
        await self._platform.settled()

    async def reacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Put a reaction under a message."""
        person, space = self.person(user), self.channel(space)
        with rejected():
            self.enter(person, space)
            await person.reacts(space, message, EMOJI[reaction])
        await self._platform.settled()

    async def unreacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Take a reaction away."""
        with rejected():
            await self.person(user).unreacts(self.channel(space), message, EMOJI[reaction])
        await self._platform.settled()

    async def commands(self, user: str, text: str, *, space: str | None = None, id_: str | None = None) -> Seen:
        """Write a command with what was typed in its options; return the private answer."""
        root, _, rest = text.removeprefix("/").partition(" ")
        everywhere = [command for feature in self._core.features for command in feature.commands]
        try:
            command, typed = find(everywhere, root, rest)
        except UserError as error:
            raise Rejected(str(error)) from None
        options = {name: self._typed(command, name, value) for name, value in typed.items()}
        if root == ADMIN and space is None:
            space = "general"  # it can't be written to the bot alone
        space = None if space is None else self.channel(space)
        with rejected():
            wait = self._delivered.wait(id_)
            named = f"/{root} {command.name}"
            return await self._answer(await self.person(user).commands(named, space, options, id_=id_ or "", wait=wait))

    async def presses(self, user: str, button: str, on: Seen | None = None, *, id_: str | None = None) -> Seen:
        """Press a button by its label on a message, or by its action."""
        person, action = self.person(user), action_of(button, on)
        below, custom_id = (None, action) if on is None else self.button(person, on, action)
        with rejected():
            wait = self._delivered.wait(id_)
            return await self._answer(await person.presses(below, custom_id=custom_id, id_=id_ or "", wait=wait))

    async def submits(
        self,
        user: str,
        form: SeenForm | str,
        values: Mapping[str, str],
        files: Mapping[str, Upload] | None = None,
        *,
        id_: str | None = None,
    ) -> Seen:
        """Send off a form, all of its steps: the one that is open, or one that was never given out."""
        person, added = (
            self.person(user),
            {name: [(one.name, one.content)] for name, one in (files or {}).items()},
        )
        action, filled = submission(form, values)
        open_ = self.discord.interactions.modals.get(person.id)
        with rejected():
            if isinstance(form, str) or open_ is None or forms.opened_with(open_.body)[0] != action:
                answer = await person.submits({**filled, **added}, custom_id=action, id_=id_ or "")
                labels = {} if isinstance(form, str) else {one.name: one.label for one in form.fields}
                labels = {**self._labels.get(action, {}), **labels}
                return await self._sent_off(person, await self._answer(answer), list(filled), labels)
            return await self._steps(person, open_, filled, added, id_ or "", {})

    async def shortcut(self, user: str, name: str, space: str, message: str, *, id_: str | None = None) -> Seen:
        """Use an entry of a message's menu."""
        on = self.discord.channels[self.channel(space)].message(message)
        assert on is not None
        label = next(one.label for feature in self._core.features for one in feature.shortcuts if one.name == name)
        with rejected():
            wait = self._delivered.wait(id_)
            return await self._answer(await self.person(user).shortcut(label, on, id_=id_ or "", wait=wait))

    async def points(self, user: str, name: str, at: str, *, space: str = "general") -> Seen:
        """Use an entry of a person's menu, by its declared name; Discord alone has such menus."""
        every = (one for feature in self._core.features for one in feature.person_shortcuts)
        label = next(one.label for one in every if one.name == name)
        with rejected():
            wait = self._delivered.wait(None)
            return await self._answer(
                await self.person(user).shortcut(label, self.person(at), self.channel(space), wait=wait)
            )

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to a person directly."""
        return self.messages(self.person(user).inbox)

    async def posts(self, user: str, space: str) -> list[Seen]:
        """Return what the bot wrote in a channel or thread."""
        with rejected():
            sees = self.person(user).sees(self.channel(space))
        return self.messages([one for one in sees if one.author == self.discord.app.bot])

    async def spaces(self, user: str) -> dict[str, list[str]]:
        """Return the private channels and threads that somebody sees, and who else is in them."""
        mine = [one for one in self.person(user).channels if self.is_private(one)]
        return {one.id: self.people(one) for one in mine}

    async def wears(self, user: str) -> list[str]:
        """Return the names of somebody's roles."""
        member = self.guild.members[self.person(user).id]
        return [self.guild.roles[role].name for role in member.roles]

    async def reads(self, user: str, space: str) -> list[str]:
        """Return the texts of what people wrote in a channel."""
        with rejected():
            sees = self.person(user).sees(self.channel(space))
        return [one.content for one in sees if one.author != self.discord.app.bot and one.kind in (0, 19)]

    def _typed(self, command: Command, name: str, value: str) -> str | bool:
        option = next(one for one in command.options if one.name == name)
        if option.flag and value:
            raise Rejected(f"{name} is only switched on")
        return True if option.flag else self.named(value)

    async def _answer(self, answer: Answer) -> Seen:
        await self._platform.settled()
        if answer.error:
            raise Rejected(answer.error)
        if answer.modal is not None:
            return Seen(form=seen_form(answer.modal))
        return self.messages(answer.messages)[-1] if answer.messages else Seen()

    async def _steps(
        self,
        person: Person,
        modal: Modal,
        filled: Mapping[str, str],
        files: Mapping[str, object],
        id_: str,
        before: Mapping[str, str],
    ) -> Seen:
        """Go through the steps of a form; `before`: the labels of the fields in those that are done."""
        labels = {**before, **labels_of(modal)}
        self._labels[forms.opened_with(modal.body)[0]] = labels
        values, forged = entered(modal, filled, files)
        answer = await person.submits(values, custom_id=forged, id_=id_)
        seen = await self._sent_off(person, await self._answer(answer), fields(modal), labels)
        further = next((action for action in seen.buttons.values() if action.startswith(OWN)), None)
        if further is None or seen.errors or not str(modal.body["custom_id"]).startswith(forms.STEP):
            return seen
        opened = await self._press(person, seen, further)
        assert opened.modal is not None
        return await self._steps(person, opened.modal, filled, files, "", labels)

    async def _sent_off(self, person: Person, seen: Seen, names: Iterable[str], labels: Mapping[str, str]) -> Seen:
        """Read what is wrong with a form, or open the one that follows."""
        if is_ready(seen):
            return await self._answer(await self._press(person, seen, *seen.buttons.values()))
        return with_errors(seen, names, labels)

    async def _press(self, person: Person, on: Seen, action: str) -> Answer:
        below, custom_id = self.button(person, on, action)
        return await person.presses(below, custom_id=custom_id)


@asynccontextmanager
async def served(
    core: on_discord.Core,
    discord: Discord,
    guild: Guild,
    timing: on_discord.Timing = QUICK,
    missed: on_discord.Missed | None = None,
    spaces: on_discord.Space = "channel",
) -> AsyncIterator[tuple[on_discord.Discord, DiscordDriver]]:
    """Connect a core to a stand-in, with a driver for a server of it."""
    where = on_discord.Where(discord.api_url, discord.gateway_url)
    platform = await on_discord.connect(
        core,
        token=discord.app.token,
        where=where,
        spaces=spaces,
        missed=missed or nothing,
        timing=timing,
        now=discord.now,
    )
    try:
        await discord.settled()
        yield platform, DiscordDriver(discord, guild, platform, core)
    finally:
        await platform.close()

"""What a person does with the app in Discord's client: commands, buttons, forms, and what they see then."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.stand_ins.discord import components, filling, payloads, showing
from tests.stand_ins.discord.community import Channel, Message
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.interactions import FAILED, Act, Answer, Interaction, Modal, Reply
from tests.stand_ins.discord.permissions import EVERY, Can
from tests.stand_ins.errors import NotPossible

if TYPE_CHECKING:
    from tests.stand_ins.discord.administration import Administration

BUTTON, LINK = 2, 5
SELECTS = {3: 0, 5: payloads.USER, 6: payloads.ROLE, 7: payloads.MENTIONABLE, 8: payloads.CHANNEL}


class User:
    """One who uses the app.

    `wait` is how many real seconds they wait to see an answer; `id_` names the act: one of the same name as an
    earlier one, or with its `answer.id`, is that one told to the app once more.
    """

    def __init__(self, discord: "Administration", id_: str) -> None:
        """Be the user of this id."""
        self.discord = discord
        self.id = id_

    @property
    def dm(self) -> Channel:
        """Their conversation with the bot."""
        return self.discord.dm(self.id)

    @property
    def modal(self) -> Modal:
        """The form that they see."""
        if self.id not in self.discord.interactions.modals:
            raise NotPossible("no form is open")
        return self.discord.interactions.modals[self.id]

    def menu(self, channel: str | None = None, kind: int = 1) -> dict[str, Json]:
        """Return the app's commands that they are offered in a channel, by name; of kind 2 and 3 in menus."""
        place = self.discord.channels[channel or self.dm.id]
        guild = self.discord.guild_of(place)
        may = self.discord.may(place, self.id)
        if guild is not None and (self.discord.app.bot not in guild.members or not may & Can.USE_APPLICATION_COMMANDS):
            return {}
        every = [*self.discord.app.commands[None]]
        every += self.discord.app.commands.get(guild.id, []) if guild else []
        context = 0 if guild else 1
        usable = [one for one in every if one["type"] == kind and context in (one.get("contexts") or (0, 1, 2))]
        usable = [one for one in usable if guild or one.get("dm_permission", True)]
        opened = guild.opened if guild else set()
        return {one["name"]: one for one in usable if not guild or one["name"] in opened or _permitted(one, may)}

    async def commands(
        self,
        text: str,
        channel: str | None = None,
        options: Mapping[str, Any] | None = None,
        *,
        id_: str = "",
        wait: float | None = None,
    ) -> Answer:
        """Use a command, such as `/mentor waiting`; without a channel in the conversation with the bot.

        Options stand in the text as the client shows them (`/mentor away until: 5 May who: @lena`), or in `options`:
        people, roles, channels as they are or by id, files as (name, content), choices by name or value.
        """
        place, data, ids = self._typed(text, channel, options or {})
        done = self._begin(Act.COMMAND, place, id_)
        told = payloads.resolved(self.discord, done.guild, ids)
        done.about = payloads.about(self.discord, done, command_type=1)
        return await self._sends(done, data | ({"resolved": told} if told else {}), wait)

    async def suggests(
        self, text: str, option: str, typed: str, channel: str | None = None, options: Mapping[str, Any] | None = None
    ) -> Answer:
        """Begin to type an option of a command; the answer's `choices` are what is suggested."""
        place, data, _ = self._typed(text, channel, {**(options or {}), option: typed}, focused=option)
        return await self._sends(self._begin(Act.SUGGEST, place), data, None)

    def _typed(
        self, text: str, channel: str | None, options: Mapping[str, Any], focused: str = ""
    ) -> tuple[Channel, Json, filling.Resolved]:
        place = self._place(channel)
        name, *words = text.removeprefix("/").split()
        command = self.menu(place.id).get(name)
        if command is None:
            raise NotPossible(f"there is no /{name} for them here")
        below, left = filling.path(command, words)
        declared = (below[-1] if below else command).get("options", [])
        values = {**filling.typed(declared, " ".join(left)), **options}
        if focused and not any(one["name"] == focused and one.get("autocomplete") for one in declared):
            raise NotPossible(f"nothing is suggested for {focused}")
        told, ids = filling.options(self.discord, declared, values, focused)
        for one in reversed(below):
            told = [{"name": one["name"], "type": one["type"], "options": told}]
        data: Json = {"id": command["id"], "name": command["name"], "type": 1}
        data |= {"options": told} if told else {}
        return place, data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {}), ids

    async def shortcut(
        self, name: str, on: "Message | User", channel: str | None = None, *, id_: str = "", wait: float | None = None
    ) -> Answer:
        """Use an entry of a message's or of somebody's menu, by its name."""
        place = self._place(on.channel if isinstance(on, Message) else channel)
        command = self.menu(place.id, 3 if isinstance(on, Message) else 2).get(name)
        if command is None:
            raise NotPossible(f"there is no entry {name!r} for them here")
        done = self._begin(Act.COMMAND, place, id_)
        data: Json = {"id": command["id"], "name": name, "type": command["type"], "target_id": on.id}
        if isinstance(on, Message):
            data["resolved"] = {"messages": {on.id: showing.message(self.discord, on, reads=True)}}
            done.about = payloads.about(self.discord, done, command_type=3, target_message_id=on.id)
        else:
            data["resolved"] = payloads.resolved(self.discord, done.guild, [(payloads.USER, on.id)])
            target = showing.user(self.discord.users[on.id])
            done.about = payloads.about(self.discord, done, command_type=2, target_user=target)
        return await self._sends(done, data, wait)

    async def presses(
        self,
        on: Message | None = None,
        button: str = "",
        *,
        custom_id: str = "",
        channel: str | None = None,
        id_: str = "",
        wait: float | None = None,
    ) -> Answer:
        """Press a button by its label or custom id; or send a `custom_id` that may not be there at all (forged)."""
        if not custom_id:
            one = filling.find(on.components if on else [], button, (BUTTON,))
            if one.get("disabled") or one.get("style") == LINK:
                raise NotPossible(f"{button!r} is off, or only a link")
            custom_id = one["custom_id"]
        return await self._acts(on, {"custom_id": custom_id, "component_type": BUTTON, "id": 1}, channel, id_, wait)

    async def chooses(
        self, on: Message, select: str, values: Sequence[Any], *, id_: str = "", wait: float | None = None
    ) -> Answer:
        """Choose in a select below a message, by its custom id or placeholder; options by label or value."""
        one = filling.find(on.components, select, tuple(SELECTS))
        if one.get("disabled") or not one.get("min_values", 1) <= len(values) <= one.get("max_values", 1):
            raise NotPossible(f"{select!r} is off, or it is too few or too many")
        kind = SELECTS[one["type"]]
        if kind:
            chosen = [filling.identified(self.discord, kind, each) for each in values]
        else:
            by = {option["label"]: option["value"] for option in one["options"]}
            by |= {value: value for value in by.values()}
            if not set(values) <= set(by):
                raise NotPossible(f"{values} are not among {sorted(by)}")
            chosen = [by[each] for each in values]
        data = {"custom_id": one["custom_id"], "component_type": one["type"], "id": one["id"], "values": chosen}
        guild = self.discord.channels[on.channel].guild
        told = payloads.resolved(self.discord, guild, [(kind, each) for each in chosen]) if kind else {}
        return await self._acts(on, data | ({"resolved": told} if told else {}), None, id_, wait)

    async def _acts(self, on: Message | None, data: Json, channel: str | None, id_: str, wait: float | None) -> Answer:
        place = self._place(on.channel if on else channel)
        if on is None:
            on = Message(self.discord.ids.new(), place.id, self.discord.app.bot, "…")
        elif on.deleted or on.to not in (None, self.id) or on.author != self.discord.app.bot:
            raise NotPossible("they don't see this message, or it isn't the app's")
        done = self._begin(Act.COMPONENT, place, id_)
        done.message = on
        done.about = payloads.about(self.discord, done)
        return await self._sends(done, data, wait)

    async def submits(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        custom_id: str = "",
        channel: str | None = None,
        id_: str = "",
        wait: float | None = None,
    ) -> Answer:
        """Fill in the form and send it off, by custom ids or labels; or one that was never given out (`custom_id`)."""
        modal = components.forged(self.id, channel or self.dm.id, custom_id, values or {}) if custom_id else self.modal
        for name, value in (values or {}).items():
            filling.fill(self.discord, modal, name, value)
        filling.check(modal)
        done = self._begin(Act.SUBMIT, self._place(modal.channel), id_)
        done.modal, done.message = modal, modal.message
        opener = modal.about or payloads.about(self.discord, done)
        done.about = payloads.about(self.discord, done, triggering_interaction_metadata=opener)
        told, ids = filling.submitted(modal)
        data: Json = {"custom_id": modal.body["custom_id"], "components": told}
        data |= {"resolved": payloads.resolved(self.discord, done.guild, ids)} if ids else {}
        answer = await self._sends(done, data, wait)
        if answer.acknowledged and self.discord.interactions.modals.get(self.id) is modal:
            del self.discord.interactions.modals[self.id]
        return answer

    async def closes(self) -> None:
        """Close the form; the app isn't told."""
        del self.discord.interactions.modals[self.modal.user]

    def _place(self, channel: str | None) -> Channel:
        place = self.discord.channels.get(channel or self.dm.id)
        if place is None or not self.discord.sees(place, self.id):
            raise NotPossible("there is no such channel for them")
        return place

    def _begin(self, act: Act, place: Channel, id_: str = "") -> Interaction:
        return self.discord.interactions.begin(act, self.id, place.id, place.guild, id_)

    async def _sends(self, done: Interaction, data: Json, wait: float | None) -> Answer:
        answer, again = done.answer, bool(done.payload)
        done.payload = done.payload or payloads.payload(self.discord, done, data)
        sessions = [*self.discord.gateway.hearing(done.guild, 0)]
        if done.guild is not None and self.discord.app.bot not in self.discord.guilds[done.guild].members:
            sessions.clear()
        self.discord.events.tell("INTERACTION_CREATE", done.payload, guild=done.guild)
        if again:
            await self.discord.changes.until(
                lambda: bool(answer.shown), self.discord.patience if wait is None else wait
            )
            return answer
        seconds = self.discord.interactions.within if sessions else 0
        if not await self.discord.changes.until(lambda: answer.acknowledged, seconds):
            answer.error = FAILED[done.act]
            return answer
        if answer.first in (Reply.LATER, Reply.LATER_UPDATE):
            await self.discord.changes.until(
                lambda: bool(answer.shown), self.discord.patience if wait is None else wait
            )
        return answer

    async def _told(self, *, wait: bool = True) -> None:
        if wait:
            await self.discord.gateway.settled()


def _permitted(command: Json, may: int) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None:
        return True
    return may == EVERY or (int(needed) != 0 and may & int(needed) == int(needed))

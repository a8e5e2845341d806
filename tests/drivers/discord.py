"""The driver of Discord: people in Discord's client, on the stand-in."""

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

from adapters import discord as on_discord
from adapters.discord import forms, render
from adapters.discord.emoji import CHARACTERS
from adapters.discord.render import OWN, read_custom_id
from adapters.discord.tree import ADMIN
from bot import steps_wording as wording
from bot.calls import Upload
from bot.errors import UserError
from bot.feature import Command
from bot.language import languages, speaking, t
from bot.parsing import find
from bot.views import chosen
from tests.adapters.discord.markdown import shown
from tests.drivers.driver import Rejected, Seen, SeenField, SeenForm, action_of, submission
from tests.stand_ins.discord import Channel, Discord, Guild, Json, Kind, Message, NotPossible, Person
from tests.stand_ins.discord.interactions import Answer, Modal

QUICK = on_discord.Timing(patience=1, request=5, asking=10, identify=0, pause=0.05)
NO_ANSWER = 0.3  # seconds after which nothing is taken for the answer to what was delivered before
EMOJI = {**CHARACTERS, "eyes": "👀", "hourglass": "⌛"}
_LINK = re.compile(r"/channels/(\d+|@me)/(\w+)/(\d+)$")
_PERSON = re.compile(r"(?<!<)@(\d{15,20})\b")


class DiscordDriver:
    """Implements `Driver` on a stand-in; who isn't in the server yet joins it."""

    name = "discord"

    def __init__(self, discord: Discord, guild: Guild, platform: on_discord.Discord, core: on_discord.Core) -> None:
        """Act for the people of a server."""
        self.discord = discord
        self.guild = guild
        self._platform = platform
        self._core = core
        self._delivered: dict[str, str] = {}
        self._labels: dict[str, Mapping[str, str]] = {}  # of forms' fields, by their actions
        guild.opened.add(ADMIN)  # its administrators let coordinators use it, who need not manage the server

    async def says(self, user: str, text: str, space: str, reply_to: str | None = None) -> str:
        """Write a message; return its id. Who isn't in the channel yet is taken in."""
        person, space = self.person(user), self.channel(space)
        with _rejected():
            self._enter(person, space)
            written = await person.says(space, _mentioning(text), reply_to=reply_to)
        await self._platform.settled()
        return written

    async def tells(self, user: str, text: str) -> Seen:
        """Write to the bot alone; return what it answers."""
        person = self.person(user)
        before = len(person.inbox)
        with _rejected():
            await person.says(person.dm.id, text)
        await self._platform.settled()
        return self._messages(person.inbox[before:])[-1] if len(person.inbox) > before else Seen()

    async def edits(self, user: str, message: str, text: str, space: str) -> None:
        """Change a message of one's own."""
        with _rejected():
            await self.person(user).edits(self.channel(space), message, _mentioning(text))
        await self._platform.settled()

    async def deletes(self, user: str, message: str, space: str) -> None:
        """Delete a message of one's own."""
        with _rejected():
            await self.person(user).deletes(self.channel(space), message)
        await self._platform.settled()

    async def reacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Put a reaction under a message."""
        person, space = self.person(user), self.channel(space)
        with _rejected():
            self._enter(person, space)
            await person.reacts(space, message, EMOJI[reaction])
        await self._platform.settled()

    async def unreacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Take a reaction away."""
        with _rejected():
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
        with _rejected():
            again = self._again(id_)
            named = f"/{root} {command.name}"
            return await self._answer(
                await self.person(user).commands(named, space, options, id_=id_ or "", wait=again)
            )

    async def presses(self, user: str, button: str, on: Seen | None = None, *, id_: str | None = None) -> Seen:
        """Press a button by its label on a message, or by its action."""
        person, action = self.person(user), action_of(button, on)
        below, custom_id = (None, action) if on is None else self._button(person, on, action)
        with _rejected():
            again = self._again(id_)
            return await self._answer(await person.presses(below, custom_id=custom_id, id_=id_ or "", wait=again))

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
        person, added = self.person(user), {name: [(one.name, one.content)] for name, one in (files or {}).items()}
        action, filled = submission(form, values)
        open_ = self.discord.interactions.modals.get(person.id)
        with _rejected():
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
        with _rejected():
            again = self._again(id_)
            return await self._answer(await self.person(user).shortcut(label, on, id_=id_ or "", wait=again))

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to a person directly."""
        return self._messages(self.person(user).inbox)

    async def posts(self, user: str, space: str) -> list[Seen]:
        """Return what the bot wrote in a channel or thread."""
        with _rejected():
            sees = self.person(user).sees(self.channel(space))
        return self._messages([one for one in sees if one.author == self.discord.app.bot])

    async def spaces(self, user: str) -> dict[str, list[str]]:
        """Return the private channels and threads that somebody sees, and who else is in them."""
        mine = [one for one in self.person(user).channels if self._is_private(one)]
        return {one.id: self._people(one) for one in mine}

    async def reads(self, user: str, space: str) -> list[str]:
        """Return the texts of what people wrote in a channel."""
        with _rejected():
            sees = self.person(user).sees(self.channel(space))
        return [one.content for one in sees if one.author != self.discord.app.bot and one.kind in (0, 19)]

    def person(self, user: str) -> Person:
        """Return somebody by id or handle; who isn't there yet comes into the server."""
        known = any(user in (one.id, one.name) for one in self.discord.users.values())
        return self.discord.person(user) if known else self.discord.person(user, self.guild, id=user)

    def channel(self, space: str) -> str:
        """Return a channel's id, by that or by its name."""
        every = [one for one in self.discord.channels.values() if space in (one.id, one.name)]
        return every[0].id if every else space

    def _enter(self, person: Person, space: str) -> None:
        """Let somebody into a channel whom its people want there."""
        place = self.discord.channels.get(space)
        if place is None or self.discord.sees(place, person.id):
            return
        if place.thread:
            place.members[person.id] = self.discord.now()
        elif self._is_private(place):
            some = next(one for one in place.overwrites.values() if one.kind == 1)
            place.overwrites[person.id] = type(some)(person.id, 1, some.allow, some.deny)

    def _is_private(self, place: Channel) -> bool:
        hidden = place.overwrites.get(place.guild or "")
        return place.kind is Kind.PRIVATE_THREAD or (hidden is not None and bool(hidden.deny & 1 << 10))

    def _people(self, place: Channel) -> list[str]:
        there = place.members if place.thread else [one.id for one in place.overwrites.values() if one.kind == 1]
        return [one for one in there if one != self.discord.app.bot]

    def _typed(self, command: Command, name: str, value: str) -> str | bool:
        option = next(one for one in command.options if one.name == name)
        if option.flag and value:
            raise Rejected(f"{name} is only switched on")
        return True if option.flag else self._named(value)

    def _named(self, text: str) -> str:
        """Let the client write people as it does when they are picked."""
        for user in sorted(self.discord.users.values(), key=lambda one: -len(one.name)):
            text = re.sub(rf"(?<![<\w])@{re.escape(user.name)}\b", f"<@{user.id}>", text)
        return _mentioning(text)

    def _shown(self, content: str) -> str:
        """Return what is seen of a text; of a mention the handle, which the client shows at a tap."""
        handles = {one.id: one.name for one in self.discord.users.values()}
        return _PERSON.sub(lambda found: f"@{handles.get(found[1], found[1])}", shown(content))

    def _again(self, id_: str | None) -> float | None:
        again = id_ is not None and id_ in self._delivered
        self._delivered[id_ or ""] = ""
        return NO_ANSWER if again else None

    async def _answer(self, answer: Answer) -> Seen:
        await self._platform.settled()
        if answer.error:
            raise Rejected(answer.error)
        if answer.modal is not None:
            return Seen(form=_form(answer.modal))
        return self._messages(answer.messages)[-1] if answer.messages else Seen()

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
        labels = {**before, **_labels(modal)}
        self._labels[forms.opened_with(modal.body)[0]] = labels
        there = {field["custom_id"]: field for field in _fields(modal)}
        typed = {name: value for name, value in filled.items() if name in there and value != _value(there[name])}
        given = {name: value for name, value in files.items() if name in there}
        entered = {
            name: _taken(there[name], value) if there[name]["type"] == forms.SELECT else value
            for name, value in typed.items()
        }
        forged = modal.body["custom_id"] if any(_is_forged(there[name], typed[name]) for name in typed) else ""
        sent = {name: filled.get(name, "") for name in there} if forged else entered
        answer = await person.submits({**sent, **given}, custom_id=forged, id_=id_)
        seen = await self._sent_off(person, await self._answer(answer), list(there), labels)
        further = next((action for action in seen.buttons.values() if action.startswith(OWN)), None)
        if further is None or seen.errors or not str(modal.body["custom_id"]).startswith(forms.STEP):
            return seen
        below, custom_id = self._button(person, seen, further)
        opened = await person.presses(below, custom_id=custom_id)
        assert opened.modal is not None
        return await self._steps(person, opened.modal, filled, files, "", labels)

    async def _sent_off(self, person: Person, seen: Seen, names: list[str], labels: Mapping[str, str]) -> Seen:
        """Read what is wrong with a form, beside its fields' labels; the rest belongs to the first field."""
        if seen.texts and seen.texts[0] in _in_each_language(wording.READY):
            below, custom_id = self._button(person, seen, *seen.buttons.values())
            return await self._answer(await person.presses(below, custom_id=custom_id))
        if not seen.texts or seen.texts[0] not in _in_each_language(wording.NOT_YET):
            return seen
        errors: dict[str, list[str]] = {}
        by, current = {label: name for name, label in labels.items()}, ""
        for text in seen.texts[1:]:
            if text in _in_each_language(wording.WRITTEN):
                break
            if text in by:
                current = by[text]
                continue
            errors.setdefault(current or (names or [""])[0], []).append(text)
            current = ""
        return Seen(errors={name: "\n".join(lines) for name, lines in errors.items()}, buttons=seen.buttons, id=seen.id)

    def _button(self, person: Person, on: Seen, action: str) -> tuple[Message | None, str]:
        """Return the message with a button that does something, and the button's id."""
        places = [person.dm, *person.channels]
        every = [*person.ephemerals, *(message for place in places for message in place.messages)]
        at = next((number for number, one in enumerate(every) if one.id == on.id), None)
        if at is None:
            return None, action
        for message in reversed(every[: at + 1]):
            for one in _buttons(message):
                if "custom_id" in one and read_custom_id(one["custom_id"])[0] == action:
                    return message, one["custom_id"]
        return every[at], action

    def _messages(self, messages: list[Message]) -> list[Seen]:
        """Show messages; the parts of one as one."""
        seen: list[Seen] = []
        waiting: list[Message] = []
        for one in messages:
            mark = render.marked({"components": one.components})
            waiting.append(one)
            if mark is not None and mark & 1:
                before = [render.part_mark(mark, number) for number in range(len(waiting))]
                parts = [each for each in waiting[:-1] if render.marked({"components": each.components}) in before]
                seen = seen[: len(seen) - len(parts)]
                seen.append(_seen([*parts, one], self._shown))
                waiting = []
            elif one.to is not None and seen and len(messages) > 1:
                seen[-1] = _seen(waiting, self._shown)
            else:
                seen.append(_seen([one], self._shown))
        return seen


def _seen(parts: list[Message], show: Callable[[str], str]) -> Seen:
    every = [component for one in parts for component in one.components]
    items = [item for component in every if component["type"] == render.ROW for item in component["components"]]
    found = {item["label"]: item for item in items}
    files = {file.name: file for one in parts for file in one.files}
    images = {
        name: item.get("description") or ""
        for component in every
        if component["type"] == render.GALLERY
        for item in component["items"]
        for name in files
        if item["media"]["url"].rstrip("/").endswith(name)
    }
    return Seen(
        texts=tuple(show(one["content"]) for one in every if one["type"] == render.TEXT),
        buttons={label: read_custom_id(item["custom_id"])[0] for label, item in found.items() if "custom_id" in item},
        links={label: _place(item["url"]) for label, item in found.items() if "url" in item},
        edited=any(one.edited is not None for one in parts),
        id=parts[-1].id,
        images=images,
        files={name: file.content for name, file in files.items() if name not in images},
    )


def _buttons(message: Message) -> list[Json]:
    rows = [component for component in message.components if component["type"] == render.ROW]
    return [item for row in rows for item in row["components"]]


def _place(url: str) -> tuple[str, str]:
    """Return the channel and the message to which a link leads; on another platform, its address alone."""
    found = _LINK.search(url)
    assert found or "discord.com" not in url, url
    return (found[2], found[3]) if found else (url, "")


def _fields(modal: Modal) -> list[Json]:
    return [row["component"] for row in modal.body["components"] if "component" in row]


def _rows(modal: Modal) -> Iterator[tuple[Json, str, str]]:
    """Yield the fields with their labels and hints, which stand above them where they are too long."""
    above: list[str] = []
    for row in modal.body["components"]:
        if "component" not in row:
            above = shown(row["content"]).split("\n")
            continue
        label, hint = row["label"], row.get("description") or ""
        if label.endswith("…") and above:
            label, *above = above
        yield row["component"], label, hint or "\n".join(above)
        above = []


def _labels(modal: Modal) -> dict[str, str]:
    return {component["custom_id"]: label for component, label, _ in _rows(modal)}


def _value(field: Json) -> str:
    ticked = ",".join(one["value"] for one in field.get("options", ()) if one.get("default"))
    return str(field.get("value", ticked))


def _taken(field: Json, value: str) -> list[str]:
    """Return what is chosen in a field: of those that hold several, each."""
    return list(chosen(value)) if "max_values" in field else [value] if value else []


def _is_forged(field: Json, value: str) -> bool:
    """Tell whether the client wouldn't let somebody enter this: it can't be chosen, or it is too long."""
    if field["type"] == forms.SELECT:
        known = {one["value"] for one in field["options"]}
        taken = _taken(field, value)
        return not known.issuperset(taken) or (not taken and field.get("required", True))
    return bool(field["type"] == forms.TYPING and len(value) > field.get("max_length", len(value)))


def _form(modal: Modal) -> SeenForm:
    title = re.sub(r" \(\d+/\d+\)$", "", modal.title)
    first = modal.body["components"][0]
    if title.endswith("…") and "content" in first:
        title = shown(first["content"])
    action = forms.opened_with(modal.body)[0]
    return SeenForm(title, action, "", tuple(_field(*row) for row in _rows(modal)))


def _field(one: Json, label: str, hint: str) -> SeenField:
    return SeenField(
        name=one["custom_id"],
        label=label,
        value=_value(one),
        hint=hint,
        required=one.get("required", True),
        long=one.get("style") == forms.LONG,
        limit=one.get("max_length", 200),
        choices={option["value"]: option["label"] for option in one.get("options", ())},
        file=one["type"] == forms.UPLOAD,
        several=one["type"] == forms.SELECT and "max_values" in one,
    )


def _mentioning(text: str) -> str:
    return _PERSON.sub(r"<@\1>", text)


def _in_each_language(text: str) -> set[str]:
    said = set()
    for language in languages():
        with speaking(language):
            said.add(t(text))
    return said


@contextmanager
def _rejected() -> Iterator[None]:
    """Let what Discord's client doesn't do be a rejection."""
    try:
        yield
    except NotPossible as error:
        raise Rejected(str(error)) from None


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

    async def nothing() -> None:
        pass

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

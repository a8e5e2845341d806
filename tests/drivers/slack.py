"""The driver of Slack: people in Slack's client, on the stand-in."""

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager

from adapters import slack as on_slack
from adapters.slack import forms
from adapters.slack.render import PRESS
from bot.calls import Upload
from bot.views import Field, Form, chosen
from tests.drivers.acting import NO_ANSWER, Deliveries, nothing, rejected
from tests.drivers.driver import Rejected, Seen, SeenForm, action_of, submission
from tests.drivers.slack_seen import is_file, is_slacks_own, plain, seen_in, seen_view, typed_in
from tests.stand_ins.slack import Answer, Json, Message, NotPossible, Person, Slack, View
from tests.stand_ins.slack.modals import checked

QUICK = on_slack.Timing(ping=0.5, silence=60, patience=1, request=5)
CALM = on_slack.Timing(ping=60, patience=25)  # for who isn't about time: a machine can be busy


class SlackDriver:
    """Implements `Driver` on a stand-in; who isn't in the workspace yet joins it."""

    name = "slack"

    def __init__(self, slack: Slack) -> None:
        """Act for the people of this workspace."""
        self.slack = slack
        self._delivered = Deliveries()

    async def says(self, user: str, text: str, space: str, reply_to: str | None = None) -> str:
        """Write a message; return its id. Who isn't in the channel yet is taken in by somebody who is."""
        person = self.person(user)
        with rejected():
            await self._enter(person, space)
            return await person.says(space, text, thread=self._thread(space, reply_to))

    async def tells(self, user: str, text: str) -> Seen:
        """Write to the bot alone; return what it answers."""
        person = self.person(user)
        before = len(person.inbox)
        with rejected():
            await person.says(person.dm.id, text)
        await self.slack.changes.until(lambda: len(person.inbox) > before, NO_ANSWER)
        return self._messages(person.inbox[before:])[-1] if len(person.inbox) > before else Seen()

    async def edits(self, user: str, message: str, text: str, space: str) -> None:
        """Change a message of one's own."""
        with rejected():
            await self.person(user).edits(space, message, text)

    async def deletes(self, user: str, message: str, space: str) -> None:
        """Delete a message of one's own."""
        with rejected():
            await self.person(user).deletes(space, message)

    async def reacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Put a reaction under a message."""
        person = self.person(user)
        with rejected():
            await self._enter(person, space)
            await person.reacts(space, message, reaction)

    async def unreacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Take a reaction away."""
        with rejected():
            await self.person(user).unreacts(space, message, reaction)

    async def commands(self, user: str, text: str, *, space: str | None = None, id_: str | None = None) -> Seen:
        """Write a command; return the private answer."""
        with rejected():
            person = self.person(user)
            asked = person.commands(text, space, trigger=id_ or "", wait=self._delivered.wait(id_))
            return await self._answer(person, asked)

    async def presses(self, user: str, button: str, on: Seen | None = None, *, id_: str | None = None) -> Seen:
        """Press a button by its label on a message, or by its action."""
        person, action = self.person(user), action_of(button, on)
        target = None if on is None else self._target(person, on)
        found = None if target is None else _button(target, action)
        forged = {"type": "button", "action_id": f"{PRESS}.0", "value": action} if found is None else None
        with rejected():
            asked = person.presses(
                target, found or "", action=forged, trigger=id_ or "", wait=self._delivered.wait(id_)
            )
            return await self._answer(person, asked)

    async def submits(
        self,
        user: str,
        form: SeenForm | str,
        values: Mapping[str, str],
        files: Mapping[str, Upload] | None = None,
        *,
        id_: str | None = None,
    ) -> Seen:
        """Send off a form: the one that is open, or one that was never given out.

        What Slack's client lets nobody send is sent as by somebody who has made a client of their own.
        """
        person, added = self.person(user), files or {}
        action, filled = submission(form, values)
        view = next((one for one in reversed(person.stack) if forms.action(one.body) == action), None)
        if view is not None and not isinstance(form, str):
            try:
                return await self._sent_off(person, view, filled, added, id_ or "")
            except NotPossible:
                person.stack.remove(view)
        view = self._forged(person, action, filled, added)
        with rejected():
            return await self._sent_off(person, view, filled, added, id_ or "")

    async def _sent_off(
        self, person: Person, view: View, filled: Mapping[str, str], added: Mapping[str, Upload], id_: str
    ) -> Seen:
        names = {block["element"]["action_id"] for block in view.inputs.values()}
        typed = {name: value for name, value in filled.items() if name in names and name not in added}
        typed = {name: value for name, value in typed.items() if value != typed_in(view, name)}
        entered = {name: _entered(view, name, value) for name, value in typed.items()}
        given = {name: [(file.name, file.content)] for name, file in added.items()}
        before = len(person.dm.messages)
        answer = await person.submits(entered, given, view=view, trigger=id_)
        return await self._seen_answer(person, answer, before, view)

    async def shortcut(self, user: str, name: str, space: str, message: str, *, id_: str | None = None) -> Seen:
        """Use an entry of a message's menu."""
        on = self.slack.workspace.channels[space].message(message)
        assert on is not None
        with rejected():
            person = self.person(user)
            asked = person.shortcut(name, on, trigger=id_ or "", wait=self._delivered.wait(id_))
            return await self._answer(person, asked)

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to a person directly."""
        return self._messages(self.person(user).inbox)

    async def posts(self, user: str, space: str) -> list[Seen]:
        """Return what the bot wrote in a channel."""
        bot = self.slack.app.bot_user
        sees = self.person(user).sees(space)
        return self._messages([one for one in sees if one.user == bot and not is_slacks_own(one)])

    async def spaces(self, user: str) -> dict[str, list[str]]:
        """Return the private channels that somebody is in, and which people else are."""
        bot = self.slack.app.bot_user
        mine = [one for one in self.person(user).channels if one.kind == "group"]
        return {one.id: [member for member in one.members if member != bot] for one in mine}

    async def wears(self, user: str) -> list[str]:
        """Return nothing: there is no place for titles."""
        return []

    async def reads(self, user: str, space: str) -> list[str]:
        """Return the texts of what people wrote in a channel."""
        bot = self.slack.app.bot_user
        sees = self.person(user).sees(space)
        return [plain(one.text) for one in sees if one.user != bot and not is_slacks_own(one)]

    def person(self, user: str) -> Person:
        """Return somebody by id."""
        known = user in self.slack.workspace.users
        return self.slack.person(user) if known else self.slack.person(user, id=user)

    async def _enter(self, person: Person, space: str) -> None:
        place = self.slack.workspace.channels.get(space)
        others = [one for one in place.members if one != self.slack.app.bot_user] if place else []
        if place is not None and person.id not in place.members and others:
            await self.person(others[0]).invites(space, person.id)

    def _thread(self, space: str, reply_to: str | None) -> str | None:
        above = self.slack.workspace.channels[space].message(reply_to) if reply_to else None
        return (above.thread or above.ts) if above else None

    async def _answer(self, person: Person, asked: Awaitable[Answer]) -> Seen:
        before = len(person.dm.messages)
        return await self._seen_answer(person, await asked, before)

    async def _seen_answer(self, person: Person, answer: Answer, before: int, submitted: View | None = None) -> Seen:
        if answer.error:
            raise Rejected(answer.error)
        if answer.errors and submitted is not None:
            inputs = submitted.inputs
            return Seen(errors={inputs[block]["element"]["action_id"]: text for block, text in answer.errors.items()})
        if answer.view is not None:
            sent = await self._sent_directly(person, answer.view.blocks, before)
            return seen_view(answer.view, *self._files(sent))
        if not answer.messages:
            return Seen()
        sent = await self._sent_directly(person, answer.messages[-1].blocks, before)
        return self._messages([*sent, *answer.messages])[-1]

    async def _sent_directly(self, person: Person, blocks: list[Json], before: int) -> list[Message]:
        """Wait for the files that an answer says are in the conversation with the bot."""
        wanted = sum(is_file(block) for block in blocks)

        def come() -> list[Message]:
            return [one for one in person.dm.messages[before:] if one.body.get("files")]

        if wanted:
            await self.slack.changes.until(lambda: sum(len(one.body["files"]) for one in come()) >= wanted, 5)
        return come() if wanted else []

    def _files(self, messages: list[Message]) -> tuple[dict[str, str], dict[str, bytes]]:
        """Return pictures, by what they show, and other files, by name."""
        files = [self.slack.files[row["id"]] for one in messages for row in one.body.get("files", ())]
        pictures = {file.name: file.text for file in files if file.type.startswith("image/")}
        assert all(pictures.values())
        return pictures, {file.name: file.content or b"" for file in files if file.name not in pictures}

    def _target(self, person: Person, on: Seen) -> Message | View | None:
        """Return what somebody has before their eyes: a view, a private answer, a message."""
        view = next((one for one in person.stack if one.id == on.id), None)
        if view is not None:
            return view
        channels = [person.dm, *person.channels]
        seen = [*person.ephemerals, *(message for channel in channels for message in channel.messages)]
        return next((one for one in seen if one.ts == on.id), None)

    def _forged(self, person: Person, action: str, values: Mapping[str, str], files: Mapping[str, Upload]) -> View:
        """Open a form that the bot never gave out."""
        fields = [Field(name, name, long=True, limit=3000, required=False) for name in values if name]
        fields += [Field(name, name, file=True, required=False) for name in files]
        return self.slack.modals.open(person.id, checked(forms.view(Form("A form", action, tuple(fields), "Send"))))

    def _messages(self, messages: list[Message]) -> list[Seen]:
        """Show messages; pictures and files, which come before their message, as a part of it."""
        seen: list[Seen] = []
        before: list[Message] = []
        for one in messages:
            before.append(one)
            if one.blocks:
                seen.append(seen_in(one.blocks, one.ts, "edited" in one.body, *self._files(before)))
                before = []
        return seen


def _entered(view: View, name: str, value: str) -> str | list[str]:
    """Return what is put into a field: where several things can be taken, a list of them."""
    kinds = {block["element"]["action_id"]: block["element"]["type"] for block in view.inputs.values()}
    return list(chosen(value)) if kinds[name] in forms.SEVERAL else value


def _button(on: Message | View, action: str) -> str | None:
    """Return the action id of the button that has this action."""
    items = [item for block in on.blocks if block["type"] == "actions" for item in block["elements"]]
    return next((item["action_id"] for item in items if item.get("value") == action), None)


@asynccontextmanager
async def served(
    core: on_slack.Core, slack: Slack, timing: on_slack.Timing = QUICK, missed: on_slack.Missed | None = None
) -> AsyncIterator[tuple[on_slack.Slack, SlackDriver]]:
    """Connect a core to a stand-in, with a driver."""
    tokens = {"bot_token": slack.app.bot_token, "app_token": slack.app.app_token}
    platform = await on_slack.connect(core, **tokens, api_url=slack.api_url, missed=missed or nothing, timing=timing)
    try:
        await slack.connected()
        yield platform, SlackDriver(slack)
    finally:
        await platform.close()

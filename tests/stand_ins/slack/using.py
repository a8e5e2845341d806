"""What a person does with the app in Slack's client: commands, buttons, forms, shortcuts, and what they see then."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.stand_ins.errors import NotPossible
from tests.stand_ins.slack import filling, responses, showing
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.interactions import Answer, Interaction
from tests.stand_ins.slack.modals import View, checked
from tests.stand_ins.slack.sockets import Envelope
from tests.stand_ins.slack.texts import sent
from tests.stand_ins.slack.workspace import Channel, Message

if TYPE_CHECKING:
    from tests.stand_ins.slack.server import Slack

Target = Message | View


class User:
    """One who uses the app.

    `wait` is how many seconds they wait to see an answer; `trigger` is the id of an earlier act, which is delivered to
    the app once more.
    """

    def __init__(self, slack: "Slack", id_: str) -> None:
        """Be the user of this id."""
        self.slack = slack
        self.id = id_

    @property
    def dm(self) -> Channel:
        """Their conversation with the bot."""
        return self.slack.workspace.open_conversation([self.slack.app.bot_user, self.id])

    @property
    def stack(self) -> list[View]:
        """The modals that they have open, the topmost last."""
        return self.slack.modals.stack(self.id)

    @property
    def view(self) -> View:
        """The modal that they see."""
        if not self.stack:
            raise NotPossible("no modal is open")
        return self.stack[-1]

    async def commands(
        self, text: str, channel: str | None = None, *, trigger: str = "", wait: float | None = None
    ) -> Answer:
        """Write a command, such as `/mentor waiting`; without a channel in the conversation with the bot."""
        command, _, rest = text.strip().partition(" ")
        declared = self.slack.app.commands.get(command)
        if declared is None or self.slack.app.revoked:
            raise NotPossible(f"{command} is not a valid command.")
        place = self.slack.workspace.channels[channel or self.dm.id]
        if self.id not in place.members or place.archived:
            raise NotPossible("nothing can be written there")
        done = self.slack.interactions.begin(self.id, place.id, id_=trigger)
        people = self.slack.handles if declared.get("should_escape") else {}
        named = showing.where(self.slack, place.id)["name"]
        payload = {"token": "stand-in", "team_id": self.slack.workspace.team, "channel_id": place.id}
        payload |= {"team_domain": self.slack.workspace.domain, "channel_name": named, "user_id": self.id}
        payload |= {"user_name": self.slack.workspace.users[self.id].name, "command": command}
        payload |= {"text": sent(rest.strip(), people, names=True, links=False), "api_app_id": self.slack.app.id}
        payload |= {"is_enterprise_install": "false", "response_url": self._response_url(done)}
        payload["trigger_id"] = done.trigger
        envelope = self.slack.sockets.deliver("slash_commands", payload, accepts_response=True)
        return await self._answered(done, envelope, wait)

    async def presses(
        self,
        on: Target | None = None,
        button: str = "",
        *,
        action: Json | None = None,
        channel: str | None = None,
        trigger: str = "",
        wait: float | None = None,
    ) -> Answer:
        """Press a button by its action id or its label; or send an `action` that may not be there at all (forged)."""
        chosen = filling.button(on, button) if action is None and on is not None else action
        if chosen is None:
            raise NotPossible("there is nothing to press")
        return await self._acts(on, chosen, channel, trigger, wait)

    async def chooses(self, on: Target, element: str, value: object, *, wait: float | None = None) -> Answer:
        """Choose something in an element that tells the app at once, by its action id."""
        block, one = filling.find(on.blocks, element)
        state = filling.state(one, value)
        if isinstance(on, View):
            on.values.setdefault(block, {})[one["action_id"]] = state
            on.touched.add((block, one["action_id"]))
        return await self._acts(on, {**state, "block_id": block, "action_id": one["action_id"]}, None, "", wait)

    async def _acts(
        self, on: Target | None, action: Json, channel: str | None, trigger: str, wait: float | None
    ) -> Answer:
        message = on if isinstance(on, Message) else None
        view = on if isinstance(on, View) else None
        place = None if view is not None else channel or (message.channel if message else self.dm.id)
        done = self.slack.interactions.begin(self.id, place, message=message, view=view, id_=trigger)
        payload = self._interactive("block_actions", done)
        payload |= {"container": filling.container(on, place), "actions": [filling.acted(self.slack, action)]}
        if place is not None:
            payload |= {"channel": showing.where(self.slack, place), "state": {"values": {}}}
            payload["response_url"] = self._response_url(done)
        if message is not None and message.to is None:
            payload["message"] = showing.message(self.slack, message)
        if view is not None:
            payload |= {"view": showing.view(self.slack, view)}
        return await self._sends(payload, done, 0 if action.get("url") else wait)

    async def submits(
        self,
        values: Mapping[str, Any] | None = None,
        files: Mapping[str, Sequence[tuple[str, bytes]]] | None = None,
        *,
        view: View | None = None,
        trigger: str = "",
    ) -> Answer:
        """Fill in the topmost modal (or an older one, forged) and send it off.

        `values` and `files` (name, content) are by block id or action id.
        """
        view = view or self.view
        for name, value in (values or {}).items():
            filling.fill(view, name, value)
        for name, added in (files or {}).items():
            rows = [self.slack.file_of(self.id, *one) for one in added]
            filling.fill(view, name, [showing.file(self.slack, row) for row in rows])
        filling.check(view)
        done = self.slack.interactions.begin(self.id, None, view=view, id_=trigger)
        payload = self._interactive("view_submission", done)
        payload |= {"view": showing.view(self.slack, view), "response_urls": []}
        envelope = self.slack.sockets.deliver("interactive", payload, accepts_response=True)
        answer = await self._answered(done, envelope, 0)
        if answer.acknowledged and view in self.stack:
            self._after(view, answer, done)
        return answer

    async def closes(self, *, everything: bool = False) -> None:
        """Close the topmost modal, or all of them; the app is told if it wished to be."""
        closed = self.stack[:] if everything else [self.view]
        for view in reversed(closed):
            self.stack.remove(view)
            if view.body.get("notify_on_close"):
                payload = self._interactive("view_closed", None)
                payload |= {"view": showing.view(self.slack, view), "is_cleared": everything}
                self.slack.sockets.deliver("interactive", payload)
        await self.slack.settled()

    async def shortcut(
        self, name: str, on: Message | None = None, *, trigger: str = "", wait: float | None = None
    ) -> Answer:
        """Use an entry of a message's menu, or without a message one of the app's, by its callback id."""
        kind = "message_action" if on is not None else "shortcut"
        declared = self.slack.app.shortcuts.get(name)
        if declared is None or declared["type"] != ("message" if on is not None else "global"):
            raise NotPossible(f"there is no entry {name}")
        done = self.slack.interactions.begin(self.id, on.channel if on else None, id_=trigger)
        payload = self._interactive(kind, done) | {"callback_id": name, "action_ts": self.slack.workspace.new_ts()}
        if on is not None:
            payload |= {"message": showing.message(self.slack, on), "message_ts": on.ts}
            payload |= {"channel": showing.where(self.slack, on.channel), "response_url": self._response_url(done)}
        return await self._sends(payload, done, wait)

    def _interactive(self, kind: str, done: Interaction | None) -> Json:
        team = {"id": self.slack.workspace.team, "domain": self.slack.workspace.domain}
        payload: Json = {"type": kind, "user": showing.who(self.slack, self.id), "api_app_id": self.slack.app.id}
        payload |= {"token": "stand-in", "team": team, "enterprise": None, "is_enterprise_install": False}
        return payload | ({"trigger_id": done.trigger} if done else {})

    def _response_url(self, done: Interaction) -> str:
        return f"{self.slack.address}/respond/{done.response_key}"

    async def _sends(self, payload: Json, done: Interaction, wait: float | None) -> Answer:
        if not self.slack.app.interactive:
            raise NotPossible("the app's interactivity is off")
        envelope = self.slack.sockets.deliver("interactive", payload, accepts_response=True)
        return await self._answered(done, envelope, wait)

    async def _answered(self, done: Interaction, envelope: Envelope, wait: float | None) -> Answer:
        before, original = len(self.slack.ephemerals.get(self.id, ())), done.message and done.message.body
        await self.slack.changes.until(
            lambda: not self.slack.sockets.moves(envelope), self.slack.sockets.ack_within + 5
        )
        answer = done.answer
        answer.acknowledged, answer.response = envelope.acknowledged, envelope.response
        if not envelope.acknowledged:
            answer.error = "operation_timeout" if envelope.sent else "dispatch_failed"
            return answer
        if envelope.kind == "slash_commands" and envelope.response:
            responses.take(self.slack, done, envelope.response)

        def sees() -> bool:
            more = len(self.slack.ephemerals.get(self.id, ())) > before
            changed = done.message is not None and done.message.body is not original
            return bool(answer.shown) or more or changed

        if await self.slack.changes.until(sees, self.slack.patience if wait is None else wait) and not answer.shown:
            for message in self.slack.ephemerals.get(self.id, [])[before:]:
                done.show("ephemeral", message=message)
            if done.message is not None and done.message.body is not original:
                done.show("updated", message=done.message)
        return answer

    def _after(self, view: View, answer: Answer, done: Interaction) -> None:
        """Do with a modal what the app answered to its submission."""
        response = answer.response or {}
        try:
            match response.get("response_action"):
                case None:
                    self.stack.remove(view)
                case "clear":
                    self.stack.clear()
                case "errors":
                    view.errors = filling.checked_errors(view, response.get("errors"))
                case "update":
                    self.slack.modals.update(view, checked(response.get("view")))
                    done.show("updated", view=view)
                case "push":
                    done.show("pushed", view=self.slack.modals.push(self.id, checked(response.get("view"))))
                case other:
                    self._trouble(answer, f"there is no response_action {other}")
        except Failure as failure:
            self._trouble(answer, str(failure.body))

    def _trouble(self, answer: Answer, why: str) -> None:
        answer.error = "We had some trouble connecting. Try again?"
        self.slack.complaints.append(f"answer to view_submission: {why}")

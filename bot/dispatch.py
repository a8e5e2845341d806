"""Which declared function answers a call, whether this member may ask for it, and with what arguments."""

from collections.abc import Callable, Sequence

from bot import parsing
from bot.calls import Call, Command, PersonShortcut, Press, Remark, Shortcut, Submit
from bot.context import Afterwards, Asked, Newcomer
from bot.errors import UserError
from bot.feature import Button, Feature, quoted
from bot.feature import Command as CommandOf
from bot.language import t
from bot.members import wording
from bot.people import Role
from bot.views import Reply, message, read_action


class Desk:
    """The declarations of all features, by name."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Gather what the features declare."""
        self.commands = [command for feature in features for command in feature.commands]
        self.buttons = {button.name: button for feature in features for button in feature.buttons}
        self.forms = {form.name: form for feature in features for form in feature.forms}
        self.newcomers = [command for feature in features for command in feature.newcomers]
        self._unasked = {(one.root, one.name) for feature in features if feature.unseen for one in feature.newcomers}
        self.shortcuts = {shortcut.name: shortcut for feature in features for shortcut in feature.shortcuts}
        self.person_shortcuts = {one.name: one for feature in features for one in feature.person_shortcuts}

    def quote(self, call: Call) -> str:
        """Return the text of the message that a call is about, if the entry of its menu quotes it."""
        return quoted(self.shortcuts.values(), call.name, call.text) if isinstance(call, Shortcut) else ""

    def words(self, call: Call) -> set[str]:
        """Return whom the platform is to be asked for before a call is answered: people who may be no members yet."""
        match call:
            case Command():
                return self._named(call)
            case Submit():
                form = self.forms.get(call.action.partition(":")[0])
                return set(form.look_up(call.values, call.files)) if form is not None and form.look_up else set()
        return set()

    def _named(self, call: Command) -> set[str]:
        welcome = self._newcomer(call)
        asks = welcome is not None and (welcome.root, welcome.name) not in self._unasked
        found = {mentioned(call.account.user)} if asks else set()
        try:
            command, typed = parsing.find(self.commands, call.root, call.text)
        except UserError:
            return found
        given = {**typed, **parsing.checked(command.options, call.options)}
        named = [given[option.name] for option in command.options if option.people and option.name in given]
        return found | {word for text in named for word in text.replace(",", " ").split()}

    def _newcomer(self, call: Call) -> CommandOf | None:
        if not isinstance(call, Command):
            return None
        word = parsing.first_word(call.text)[0].lower()
        return next((c for c in self.newcomers if (c.root, c.name) == (call.root, word)), None)

    async def welcome(self, newcomer: Newcomer, call: Call) -> Reply | Afterwards:
        """Run what was declared for somebody who is no member. Raises UserError if there is nothing."""
        match call:
            case Command() if command := self._newcomer(call):
                _, typed = parsing.find(self.newcomers, call.root, call.text)
                return await command.run(newcomer, **typed, **parsing.checked(command.options, call.options))
            case Press() if _welcomes(self.buttons, call.action):
                button, args = _read(self.buttons, call.action)
                return await button.run(newcomer, *args)
            case Submit() if _welcomes(self.forms, call.action):
                form, args = _read(self.forms, call.action)
                return await form.run(newcomer, *args, values=dict(call.values))
        raise UserError(wording.STRANGER)

    async def answer(self, asked: Asked, call: Call) -> Reply | Afterwards:
        """Run the function that was declared for a call.

        Raises UserError if there is none, if the member may not, and for arguments of the wrong kind.
        """
        match call:
            case Command():
                return await self._command(asked, call)
            case Press():
                button, args = _read(self.buttons, call.action)
                _allow(asked, button.who)
                return await button.run(asked, *args)
            case Submit():
                form, args = _read(self.forms, call.action)
                _allow(asked, form.who)
                return await form.run(asked, *args, values=dict(call.values))
            case Shortcut():
                shortcut = self.shortcuts.get(call.name)
                if shortcut is None:
                    raise UserError(wording.OLD_BUTTON)
                _allow(asked, shortcut.who)
                return await shortcut.run(asked)
            case PersonShortcut():
                entry = self.person_shortcuts.get(call.name)
                if entry is None:
                    raise UserError(wording.OLD_BUTTON)
                _allow(asked, entry.who)
                return await entry.run(asked, call.user)
            case Remark():
                return message(t(wording.NOT_READ))

    async def _command(self, asked: Asked, call: Command) -> Reply | Afterwards:
        command, typed = parsing.find(self.commands, call.root, call.text)
        _allow(asked, command.who)
        return await command.run(asked, **typed, **parsing.checked(command.options, call.options))


def mentioned(user: str) -> str:
    """Return how somebody is mentioned in a command."""
    return f"@{user}"


def _welcomes(known: dict[str, Button], action: str) -> bool:
    button = known.get(action.partition(":")[0])
    return button is not None and button.newcomers


def _read(known: dict[str, Button], action: str) -> tuple[Button, list[object]]:
    name, texts = read_action(action)
    button = known.get(name)
    if button is None or len(texts) != len(button.args):
        raise UserError(wording.OLD_BUTTON)
    return button, [_argument(kind, text) for kind, text in zip(button.args, texts, strict=True)]


def _argument(kind: Callable[[str], object], text: str) -> object:
    try:
        return kind(text)
    except ValueError:
        raise UserError(wording.OLD_BUTTON) from None


def _allow(asked: Asked, who: frozenset[Role]) -> None:
    if not who & asked.member.roles:
        raise UserError(wording.OTHERS if who == {Role.COORDINATOR} else wording.NOT_FOR_YOUR_ROLE)

"""How a dialogue test speaks to the bot on any platform: as the people do, over the platform's real wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.calls import Upload


@dataclass(frozen=True, slots=True)
class SeenField:
    """A field of a form as somebody sees it."""

    name: str
    label: str
    value: str
    hint: str
    required: bool
    long: bool
    limit: int
    choices: Mapping[str, str] = field(default_factory=dict)
    file: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class SeenForm:
    """A form as somebody sees it; `action` is what is sent along with it."""

    title: str
    action: str
    submit: str
    fields: tuple[SeenField, ...]

    @property
    def values(self) -> dict[str, str]:
        """What is filled in already, by field name."""
        return {field.name: field.value for field in self.fields}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the bot says, as somebody sees it: a direct message, or a private answer.

    `buttons` and `links` are by label: a button's action, a link's (space, message); `images` and `files` by name: what
    a picture shows in words, what is in a file. An answer may be a `form`,
    or the `errors` of one by field name; an answer in which there is nothing at all was none (`nothing`).
    """

    texts: tuple[str, ...] = ()
    buttons: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    edited: bool = False
    id: str = ""
    images: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    form: SeenForm | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All of it, as one text."""
        return "\n".join(self.texts)

    @property
    def wrong(self) -> str:
        """All that is wrong with a form, wherever it is told: what is wrong with no field stands at some on Slack."""
        return "\n".join(self.errors.values())

    @property
    def nothing(self) -> bool:
        """Whether the bot did not answer, as it doesn't when something is delivered again."""
        return not (self.texts or self.buttons or self.links or self.form or self.errors)


class Rejected(Exception):
    """The platform itself did not do it, and told the person why."""


class Driver(Protocol):
    """Acts for the people of a community. `space` and `message` are the platform's ids, `user` a user id.

    `id` names the delivery; without one it is a fresh one, as for a real click.
    """

    name: str

    async def says(self, user: str, text: str, space: str, reply_to: str | None = None) -> str:
        """Write a message; return its id. Who isn't in the space yet joins it."""
        ...

    async def tells(self, user: str, text: str) -> Seen:
        """Write plain words to the bot alone; return what it answers."""
        ...

    async def edits(self, user: str, message: str, text: str, space: str) -> None:
        """Change a message of one's own."""
        ...

    async def deletes(self, user: str, message: str, space: str) -> None:
        """Delete a message of one's own."""
        ...

    async def reacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Put a reaction under a message."""
        ...

    async def unreacts(self, user: str, message: str, reaction: str, space: str) -> None:
        """Take a reaction away."""
        ...

    async def commands(self, user: str, text: str, *, space: str | None = None, id_: str | None = None) -> Seen:
        """Write a command, such as `/mentor waiting`; return the private answer."""
        ...

    async def presses(self, user: str, button: str, on: Seen | None = None, *, id_: str | None = None) -> Seen:
        """Press the button with this label on a message; without one `button` is an action, maybe forged."""
        ...

    async def submits(
        self,
        user: str,
        form: SeenForm | str,
        values: Mapping[str, str],
        files: Mapping[str, Upload] | None = None,
        *,
        id_: str | None = None,
    ) -> Seen:
        """Send off a form with what was prefilled and `values`; or exactly `values` under an action."""
        ...

    async def shortcut(self, user: str, name: str, space: str, message: str, *, id_: str | None = None) -> Seen:
        """Use an entry of a message's menu, by its declared name."""
        ...

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to a person directly, oldest first."""
        ...

    async def posts(self, user: str, space: str) -> list[Seen]:
        """Return what the bot wrote in a space, as somebody sees it who is in there; oldest first."""
        ...

    async def spaces(self, user: str) -> dict[str, list[str]]:
        """Return who is in each space of somebody's; their conversation with the bot, and what all see, are none."""
        ...

    async def wears(self, user: str) -> list[str]:
        """Return the titles beside somebody's name; where the platform has no place for them, there are none."""
        ...

    async def reads(self, user: str, space: str) -> list[str]:
        """Return the texts of what people wrote in a space, oldest first."""
        ...


def action_of(button: str, on: Seen | None) -> str:
    """Return what a press sends: the action under a label, which must be there, or the given action."""
    if on is None:
        return button
    assert button in on.buttons, f"no button {button!r}, only {sorted(on.buttons)}"
    return on.buttons[button]


def submission(form: SeenForm | str, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return what sending off a form sends: its action and its values."""
    if isinstance(form, str):
        return form, dict(values)
    return form.action, {**form.values, **values}

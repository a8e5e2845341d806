"""What `mentorbot doctor` says of settings, database and programs, to whoever runs the bot."""

from collections.abc import Sequence

from bot.setup.status import Need
from storage.programs import Program, State

MARKS = {True: "✓", False: "✗"}
LINE = "{mark} {name}: {text}"
SKIPPED = "○ Not looked at before what is wrong above is mended: {names}"

SETTINGS = "Settings"
DATABASE = "Database"
PLATFORM = "Platform"
CONTACT = "Contact for worries"
COORDINATORS = "Coordinators"
PROGRAM = "State of the program"
EVERYTHING_ELSE = "everything else"

SETTINGS_FINE = "They can be read."
DATABASE_FINE = "It opens, its tables are up to date, and it can be written to."
PLAYGROUND = (
    "No token is given, so mentorbot runs the playground, a page on this machine. docs/slack.md and docs/discord.md "
    "tell how it comes into Slack and Discord."
)
NO_PLATFORM = (
    "No token is given, and the playground is switched off. Give both tokens of Slack (docs/slack.md) or that of "
    "Discord (docs/discord.md), or write enabled = true below [playground] in config.toml."
)

PAIR = "{mentor} and {mentee}"

NO_CONTACT = (
    "{program} has none. A coordinator names a member with /mentor-admin contact @name, or an address with "
    "/mentor-admin contact help@example.org."
)
MEMBER_UNPROVEN = (
    "{program} has one, who hasn't answered yet. Ask them to press the button in mentorbot's message to them, or name "
    "somebody else with /mentor-admin contact."
)
ADDRESS_UNPROVEN = (
    "{program} has an address, but nobody has shown that somebody reads there. Send the code to it and type it in when "
    "it comes back: /mentor-admin contact CODE. A new code comes with /mentor-admin contact and the address."
)
CONTACT_FINE = "The one of {program} has answered."

NO_COORDINATOR = (
    "{program} has none yet. In the chat write /mentor-admin setup: who manages the workspace needs no more; anybody "
    "else adds the code that mentorbot prints when it starts."
)
_ONE = "{program} has one."
_SEVERAL = "{program} has {number}."

_NOT_STARTED = "{program} hasn't been started yet, so members get nothing."
_STOPPED = "{program} is stopped, so members get nothing."
_SHADOW = "{program} is being tried out, so members get nothing."
_RUNNING = "{program} is running."
_PRESS_START = " A coordinator starts it with the button Start in /mentor-admin setup."
_WAITS_FOR = " Start, in /mentor-admin setup, waits for: {needs}."
_NEEDS = {
    Need.PEOPLE: "at least one mentor and one mentee",
    Need.PAIRINGS: "at least one pairing",
    Need.CONTACT: "a contact for worries who has answered",
    Need.REPORTS: "two responders with a key and an outside contact, for private reports (/mentor-admin reports)",
}


def coordinators(program: str, number: int) -> str:
    """Say how many coordinators there are."""
    return (_ONE if number == 1 else _SEVERAL).format(program=program, number=number)


def state(program: Program, missing: Sequence[Need]) -> str:
    """Say in which state a program is, and what leads on from there."""
    if program.state is State.RUNNING:
        return _RUNNING.format(program=program.name)
    before = _NOT_STARTED if program.since is None else _STOPPED
    now = (_SHADOW if program.state is State.SHADOW else before).format(program=program.name)
    needs = ", ".join(_NEEDS[need] for need in missing)
    return now + (_WAITS_FOR.format(needs=needs) if needs else _PRESS_START)

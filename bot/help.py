"""/mentor help: made from what the features declare."""

from collections.abc import Sequence

from bot.context import Asked
from bot.feature import ADMIN_ROOT, ROOT, Command, Feature
from bot.language import later, t
from bot.people import COORDINATORS, EVERYONE, PAIRED
from bot.views import Actions, Block, Heading, Message, Note, Text
from bot.wording import worry

SEES = later(
    "In a mentoring conversation I see who writes when, and never keep what is written. "
    "I can't see direct messages between two people."
)


def make(features: Sequence[Feature]) -> Feature:
    """Return the feature that explains the others."""
    feature = Feature("help")

    @feature.command("help", "See what I can do", who=EVERYONE)
    async def help_(asked: Asked) -> Message:
        every = [shortcut for one in features for shortcut in one.shortcuts]
        entries = [shortcut.label for shortcut in every if shortcut.who & asked.member.roles]
        listed = t("In the menu of a message that you wrote: {entries}", entries=" · ".join(map(t, entries)))
        menu = [Text(listed)] if entries else []
        admin = [Text(t("For coordinators: /mentor-admin help"))] if COORDINATORS & asked.member.roles else []
        mine = _commands([*features, feature], ROOT, asked)
        return _list(
            mine, t("I help mentors and mentees stay in touch."), [*menu, *admin, Actions((worry(),))], _begin(asked)
        )

    @feature.command("help", "See what coordinators can do", who=COORDINATORS)
    async def admin_help(asked: Asked) -> Message:
        return _list(_commands([*features, feature], ADMIN_ROOT, asked), t("For coordinators:"))

    return feature


def _begin(asked: Asked) -> list[Text]:
    """Say to whoever is a side of pairings what they will use most."""
    if not PAIRED & asked.member.roles:
        return []
    return [Text(t("To begin with: /mentor goals for what you'd like to reach, /mentor sessions for a time to meet."))]


def _commands(features: Sequence[Feature], root: str, asked: Asked) -> list[Command]:
    every = [command for feature in features for command in feature.commands]
    return [command for command in every if command.root == root and command.who & asked.member.roles]


def _list(commands: Sequence[Command], opening: str, more: Sequence[Block] = (), first: Sequence[Text] = ()) -> Message:
    return Message((Heading(opening), *first, *map(_line, commands), *more, Note(t(SEES))))


def _line(command: Command) -> Text:
    return Text(t("{command}: {help}", command=f"/{command.root} {command.name}", help=t(command.help)))

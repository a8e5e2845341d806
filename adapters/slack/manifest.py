"""The app manifest: what somebody pastes into Slack to make the app, with what is used and nothing more.

What the bot calls and listens to stands in two tables here; scopes, events and what `mentorbot doctor` looks for come
from them. Slack names several scopes of which one is enough: where there is a choice, it is the one for private
channels and for conversations with the bot. Only what was announced is looked for in public ones as well.
"""

from collections.abc import Iterable, Sequence

from adapters.slack import limits
from adapters.slack.text import Json
from bot.feature import ADMIN_ROOT, ROOT, Command, Feature, Shortcut

NAME = "mentorbot"
COLOR = "#2c5e50"
DESCRIPTION = "Helps mentors and mentees stay in touch, kindly and at hours that suit them."
LONG_DESCRIPTION = (
    "mentorbot notices a message in a mentoring conversation that waits for an answer, and reminds whoever can give "
    "it: kindly, at hours that suit them, at most once a day. It sees who writes when, and never keeps what people "
    "write. Coordinators run it with slash commands; what they ask for, and what members choose, is answered to them "
    "alone."
)
ROOTS = {
    ROOT: "See what waits for you, and choose how you are reminded",
    ADMIN_ROOT: "For coordinators: people, pairings and settings of the program",
}
OTHERWISE = "What the bot can do for you"  # for a root that nobody has described
ON_A_MESSAGE = "For a message that you wrote in a mentoring conversation"

# Each method of the Web API that the bot calls, and the scopes that the bot needs for it.
METHODS_USED: dict[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # by the app-level token, which has connections:write
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.archive": ("groups:write",),
    "conversations.create": ("groups:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("groups:read",),
    "conversations.invite": ("groups:write",),
    "conversations.open": ("im:write",),
    "conversations.replies": ("groups:history",),
    "conversations.setTopic": ("groups:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "users.conversations": ("groups:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read", "users:read.email"),
    "views.open": (),
    "views.push": (),
    "views.update": (),
}

# Each event that the bot is told of and handles, and the scopes without which Slack doesn't tell it.
EVENTS_USED: dict[str, tuple[str, ...]] = {
    "app_uninstalled": (),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "tokens_revoked": (),
}

# What is declared in the manifest itself needs this one.
COMMANDS_SCOPE = "commands"


def scopes() -> list[str]:
    """Return the scopes that the bot's token needs."""
    tables = (*METHODS_USED.values(), *EVENTS_USED.values())
    return sorted({COMMANDS_SCOPE, *(scope for needed in tables for scope in needed)})


def events() -> list[str]:
    """Return the events that the bot is told of."""
    return sorted(EVENTS_USED)


def manifest(features: Sequence[Feature]) -> Json:
    """Return the manifest of an app that can do what `features` declare."""
    commands = [command for feature in features for command in feature.commands]
    shortcuts = [shortcut for feature in features for shortcut in feature.shortcuts]
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": COLOR,
        },
        "features": {
            # Not read-only: slash commands are typed there, too.
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [_command(root, commands) for root in sorted({command.root for command in commands})],
            **({"shortcuts": list(map(_shortcut, shortcuts))} if shortcuts else {}),
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {"bot_events": events()},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _command(root: str, commands: Iterable[Command]) -> Json:
    names = [command.name for command in commands if command.root == root]
    return {
        "command": f"/{root}",
        "description": ROOTS.get(root, OTHERWISE),
        "usage_hint": _hint(names),
        # People who are mentioned come with their ids, whatever they are called.
        "should_escape": True,
    }


def _hint(names: Sequence[str]) -> str:
    """List what can be typed: help first, as many others as there is room for."""
    ordered = sorted(names, key=lambda name: (name != "help", name))
    return " | ".join(ordered)[: limits.USAGE_HINT].rstrip(" |")


def _shortcut(shortcut: Shortcut) -> Json:
    return {
        "name": shortcut.label[: limits.SHORTCUT],
        "type": "message",
        "callback_id": shortcut.name,
        "description": ON_A_MESSAGE,
    }

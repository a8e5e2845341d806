"""What `mentorbot doctor` says of Slack, to whoever runs the bot: never a token, or a part of one."""

from datetime import timedelta

from bot import durations

CLOCK = "Clock"
BOT_TOKEN = "First token (SLACK_BOT_TOKEN)"  # noqa: S105 - its name
APP_TOKEN = "Second token (SLACK_APP_TOKEN)"  # noqa: S105
PERMISSIONS = "Permissions"
EVENTS = "Events"
WORKSPACE = "Workspace"
CHANNELS = "Pairs' channels"

BOT_KIND = "xoxb-"
APP_KIND = "xapp-"
NEEDED_FOR_CHANNELS = "groups:read"

CLOCK_FINE = "This computer's and Slack's are the same, give or take a minute."
_WRONG_CLOCK = (
    "This computer's is {length} {way} Slack's, so reminders would come at the wrong time. Let the computer set its "
    "clock by itself (Linux: timedatectl set-ntp true; macOS: System Settings, General, Date & Time)."
)
_AHEAD, _BEHIND = "ahead of", "behind"

ACCEPTED = "Slack accepts it."
_WHERE_BOT = (
    'Copy the Bot User OAuth Token, which begins with xoxb-, from the page "Install App" of the app into the file '
    ".env, and start mentorbot again (docs/slack.md, steps 3 and 5)."
)
_WHERE_APP = (
    'Copy the App-Level Token, which begins with xapp-, from "Basic Information" of the app into the file .env, and '
    "start mentorbot again (docs/slack.md, steps 4 and 5)."
)
_MISSING = "It is missing. {where}"
_MIXED_UP = "The other token stands in its place. {where}"
_PERSONS = "It is a person's token, not the bot's. {where}"
_ROTATING = (
    'It is one that ends after some hours. Print the manifest again and paste it under "App Manifest" in the place of '
    "the old one, then install the app again. {where}"
)
_NO_SUCH_KIND = "What stands there isn't such a token, or not from its beginning. {where}"
_UNKNOWN = "Slack doesn't know it: it wasn't copied whole, or was revoked. {where}"
_REVOKED = (
    'Slack no longer accepts it: the app was taken out of the workspace, or the token revoked. On the page "Install '
    'App" install it again. {where}'
)
_REFUSED = "Slack refuses it ({code}). {where}"
_NO_CONNECTIONS = (
    'It lacks the permission connections:write. Under "Basic Information", "App-Level Tokens" delete it and make '
    "another one with that scope. {where}"
)
_NO_SOCKET_MODE = (
    'The app may not connect by itself. In the page of the app, under "Socket Mode", switch on "Enable Socket Mode".'
)
PERSONS = _PERSONS.format(where=_WHERE_BOT)
OTHER_APP = (
    "The two tokens belong to two different apps, so the bot would speak and hear nothing. Take both from the same "
    "app (docs/slack.md, steps 3 to 5)."
)
UNREACHED = "Slack can't be reached at {address} ({why}). Is this computer connected to the internet?"
BROKEN = "Slack has a trouble of its own just now ({status}). Try again in some minutes; slack-status.com tells more."
BUSY = "Slack asks for a pause. Try again in a minute or two."

_MANIFEST = (
    'Print the manifest again (mentorbot slack manifest), paste it under "App Manifest" in the page of the app in the '
    "place of the old one, Save Changes, and install the app again"
)
ALL_SCOPES = "The app has all {number} that it needs."
LACKING = f"The app lacks {{scopes}}. {_MANIFEST}."
DEAF = f"Without those permissions Slack doesn't tell the bot of {{events}}. {_MANIFEST}: that mends both."
OLD_MANIFEST = f"As the app's manifest is an old one, some may be missing too. {_MANIFEST}: that mends both."
EVENTS_FINE = (
    "Nothing speaks against them, but Slack doesn't tell which ones the app gets. If the bot doesn't notice messages, "
    "paste the manifest anew (docs/slack.md, Later on)."
)

WORKSPACE_FINE = "{workspace} is that of the program {program}."
NEVER_STARTED = "In {workspace} mentorbot hasn't been started yet. Start it: make run."
OTHER_WORKSPACE = (
    "The tokens are for {workspace}, but the database has another workspace's program ({programs}). Put the tokens of "
    "the app in that workspace into the file .env; or, to begin anew in {workspace}, start mentorbot with a database "
    "of its own ([storage] url in config.toml)."
)

_NO_CHANNEL = "No pair has one yet."
_ONE_CHANNEL = "The bot is in it, and it is open (1 channel)."
_ALL_CHANNELS = "The bot is in all of them, and they are open ({number} channels)."
ARCHIVED = (
    "The one of {pair} is archived, so nothing is noticed there. Unarchive it in Slack, or let a coordinator end the "
    "pairing with /mentor-admin pairing."
)
NOT_IN_IT = (
    "The bot isn't in the one of {pair}, or it was deleted. Ask one of the two to write there: /invite @mentorbot"
)
PUBLIC = (
    "The one of {pair} is a public channel, in which the bot hears nothing. In Slack's settings of the channel make it "
    "private."
)
CHANNEL_UNKNOWN = "Slack doesn't say how the one of {pair} is just now. Try again in a minute or two."
MORE = "The bot isn't in {number} more, or they are archived. Mend those above, then ask again."
ELSEWHERE = (
    "{number} of them are in another workspace, where the bot with these tokens isn't. Let a coordinator end those "
    "pairings, or take the tokens of that workspace."
)
_REFUSED_TO_SAY = "Slack doesn't say in which channels the bot is ({code}). Try again in a minute or two."


def wrong_clock(ahead: timedelta) -> str:
    """Say by how much this machine's clock is wrong, in whole minutes."""
    length = durations.say(timedelta(minutes=round(abs(ahead) / timedelta(minutes=1))))
    return _WRONG_CLOCK.format(length=length, way=_AHEAD if ahead > timedelta(0) else _BEHIND)


def no_bot_token(given: str) -> str:
    """Say what stands in the place of the bot's token."""
    kinds = {APP_KIND: _MIXED_UP, "xoxp-": _PERSONS, "xoxe": _ROTATING}
    return _of_kind(given, kinds).format(where=_WHERE_BOT)


def no_app_token(given: str) -> str:
    """Say what stands in the place of the app's token."""
    return _of_kind(given, {BOT_KIND: _MIXED_UP}).format(where=_WHERE_APP)


def _of_kind(given: str, kinds: dict[str, str]) -> str:
    if not given:
        return _MISSING
    return next((text for kind, text in kinds.items() if given.startswith(kind)), _NO_SUCH_KIND)


def bot_refused(code: str) -> str:
    """Say why Slack doesn't accept the bot's token."""
    gone = {"account_inactive", "token_revoked", "token_expired"}
    known = {"invalid_auth": _UNKNOWN, "not_authed": _UNKNOWN, **dict.fromkeys(gone, _REVOKED)}
    return known.get(code, _REFUSED).format(where=_WHERE_BOT, code=code)


def app_refused(code: str) -> str:
    """Say why Slack doesn't accept the app's token."""
    known = {
        "invalid_auth": _UNKNOWN,
        "missing_scope": _NO_CONNECTIONS,
        "socket_mode_not_enabled": _NO_SOCKET_MODE,
    }
    return known.get(code, _REFUSED).format(where=_WHERE_APP, code=code)


def refused(code: str) -> str:
    """Say that Slack doesn't tell where the bot is."""
    return _REFUSED_TO_SAY.format(code=code)


def in_all(number: int) -> str:
    """Say that the bot is wherever it has to be."""
    if not number:
        return _NO_CHANNEL
    return (_ONE_CHANNEL if number == 1 else _ALL_CHANNELS).format(number=number)

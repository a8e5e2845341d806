"""All that the stand-in knows, in one place."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from tests.stand_ins.changes import Changes
from tests.stand_ins.slack.app import App
from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.events import Events
from tests.stand_ins.slack.faults import Faults
from tests.stand_ins.slack.interactions import Interactions
from tests.stand_ins.slack.modals import Modals
from tests.stand_ins.slack.recording import Request
from tests.stand_ins.slack.sockets import Sockets
from tests.stand_ins.slack.workspace import SLACKBOT, Message, User, Workspace


@dataclass
class File:
    """A file; `content` is None until it was uploaded, `shared` are the conversations where it is seen."""

    id: str
    name: str
    user: str
    created: int
    length: int = 0
    title: str = ""
    text: str = ""
    content: bytes | None = None
    complete: bool = False
    shared: list[str] = field(default_factory=list)
    upload: str = field(default_factory=lambda: uuid4().hex)

    @property
    def type(self) -> str:
        """Its MIME type, by its name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class State:
    """A workspace with one app in it."""

    def __init__(
        self, manifest: Json, now: Callable[[], datetime], *, ack_within: float, again: tuple[float, ...]
    ) -> None:
        """Install the app; nobody else is there yet."""
        self.address = ""
        self.now = now
        self.changes = Changes()
        self.app = App.from_manifest(manifest)
        self.workspace = Workspace(now)
        self.sockets = Sockets(self.changes, ack_within=ack_within, again=again)
        self.events = Events(self.app, self.workspace, self.sockets)
        self.interactions = Interactions(now)
        self.modals = Modals(self.workspace)
        self.faults = Faults()
        self.requests: list[Request] = []
        self.files: dict[str, File] = {}
        self.ephemerals: dict[str, list[Message]] = {}
        self.complaints: list[str] = []  # what the app did wrong where Slack would have only shown it to a person
        bot = self.app.bot_user
        self.workspace.users[bot] = User(bot, self.app.name.lower(), self.app.name, is_bot=True)
        # Slack says itself that Slackbot is no bot.
        self.workspace.users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot")

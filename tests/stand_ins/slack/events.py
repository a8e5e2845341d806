"""What the app is told of what happens: by its subscriptions, its scopes and where its bot is."""

from dataclasses import dataclass
from uuid import uuid4

from tests.stand_ins.slack.app import App
from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.sockets import Envelope, Sockets
from tests.stand_ins.slack.workspace import Channel, Workspace

PLURAL = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
SCOPES: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_created": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "group_left": ("groups:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_deleted": ("groups:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "file_shared": ("files:read",),
}
BY_KIND = ("member_joined_channel", "member_left_channel")
# Public channels are everybody's: these are told also of those that the bot isn't in.
PUBLIC = ("channel_created", "channel_archive", "channel_unarchive", "channel_rename", "channel_deleted")


@dataclass
class Events:
    """Turns what happens into `event_callback`s."""

    app: App
    workspace: Workspace
    sockets: Sockets

    def tell(self, event: Json, channel: Channel | None = None, *, parting: bool = False) -> Envelope | None:
        """Tell the app of an event, if it is to know; `parting` if it concerns the bot's own leaving."""
        event = {**event, "event_ts": event.get("event_ts") or self.workspace.new_ts()}
        if not self._subscribed(event, channel) or not (parting or self._sees(event, channel)):
            return None
        return self.sockets.deliver("events_api", self.callback(event))

    def _subscribed(self, event: Json, channel: Channel | None) -> bool:
        kind = event["type"]
        if self.app.revoked and kind not in ("app_uninstalled", "tokens_revoked"):
            return False
        if kind == "message" and channel is not None:
            family = PLURAL[channel.kind]
            return f"message.{family}" in self.app.events and f"{family}:history" in self.app.scopes
        needed = SCOPES.get(kind, ())
        if kind in BY_KIND and channel is not None:
            needed = (f"{PLURAL[channel.kind]}:read",)
        return kind in self.app.events and (not needed or bool(self.app.scopes & set(needed)))

    def _sees(self, event: Json, channel: Channel | None) -> bool:
        if channel is None or self.app.bot_user in channel.members:
            return True
        return channel.kind == "channel" and event["type"] in PUBLIC

    def callback(self, event: Json, team: str = "") -> Json:
        """Return what tells of an event, of another team if one is named."""
        team = team or self.workspace.team
        bot = {"enterprise_id": None, "team_id": team, "user_id": self.app.bot_user, "is_bot": True}
        return {
            "token": "stand-in",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": self.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{uuid4().hex[:9].upper()}",
            "event_time": self.workspace.seconds(),
            "authorizations": [{**bot, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": f"4-{uuid4().hex}",
        }

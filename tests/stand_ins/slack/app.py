"""The app as it was set up from its manifest: tokens, scopes, subscriptions, commands, shortcuts."""

from dataclasses import dataclass, field

from tests.stand_ins.slack.errors import Json


@dataclass
class App:
    """An app that is installed in the workspace. Take scopes away, or revoke a token, by changing it."""

    id: str = "A00000001"
    name: str = "app"
    bot_id: str = "B00000001"
    bot_user: str = "U00000BOT"
    bot_token: str = "xoxb-1-1-stand-in"
    app_token: str = "xapp-1-A00000001-1-stand-in"
    scopes: set[str] = field(default_factory=set)
    app_scopes: set[str] = field(default_factory=lambda: {"connections:write"})
    events: set[str] = field(default_factory=set)
    commands: dict[str, Json] = field(default_factory=dict)
    shortcuts: dict[str, Json] = field(default_factory=dict)
    messages_tab: bool = True
    read_only: bool = False
    home_tab: bool = False
    socket_mode: bool = True
    interactive: bool = True
    revoked: str = ""  # why the bot's token is good for nothing: token_revoked, account_inactive

    @classmethod
    def from_manifest(cls, manifest: Json) -> "App":
        """Install an app as its manifest says."""
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        home = features.get("app_home", {})
        return cls(
            name=manifest["display_information"]["name"],
            scopes=set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=set(settings.get("event_subscriptions", {}).get("bot_events", ())),
            commands={row["command"]: row for row in features.get("slash_commands", ())},
            shortcuts={row["callback_id"]: row for row in features.get("shortcuts", ())},
            messages_tab=home.get("messages_tab_enabled", True),
            read_only=home.get("messages_tab_read_only_enabled", True) and "app_home" in features,
            home_tab=home.get("home_tab_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
            interactive=settings.get("interactivity", {}).get("is_enabled", False),
        )

    @property
    def profile(self) -> Json:
        """The bot as it is shown beside its messages."""
        return {"id": self.bot_id, "app_id": self.id, "name": self.name, "deleted": False, "updated": 0, "icons": {}}

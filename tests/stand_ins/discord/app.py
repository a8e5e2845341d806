"""The app: its bot user, its token, what its owner switched on for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.stand_ins.discord.errors import Json

MEMBERS, PRESENCES, CONTENT = 1 << 1, 1 << 8, 1 << 15
PRIVILEGED = {"members": MEMBERS, "presences": PRESENCES, "content": CONTENT}
FLAGS = {"members": 1 << 15, "presences": 1 << 13, "content": 1 << 19}  # as for an app in few servers


@dataclass
class App:
    """An app with a bot; `privileged` are the intents that are switched on for it: members, presences, content."""

    id: str
    name: str
    token: str
    privileged: set[str] = field(default_factory=set)
    commands: dict[str | None, list[Json]] = field(default_factory=lambda: {None: []})  # by server; None: everywhere

    @property
    def bot(self) -> str:
        """The bot's user id, which is the app's."""
        return self.id

    @property
    def flags(self) -> int:
        """What the app may, as Discord shows it."""
        return sum(FLAGS[name] for name in self.privileged)

    def forbidden(self, intents: int) -> Iterable[str]:
        """Return the privileged intents among these that aren't switched on."""
        return [name for name, bit in PRIVILEGED.items() if intents & bit and name not in self.privileged]

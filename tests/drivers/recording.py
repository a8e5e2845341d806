"""A core that writes down what it is told and answers as it was told to: a fake of an adapter's own port."""

from collections.abc import Collection, Mapping, Sequence

from bot.calls import Call, Observation
from bot.feature import Feature
from bot.unseen import Unseen
from bot.views import Reply, message


class RecordingCore:
    """Stands in for the bot: `calls` and `observed` in the order in which they came."""

    def __init__(self, *features: Feature) -> None:
        """Show these features in menus."""
        self.features: Sequence[Feature] = features
        self.unseen = Unseen(features)
        self.calls: list[Call] = []
        self.observed: list[Observation] = []
        self.answers: dict[str, Reply] = {}
        self.otherwise: Reply | None = message("Noted.")
        self.fault: Exception | None = None
        self.known: Mapping[str, Collection[str]] = {
            "amara": ["mentor"],
            "lena": ["mentee"],
            "noor": ["mentee"],
            "rosa": ["coordinator"],
        }

    async def handle(self, call: Call) -> Reply | None:
        """Answer by what was typed or pressed; what was seen before gets no answer."""
        if self.fault is not None:
            raise self.fault
        seen_before = call.id in [other.id for other in self.calls]
        self.calls.append(call)
        if seen_before:
            return None
        asked = getattr(call, "action", "") or getattr(call, "text", "") or getattr(call, "name", "")
        return self.answers.get(asked, self.otherwise)

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Know what the sample community's people are."""
        return self.known

    async def note(self, batch: Sequence[Observation]) -> None:
        """Take note."""
        await self.ingest(batch)

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Take in."""
        if self.fault is not None:
            raise self.fault
        self.observed += batch

"""What a person does with the app and sees in return."""

from collections.abc import Callable
from datetime import datetime

from tests.stand_ins.discord.community import File, Snowflakes


class Interactions:
    """All of them."""

    def __init__(self, now: Callable[[], datetime], ids: Snowflakes) -> None:
        """Begin without any."""
        self._now = now
        self._ids = ids
        self.uploads: dict[str, File] = {}

"""Every request, as it came; and whether it is one that Discord describes."""

from dataclasses import dataclass, field
from typing import Any

from tests.stand_ins.discord.errors import Json


@dataclass
class Request:
    """A call of the REST interface, with its answer; `route` is as Discord describes it, or the path if it is none.

    `files` are the names of those that were sent along.
    """

    method: str
    route: str
    path: str
    body: Any = None
    query: dict[str, str] = field(default_factory=dict)
    kind: str = ""  # of its body: application/json, multipart/form-data, ""
    token: bool = False  # in the header
    files: tuple[str, ...] = ()
    status: int = 0
    answer: Json | list[Any] | None = None

    @property
    def name(self) -> str:
        """The method and the route."""
        return f"{self.method} {self.route}"

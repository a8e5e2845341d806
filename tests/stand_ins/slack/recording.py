"""Every request, as it came; and whether it is one that Slack describes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stand_ins.slack.errors import Json

WIRE = Path(__file__).parents[4] / "shared" / "wire" / "slack-methods.json"
ALWAYS = {"token", "team_id"}
RESPONSE = {
    *("text", "blocks", "attachments", "response_type", "replace_original", "delete_original"),
    *("thread_ts", "unfurl_links", "unfurl_media", "metadata"),
}


@dataclass
class Request:
    """A call of the Web API, with its answer; `scopes` are those that the token had.

    `method` is `response_url` for what is sent to one, and `upload` for a file's content.
    """

    method: str
    arguments: Json
    kind: str  # of its body: application/json, application/x-www-form-urlencoded, ""
    token: bool  # in the header
    scopes: frozenset[str] = frozenset()
    status: int = 0
    answer: Json | None = None

    @property
    def ok(self) -> bool:
        """Whether Slack did it."""
        return bool(self.answer and self.answer.get("ok"))


def described(path: Path = WIRE) -> dict[str, Any] | None:
    """Return Slack's own description of its methods, where it is there."""
    if not path.exists():
        return None
    methods: dict[str, Any] = json.loads(path.read_text())["methods"]
    return methods


def check_against_wire(requests: Iterable[Request], path: Path = WIRE) -> list[str]:
    """Return what is wrong with requests by Slack's description: nothing, if all is well.

    Raises FileNotFoundError where the description isn't there; ask `described` first, and skip the test.
    """
    methods = described(path)
    if methods is None:
        raise FileNotFoundError(path)
    return [
        f"{request.method}: {wrong}" for request in requests for wrong in _wrong(request, methods.get(request.method))
    ]


def _wrong(request: Request, method: Json | None) -> list[str]:
    if request.method == "upload":
        return []
    if request.method == "response_url":
        return [f"it has no field {name}" for name in sorted(set(request.arguments) - RESPONSE)]
    if method is None:
        return ["there is no such method"]
    given = set(request.arguments)
    unknown = given - set(method["args"]) - ALWAYS
    missing = set(method["required"]) - given - ({"token"} if request.token else set())
    found = [f"it has no argument {name}" for name in sorted(unknown)]
    found += [f"it needs the argument {name}" for name in sorted(missing)]
    if request.kind == "application/json" and not method["json"]:
        found.append("it takes no JSON")
    needed = set(method["scope"].get("bot", ()))
    if needed and request.token and not needed & request.scopes:
        found.append(f"it needs one of the scopes {', '.join(sorted(needed))}")
    return found

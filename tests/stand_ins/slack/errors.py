"""What goes wrong for the bot."""

from typing import Any

Json = dict[str, Any]


class Failure(Exception):
    """An answer with `ok: false`: Slack's code for it, and what else stands in the answer."""

    def __init__(self, code: str, **more: object) -> None:
        """Answer with `code`."""
        super().__init__(code)
        self.code = code
        self.more = more

    @property
    def body(self) -> Json:
        """The answer."""
        return {"ok": False, "error": self.code, **self.more}


def invalid_arguments(*messages: str) -> Failure:
    """Return the failure that says which arguments are wrong."""
    marked = [f"[ERROR] {message}" for message in messages]
    return Failure("invalid_arguments", response_metadata={"messages": marked})

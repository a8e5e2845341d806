"""What goes wrong for the bot."""

from typing import Any

Json = dict[str, Any]

UNKNOWN = {
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "Overwrite": 10009,
    "Role": 10011,
    "User": 10013,
    "Emoji": 10014,
    "Webhook": 10015,
    "Ban": 10026,
    "interaction": 10062,
    "application command": 10063,
}


class Failure(Exception):
    """An answer with an HTTP status, one of Discord's codes, its text, and errors by field if a body was wrong."""

    def __init__(self, status: int, code: int, text: str, errors: Json | None = None) -> None:
        """Answer so."""
        super().__init__(f"{status} {code} {text} {errors or ''}".strip())
        self.status = status
        self.code = code
        self.text = text
        self.errors = errors

    @property
    def body(self) -> Json:
        """The answer."""
        more = {"errors": self.errors} if self.errors else {}
        return {"message": self.text, **more, "code": self.code}


def unknown(what: str) -> Failure:
    """Return the failure that there is no such thing."""
    return Failure(404, UNKNOWN[what], f"Unknown {what}")


def missing_access() -> Failure:
    """Return the failure that something can't be seen."""
    return Failure(403, 50001, "Missing Access")


def missing_permissions() -> Failure:
    """Return the failure that something can be seen, but isn't allowed."""
    return Failure(403, 50013, "Missing Permissions")


def wrong(path: str, code: str, text: str) -> Failure:
    """Return the failure that a field of the body is wrong; its `path` is like `components.0.label`."""
    errors: Json = {"_errors": [{"code": code, "message": text}]}
    for part in reversed(path.split(".")):
        errors = {part: errors}
    return Failure(400, 50035, "Invalid Form Body", errors)


def too_long(path: str, most: int) -> Failure:
    """Return the failure that a text has too many characters."""
    return wrong(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def bad_length(path: str, least: int, most: int) -> Failure:
    """Return the failure that a text or a list has too much or too little in it."""
    return wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def required(path: str) -> Failure:
    """Return the failure that a field isn't there."""
    return wrong(path, "BASE_TYPE_REQUIRED", "This field is required")

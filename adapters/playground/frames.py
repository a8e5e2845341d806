"""Frames from the page, checked: whatever comes in may be garbage or forged. Every error is a UserError."""

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from adapters.playground import limits
from bot.calls import Upload
from bot.errors import UserError

_WORD = re.compile(rf"[^\s\x00-\x1f\x7f]{{1,{limits.ID}}}")
# What no keyboard writes and no database takes: most control characters, and halves of characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BROKEN = "The page sent something that can't be read. Please reload the page."


class Frame:
    """What the page sent: one thing that somebody did."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Take a frame's content. `id` names this delivery."""
        self._content = content
        self.id = self.word("id")

    def word(self, key: str, default: str | None = None, *, pattern: re.Pattern[str] = _WORD) -> str:
        """Return a value without blanks, such as a channel."""
        value = self._content.get(key)
        if value in (None, "") and default is not None:
            return default
        if not isinstance(value, str) or not pattern.fullmatch(value) or _UNWRITABLE.search(value):
            raise UserError(_BROKEN)
        return value

    def text(self, key: str) -> str:
        """Return what somebody wrote, or an action."""
        text = _checked(self._content.get(key)).strip()
        if not text:
            raise UserError("There is nothing written yet.")
        return text

    def values(self, key: str) -> dict[str, str]:
        """Return what was filled in, by the fields' names."""
        values = self._content.get(key)
        if not isinstance(values, dict) or len(values) > limits.FIELDS:
            raise UserError(_BROKEN)
        return {name: _checked(value) for name, value in values.items()}

    def files(self, key: str) -> dict[str, Upload]:
        """Return the files that were added, by the fields' names."""
        files = self._content.get(key, {})
        if not isinstance(files, dict) or len(files) > limits.FIELDS:
            raise UserError(_BROKEN)
        return {name: _upload(file) for name, file in files.items()}

    def number(self, key: str, largest: float) -> float:
        """Return a number above 0."""
        value = self._content.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UserError(_BROKEN)
        if not 0 < value <= largest:  # which NaN isn't either
            raise UserError(f"This should be more than 0 and at most {largest:g}.")
        return value


def _checked(text: object) -> str:
    if not isinstance(text, str):
        raise UserError(_BROKEN)
    if len(text) > limits.TEXT:
        raise UserError(f"This has {len(text):,} characters; there is room for {limits.TEXT:,}. Please shorten it.")
    if _UNWRITABLE.search(text):
        raise UserError("There is a character in it that can't be sent. Please take it out.")
    return text


def _upload(file: object) -> Upload:
    if not isinstance(file, dict) or not isinstance(file.get("content"), str):
        raise UserError(_BROKEN)
    try:
        content = b64decode(file["content"], validate=True)
    except ValueError:
        raise UserError(_BROKEN) from None
    if len(content) > limits.FILE:
        raise UserError(f"This file has {len(content):,} bytes; there is room for {limits.FILE:,}.")
    return Upload(_checked(file.get("name"))[: limits.ID], content)


def content(text: str) -> Mapping[str, Any]:
    """Read a frame's JSON. Raises UserError if it isn't an object."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError(_BROKEN) from None
    if not isinstance(read, dict):
        raise UserError(_BROKEN)
    return read


def id_of(read: Mapping[str, Any]) -> str | None:
    """Return a frame's id as far as it has one, for the answer."""
    id_ = read.get("id")
    return id_ if isinstance(id_, str) and len(id_) <= limits.ID else None

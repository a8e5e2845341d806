"""JSON that may hold anything: each value is looked at before it is believed."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from bot.errors import UserError

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
KINDS = {dict: "a group", list: "a list", str: "a text", bool: "a yes or no", type(None): "nothing"}
JOINERS = "\u200c\u200d"  # some scripts can't be written without them


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a JSON file; `where` names the file and the place in it.

    A key that is missing, null or an empty text is nothing. Every method raises UserError for a value of
    another type.
    """

    values: dict[str, object]
    where: str

    def text(self, key: str) -> str:
        """Return a text, "" for nothing."""
        value = self.values.get(key)
        if value is None:
            return ""
        return value if isinstance(value, str) else self.wrong(key, "a text", value)

    def id(self, key: str) -> str:
        """Return one of Slack's ids, "" for nothing."""
        return self._as_id(key, self.text(key))

    def ids(self, key: str) -> list[str]:
        """Return a list of ids."""
        return [self._as_id(key, self._as_text(key, value)) for value in self._list(key) if value]

    def flag(self, key: str) -> bool:
        """Return a yes or no; nothing is no."""
        value = self.values.get(key)
        if value is None:
            return False
        return value if isinstance(value, bool) else self.wrong(key, "true or false", value)

    def record(self, key: str) -> "Record":
        """Return an object inside this one, an empty one for nothing."""
        value = self.values.get(key)
        if value is None:
            return Record({}, self.where)
        return Record(value, f"{self.where}, {key}") if isinstance(value, dict) else self.wrong(key, "a group", value)

    def records(self, key: str) -> list["Record"]:
        """Return a list of objects."""
        return [
            Record(value, f"{self.where}, {key}")
            if isinstance(value, dict)
            else self.wrong(key, "a list of groups", value)
            for value in self._list(key)
        ]

    def wrong(self, key: str, right: str, value: object) -> NoReturn:
        """Refuse a value. What it is stands in the error, not what it says: it may be somebody's message."""
        raise UserError(f"{self.where}: {key!r} should be {right}, not {KINDS.get(type(value), 'a number')}.")

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        if value is None:
            return []
        return value if isinstance(value, list) else self.wrong(key, "a list", value)

    def _as_text(self, key: str, value: object) -> str:
        return value if isinstance(value, str) else self.wrong(key, "a list of texts", value)

    def _as_id(self, key: str, value: str) -> str:
        if value and not ID.fullmatch(value):
            raise UserError(f"{self.where}: {key!r} should be an id of Slack's, such as U012AB3CD.")
        return value


def records(data: bytes, file: str) -> Iterator[Record]:
    """Give the objects in a file's list one by one. Raises UserError that names the file."""
    content = _parsed(data, file)
    if not isinstance(content, list):
        raise UserError(f"{file} should hold a list, not {KINDS.get(type(content), 'a number')}.")
    for number, value in enumerate(content, 1):
        if not isinstance(value, dict):
            raise UserError(f"{file}, number {number}: should be a group, not {KINDS.get(type(value), 'a number')}.")
        yield Record(value, f"{file}, number {number}")


def _parsed(data: bytes, file: str) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(f"{file} is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise UserError(f"{file} is not valid JSON: line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise UserError(f"{file} is nested too deeply.") from None
    except ValueError:
        raise UserError(f"{file} holds a number that is too long.") from None


def clean(text: str, limit: int) -> str:
    """Return a text on one line, without control characters and halves of characters, cut at `limit`."""
    printable = (c if c in JOINERS or unicodedata.category(c)[0] != "C" else " " for c in text[: 10 * limit])
    return " ".join("".join(printable).split())[:limit]

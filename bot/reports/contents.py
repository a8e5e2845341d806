"""What stands inside a sealed entry: JSON with the case's id, filled up so that its length tells nothing.

Padded with blanks, so that whoever opens it with a tool of age's reads plain JSON.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from bot.reports.sealing import Unreadable
from storage.report_tables import to_hour

ROOM = 1024  # bytes: an entry's length is a multiple of it


class Kind(StrEnum):
    """What a line in a case is."""

    QUESTION = "question"
    ANSWER = "answer"
    REPLY = "reply"  # of whoever reported
    NOTE = "note"  # for responders alone
    OUTCOME = "outcome"
    TAKEN = "taken"
    STEPPED_ASIDE = "stepped_aside"
    STEPPED_IN = "stepped_in"
    PASSED_OUTSIDE = "passed_outside"
    LEFT = "left"  # a responder answers no reports any more


FOR_REPORTERS = frozenset(Kind) - {Kind.NOTE}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A report as it was made. `named`: the member who made it, with a name; None without.

    `excluded` are members who must not read it, `others` further people, in words; `unsure`: whoever reported wasn't
    sure. `link` leads to a message, `quote` is its text, if it was ticked. `entered_by`: a responder wrote down what
    came another way.
    """

    kind: str
    what: str
    danger: bool = False
    concerned: str = ""
    when: str = ""
    where: str = ""
    wish: str = ""
    reach: str = ""
    named: int | None = None
    excluded: tuple[int, ...] = ()
    others: str = ""
    unsure: bool = False
    link: str = ""
    quote: str = ""
    language: str = ""
    entered_by: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """What was said in a case later. `by` is a responder; None: whoever reported. `at` is kept to the hour."""

    kind: Kind
    by: int | None
    text: str
    at: datetime


Content: TypeAlias = Told | Line


def pack(case_id: int, content: Content) -> bytes:
    """Return what is to be sealed."""
    form = "report" if isinstance(content, Told) else "line"
    return padded({"case": case_id, "form": form, **asdict(content)})


def padded(written: Mapping[str, Any]) -> bytes:
    """Return JSON, filled up."""
    plain = json.dumps(written, ensure_ascii=False, default=_instant).encode("utf-8", "surrogatepass")
    return plain.ljust(-(-len(plain) // ROOM) * ROOM)


def unpack(case_id: int, plain: bytes) -> Content:
    """Return what was sealed. Raises Unreadable if it is another case's, or nothing of the bot's."""
    try:
        written = json.loads(plain.decode("utf-8", "surrogatepass"))
        if written.pop("case") != case_id:
            raise Unreadable
        return _READ[written.pop("form")](written)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Unreadable from None


def _told(written: dict[str, Any]) -> Told:
    return Told(**{**written, "excluded": tuple(written["excluded"])})


def _line(written: dict[str, Any]) -> Line:
    at = datetime.fromisoformat(written["at"])
    return Line(**{**written, "kind": Kind(written["kind"]), "at": at})


_READ: dict[str, Callable[[dict[str, Any]], Content]] = {"report": _told, "line": _line}


def _instant(value: object) -> str:
    """Write an instant down, to the hour."""
    if not isinstance(value, datetime):
        raise TypeError
    return to_hour(value).isoformat()

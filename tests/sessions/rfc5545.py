"""A small, strict reader of calendar files, written from RFC 5545 and RFC 5546 alone, and a calendar that takes them.

It knows what a session's file may hold, and refuses all else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

OCTETS = 75
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
NAME = re.compile(r"[A-Za-z0-9-]+")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)')
TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
MOMENT = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")  # RFC 3986: a scheme, and no spaces
ESCAPED = {"\\n": "\n", "\\N": "\n", "\\;": ";", "\\,": ",", "\\\\": "\\"}

TEXTS = {"SUMMARY", "LOCATION", "UID", "STATUS", "PRODID", "METHOD", "VERSION"}
ADDRESSES = {"ORGANIZER", "ATTENDEE", "URL"}
OF_CALENDAR = {"VERSION", "PRODID", "METHOD"}
NEEDED = {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "ORGANIZER", "ATTENDEE"}  # RFC 5546, 3.2.2 and 3.2.5
ONCE = NEEDED | {"DTEND", "LOCATION", "URL", "STATUS"}


@dataclass(frozen=True)
class Event:
    """A meeting in a calendar."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str | None
    address: str | None
    status: str


@dataclass
class Desk:
    """Somebody's calendar: what it holds after the files that it took."""

    events: dict[str, Event] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)

    def take(self, content: bytes) -> None:
        """Take a file as RFC 5546, 2.1.5 says: the higher sequence holds, or the later stamp of the same one."""
        method, event = read(content)
        old = self.events.get(event.uid)
        if event.sequence < self.gone.get(event.uid, 0):
            return
        if old is not None and (event.sequence, event.stamp) < (old.sequence, old.stamp):
            return
        self.events.pop(event.uid, None)
        if method == "CANCEL":
            self.gone[event.uid] = event.sequence
        else:
            self.events[event.uid] = event


def read(content: bytes) -> tuple[str, Event]:
    """Return the method and the one event of a file; raises AssertionError for what the standard doesn't allow."""
    lines = [_line(line) for line in _unfolded(content)]
    names = [name for name, _, _ in lines]
    begin, end = names.index("BEGIN", 1), len(names) - 2
    assert [("BEGIN", "VCALENDAR"), ("END", "VCALENDAR")] == [(lines[i][0], lines[i][2]) for i in (0, -1)]
    assert [("BEGIN", "VEVENT"), ("END", "VEVENT")] == [(lines[i][0], lines[i][2]) for i in (begin, end)]
    assert 2 == names.count("BEGIN") == names.count("END")
    head = {name: _value(name, value) for name, _, value in lines[1:begin]}
    assert head.keys() == OF_CALENDAR
    assert begin - 1 == len(head)
    assert "2.0" == head["VERSION"]
    return str(head["METHOD"]), _event(lines[begin + 1 : end], str(head["METHOD"]))


def _unfolded(content: bytes) -> list[str]:
    """Put lines together again that were folded (3.1): each ends with CRLF and has at most 75 octets."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert all(len(line) <= OCTETS and b"\r" not in line and b"\n" not in line for line in raw)
    for line in raw:
        line.decode()  # no character is torn apart, which is no duty, and kind
    lines: list[str] = []
    for line in raw:
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:].decode()
        else:
            lines.append(line.decode())
    return lines


def _line(line: str) -> tuple[str, dict[str, str], str]:
    """Take a content line apart: name, parameters, value."""
    found = NAME.match(line)
    assert found, line
    parameters, at = {}, found.end()
    while (one := PARAMETER.match(line, at)) is not None:
        parameters[one[1].upper()] = one[2].strip('"')
        at = one.end()
    assert line[at : at + 1] == ":", line
    assert not CONTROLS.search(line)
    return found[0].upper(), parameters, line[at + 1 :]


def _value(name: str, value: str) -> str | int | datetime:
    if name in TEXTS:
        assert TEXT.fullmatch(value), value
        return re.sub(r"\\.", lambda found: ESCAPED[found[0]], value)
    if name in ADDRESSES:
        assert ADDRESS.fullmatch(value), value
        return value
    if name == "SEQUENCE":
        assert value.isdigit()
        return int(value)
    assert name in {"DTSTAMP", "DTSTART", "DTEND"}, name
    assert MOMENT.fullmatch(value), value  # 3.3.5, form 2: in UTC
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _event(lines: list[tuple[str, dict[str, str], str]], method: str) -> Event:
    names = [name for name, _, _ in lines]
    assert set(names) >= NEEDED
    assert set(names) <= ONCE
    assert len(set(names)) == len(names)
    for name, parameters, _ in lines:
        assert set(parameters) <= ({"CN", "PARTSTAT", "RSVP"} if name in {"ORGANIZER", "ATTENDEE"} else {"VALUE"})
    value = dict(_values(lines))
    starts_at, ends_at, stamp, sequence = (value[name] for name in ("DTSTART", "DTEND", "DTSTAMP", "SEQUENCE"))
    assert isinstance(starts_at, datetime)
    assert isinstance(ends_at, datetime)
    assert isinstance(stamp, datetime)
    assert isinstance(sequence, int)
    assert starts_at < ends_at
    assert {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}[method] == value["STATUS"]
    place, address = (str(value[name]) if name in value else None for name in ("LOCATION", "URL"))
    uid, summary, status = (str(value[name]) for name in ("UID", "SUMMARY", "STATUS"))
    return Event(uid, sequence, stamp, starts_at, ends_at, summary, place, address, status)


def _values(lines: list[tuple[str, dict[str, str], str]]) -> Iterator[tuple[str, str | int | datetime]]:
    for name, _, value in lines:
        yield name, _value(name, value)

"""Next steps as people write them, one a line: `Lena: send the CV, by Friday`. Read leniently: nothing is refused."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import t
from bot.members.dates import orders, read
from bot.members.finding import fold
from bot.people import Member
from storage.next_steps import NewStep

MOST = 20  # lines; further ones stand with the last
FARTHEST = timedelta(days=366)
_WHO = re.compile(r"\s*([^:\n]{1,80}?)\s*:\s+(?=\S)")
_MARKS = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014\u25e6\u2023]|\d{1,2}[.)])\s+")


def steps(text: str, writer: Member, other: Member, now: datetime) -> list[NewStep]:
    """Return the next steps that one side of a pairing wrote, in its own words and zone."""
    lines = [line for line in (_MARKS.sub("", line).strip() for line in text.splitlines()) if line]
    if len(lines) > MOST:
        lines = [*lines[: MOST - 1], " / ".join(lines[MOST - 1 :])]
    return [_step(line, writer, other, now) for line in lines]


def _step(line: str, writer: Member, other: Member, now: datetime) -> NewStep:
    who, rest = _who(line, writer, other)
    text, day = _by_when(rest, now, writer.zone)
    return NewStep(text, who, None if day is None else day.isoformat())


def _who(line: str, writer: Member, other: Member) -> tuple[int | None, str]:
    """Take who is meant from the beginning of a line; whoever isn't known there stays in the text, and means both."""
    begin = _WHO.match(line)
    if begin is None:
        return None, line
    word, rest = fold(begin[1]), line[begin.end() :]
    if word in _words(t("me, I, myself"), "me, I, myself"):
        return writer.id, rest
    if word in _words(t("both, we, us, both of us"), "both, we, us, both of us"):
        return None, rest
    meant = [one for one in (writer, other) if _is_called(one, word)]
    return (meant[0].id, rest) if len(meant) == 1 else (None, line)


def _is_called(member: Member, word: str) -> bool:
    name = fold(member.name)
    return bool(word) and (word == name or word in name.split() or name.startswith(f"{word} "))


def _words(*texts: str) -> set[str]:
    return {fold(word) for text in texts for word in text.split(",")}


def _by_when(text: str, now: datetime, zone: str) -> tuple[str, date | None]:
    """Take the day from the end of a text; one that can't be read, or was before, stays in it."""
    words = sorted(_words(t("by, until, before, on"), "by, until, before, on"), key=len, reverse=True)
    ends = re.compile(
        rf"(?i)^(.+?)(?:\s*[,;(\u2013\u2014-]\s*|\s+)(?:{'|'.join(map(re.escape, words))})\s+([^,;]+?)[.)]?$"
    )
    found = ends.match(text)
    if found is None:
        return text, None
    day = _day(found[2], now, zone)
    return (text, None) if day is None else (found[1].strip(), day)


def _day(text: str, now: datetime, zone: str) -> date | None:
    local = now.astimezone(ZoneInfo(zone))
    try:
        found = read(text, local, orders(zone)[0], future=True)
    except (OverflowError, ValueError):
        return None
    if found is None or not local.date() <= found.date() <= local.date() + FARTHEST:
        return None
    return found.date()

"""What coordinators are told about the bot itself: what it would have sent, and when it was away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import n, t
from bot.setup.wording import back
from bot.views import Actions, Block, Heading, Note, Text
from bot.wording import day, moment


@dataclass(frozen=True, slots=True)
class Noted:
    """A message that would have gone out: to whom, when, and its first lines (none: it is no longer needed)."""

    who: str
    at: datetime
    lines: tuple[str, ...]


def preview(noted: Sequence[Noted], total: int, since: datetime, zone: str) -> tuple[Block, ...]:
    """Tell what would have been sent since an instant; `total` counts also what isn't shown."""
    end = Note(t("The program is being tried out: members got nothing of this. To start it: /mentor-admin start"))
    if not total:
        return (Text(t("Since {day} I would have sent nothing.", day=day(since, zone))), end)
    heading = n(
        "Since {day} I would have sent {n} message",
        "Since {day} I would have sent {n} messages",
        total,
        day=day(since, zone),
    )
    more = total - len(noted)
    rest = [Text(n("And {n} more.", "And {n} more.", more))] if more else []
    return (Heading(heading), *[Text(_line(one, zone)) for one in noted], *rest, end, Actions(back()))


def _line(noted: Noted, zone: str) -> str:
    if not noted.lines:
        return t("{when}, to {name}: no longer needed.", when=moment(noted.at, zone), name=noted.who)
    return t("{when}, to {name}:\n{text}", when=moment(noted.at, zone), name=noted.who, text="\n".join(noted.lines))


def absence(since: datetime, until: datetime, read: int, missed: int, zone: str) -> tuple[Block, ...]:
    """Tell from when to when the bot was away, and what came of it."""
    away = t("I was away from {since} to {until}.", since=moment(since, zone), until=moment(until, zone))
    caught_up = n("I have read up on {n} message.", "I have read up on {n} messages.", read)
    late = n(
        "{n} of my own messages fell due meanwhile; it goes out late, at an hour that suits.",
        "{n} of my own messages fell due meanwhile; they go out late, at hours that suit.",
        missed,
    )
    lines = (away, caught_up, late if missed else t("None of my own messages fell due meanwhile."))
    return (*map(Text, lines), Note(t("There is nothing for you to do.")))

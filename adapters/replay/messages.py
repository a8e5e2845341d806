"""The messages of one conversation: who wrote when and to whom. Their text is dropped at once."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from sys import intern  # one text for each id, not one for each message

from adapters.replay.archive import Source
from adapters.replay.conversations import Conversation
from adapters.replay.documents import Record, clean, records
from bot.calls import Observation, Posted, Reacted
from bot.errors import UserError
from bot.people import Place

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*\.json")  # other files there are canvases and the like
MENTION = re.compile(r"<@([A-Za-z0-9_-]{1,64})(?:\|[^<>]*)?>")
STAMP = re.compile(r"([0-9]{9,10})(?:\.([0-9]{1,6}))?")  # from 1973 to 2286
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = frozenset({"", "thread_broadcast", "file_share", "me_message", "file_comment"})
KIND_LENGTH = 40
NOBODY: frozenset[str] = frozenset()


@dataclass
class Tally:
    """What was left out so far, by reason, and what carries no time."""

    skipped: Counter[str] = field(default_factory=Counter)
    reactions: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the messages of one conversation, which becomes `place`."""

    place: Place
    is_bot: Callable[[str], bool]
    tally: Tally

    def read(self, source: Source, conversation: Conversation) -> list[Observation]:
        """Return its messages, and the reactions behind them. Raises UserError for a message that is wrong."""
        kept: dict[str, Posted] = {}
        reactions: list[Observation] = []
        for record in _records(source, conversation):
            reason = _left_out(record, self.is_bot, kept)
            if reason is not None:
                self.tally.skipped[reason] += 1
                continue
            message = self._message(record, kept)
            kept[message.message] = message
            reactions += self._reactions(record, message)
        return [*kept.values(), *reactions]

    def _message(self, record: Record, kept: Mapping[str, Posted]) -> Posted:
        stamp, author = record.text("ts"), intern(_author(record))
        return Posted(self.place, stamp, author, instant(stamp, record), _addresses(record, author, stamp, kept))

    def _reactions(self, record: Record, message: Posted) -> Iterator[Observation]:
        for reaction in record.records("reactions"):
            name = clean(reaction.text("name").partition("::")[0], KIND_LENGTH)  # without the colour of the skin
            for user in dict.fromkeys(reaction.ids("users")):
                if name and not self.is_bot(user):
                    self.tally.reactions += 1
                    yield Reacted(self.place, message.message, intern(user), intern(name), message.at)


def _left_out(record: Record, is_bot: Callable[[str], bool], kept: Mapping[str, Posted]) -> str | None:
    """Say why a message isn't one that a person wrote to another, None if it is."""
    kind = record.text("subtype")
    if record.text("type") not in ("", "message"):
        return "not a message"
    if kind == "bot_message" or record.text("bot_id"):
        return "from a bot"
    if kind not in WRITTEN or record.flag("hidden"):
        return clean(kind, KIND_LENGTH) or "hidden"
    author = _author(record)
    if not author:
        return "without an author"
    return "from a bot" if is_bot(author) else "in the export twice" if record.text("ts") in kept else None


def _records(source: Source, conversation: Conversation) -> Iterator[Record]:
    for folder in conversation.folders:
        days = [f"{folder}/{file}" for file in source.files(folder) if DAY.fullmatch(file)]
        for day in days:
            yield from records(source.read(day) or b"[]", day)
        if days:
            return


def _author(record: Record) -> str:
    """Return who wrote a message; a comment on a file names its writer one level down."""
    author = record.id("user")
    comment = not author and record.text("subtype") == "file_comment"
    return record.record("comment").id("user") if comment else author


def _addresses(record: Record, author: str, stamp: str, before: Mapping[str, Posted]) -> frozenset[str]:
    """Return whom a message mentions, and whose thread it answers in; one doesn't speak to oneself."""
    found = set(MENTION.findall(record.text("text")))
    thread = record.text("thread_ts")
    if thread and thread != stamp:
        root = before.get(thread)
        found.add(record.id("parent_user_id") or (root.author if root else ""))
    return frozenset(found - {author, ""}) or NOBODY


def instant(stamp: str, record: Record) -> datetime:
    """Return the time in one of Slack's message ids, exact to the microsecond. Raises UserError."""
    parts = STAMP.fullmatch(stamp)
    if parts is None:
        raise UserError(f"{record.where}: 'ts' should be seconds since 1970, such as 1512092851.000108.")
    seconds, fraction = parts.groups(default="0")
    return EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")))

"""The file in which the community lives on while the bot is not running.

It also says how far ahead the clock is: the database holds times of that clock, so all three must stay in
step.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from adapters.playground.community import Community, Json, Opened, Post

VERSION = 2

log = structlog.get_logger(__name__)


class MovingClock(Protocol):
    """A clock that can be moved ahead."""

    def now(self) -> datetime:
        """Return its time."""
        ...

    def move_to(self, instant: datetime) -> None:
        """Move it ahead."""
        ...


@dataclass(frozen=True, slots=True)
class StateFile:
    """Where a community and its clock are kept."""

    path: Path

    def save(self, community: Community, clock: MovingClock) -> None:
        """Write everything anew, beside the old file first: a crash leaves the one or the other whole."""
        content = {
            "version": VERSION,
            "ahead": (clock.now() - datetime.now(UTC)).total_seconds(),
            "last_id": community.last_id,
            "spaces": community.spaces,
            "opened": {channel: asdict(opened) for channel, opened in community.opened.items()},
            "read": community.read,
            "posts": [_to_json(post) for post in community.posts.values()],
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(content), "utf-8")
        fresh.replace(self.path)

    def load(self, community: Community, clock: MovingClock) -> None:
        """Bring community and clock back to where they were; a file that can't be read is set aside."""
        try:
            content = json.loads(self.path.read_text("utf-8"))
            _check(content)
            posts = [_from_json(row) for row in content["posts"]]
            clock.move_to(datetime.now(UTC) + timedelta(seconds=content["ahead"]))
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            self._set_aside()
            return
        _fill(community, content, posts)

    def _set_aside(self) -> None:
        kept = self.path.with_name(f"{self.path.name}.broken")
        number = 1
        while kept.exists():
            number += 1
            kept = self.path.with_name(f"{self.path.name}.broken-{number}")
        self.path.replace(kept)
        log.warning("the playground's chat could not be read and begins anew", kept_as=str(kept))


def _check(content: Json) -> None:
    shapes = {
        "version": int,
        "ahead": int | float,
        "last_id": int,
        "spaces": dict,
        "opened": dict,
        "read": dict,
        "posts": list,
    }
    wrong = [key for key, shape in shapes.items() if not isinstance(content[key], shape)]
    lists = [*content["spaces"].values()]
    if wrong or content["version"] != VERSION or not all(isinstance(users, list) for users in lists):
        raise ValueError(wrong)
    if not all(isinstance(marks, dict) for marks in content["read"].values()):
        raise ValueError("read")


def _fill(community: Community, content: Json, posts: list[Post]) -> None:
    for post in posts:
        community.put(post)
    for channel, opened in content["opened"].items():
        community.put_opened(channel, Opened(**opened))
    for channel, users in content["spaces"].items():
        for user in users:
            if channel in community.spaces and user in community.people:
                community.join(user, channel)
    community.read = content["read"]
    community.last_id = content["last_id"]


def _to_json(post: Post) -> Json:
    row: Json = {
        "id": post.id,
        "channel": post.channel,
        "author": post.author,
        "at": post.at.isoformat(),
        "text": post.text,
        "blocks": list(post.blocks),
        "reply_to": post.reply_to,
        "reactions": [[user, reaction, at.isoformat()] for (user, reaction), at in post.reactions.items()],
        "edited": post.edited,
        "key": post.key,
    }
    return row


def _from_json(row: Json) -> Post:
    reactions = {(user, reaction): _instant(at) for user, reaction, at in row["reactions"]}
    if not all(isinstance(row[key], str) for key in ("id", "channel", "text")):
        raise TypeError
    return Post(
        id=row["id"],
        channel=row["channel"],
        author=row["author"],
        at=_instant(row["at"]),
        text=row["text"],
        blocks=tuple(row["blocks"]),
        reply_to=row["reply_to"],
        reactions=reactions,
        edited=row["edited"],
        key=row["key"],
    )


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant has a zone")
    return at

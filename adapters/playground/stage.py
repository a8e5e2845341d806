"""The community in use: what changes is kept in the file and shown in every tab. And its clock."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from adapters.playground import render
from adapters.playground.community import Community, Json, Post
from adapters.playground.state import MovingClock, StateFile
from adapters.playground.tabs import Tabs
from bot.errors import UserError

Leap = Callable[[datetime], Awaitable[object]]


class Stage:
    """A community with its clock, its file and the tabs that look at it."""

    def __init__(self, community: Community, clock: MovingClock, file: StateFile) -> None:
        """Take up where the file ends."""
        self.community = community
        self.clock = clock
        self.tabs = Tabs()
        self._file = file
        self._happened: list[Json] | None = None
        file.load(community, clock)

    def now(self) -> datetime:
        """Return the community's time."""
        return self.clock.now()

    def save(self) -> None:
        """Keep everything as it is."""
        self._file.save(self.community, self.clock)

    def show(self, post: Post) -> Post:
        """Keep and show a message that is new or has changed."""
        self._changed({"type": "message", "message": render.post(post)})
        return post

    def take_away(self, post: Post) -> None:
        """Keep and show that a message is gone."""
        self._changed({"type": "gone", "message": post.id})

    def show_space(self, channel: str) -> None:
        """Keep and show who is in a conversation."""
        self._changed({"type": "space", **render.space(self.community, channel)})

    def show_people(self) -> None:
        """Show what people are in the program by now."""
        self.tabs.tell({"type": "people", "people": render.people(self.community)})

    def show_read(self, user: str, channel: str, message: str) -> None:
        """Keep and show how far a person has read."""
        self._changed({"type": "read", "user": user, "channel": channel, "message": message})

    def note(self, what: str, user: str, post: Post) -> None:
        """Remember what the bot does while the clock moves: the page shows it afterwards."""
        if self._happened is not None:
            at = self.now().isoformat()
            self._happened.append({"at": at, "what": what, "user": user, "channel": post.channel, "message": post.id})
            self.tabs.tell(self.time())

    def time(self) -> Json:
        """Return the frame that says how late it is."""
        return {"type": "clock", "now": self.now().isoformat(), "moving": self._happened is not None}

    async def move(self, by: timedelta, leap: Leap) -> None:
        """Move the clock ahead and tell every tab what happened on the way."""
        if self._happened is not None:
            raise UserError("The clock is already moving. One moment, please.")
        begin, self._happened = self.now(), []
        self.tabs.tell(self.time())
        try:
            await leap(begin + by)
        finally:
            self._arrived(begin)

    def _arrived(self, begin: datetime) -> None:
        happened, self._happened = self._happened, None
        ends = {"from": begin.isoformat(), "to": self.now().isoformat()}
        self._changed(self.time())
        self.tabs.tell({"type": "moved", **ends, "happened": happened})

    def _changed(self, frame: Json) -> None:
        self.save()
        self.tabs.tell(frame)

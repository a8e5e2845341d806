"""What people do on the page becomes calls and observations. The text of a conversation stays here.

A frame from the page names the one who acts (`as`) and what they do (`do`); server.py documents them all.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from adapters.playground import limits, render
from adapters.playground.community import DIRECT, PLATFORM, Community, Json, Person, Post, direct
from adapters.playground.frames import Frame
from adapters.playground.stage import Leap, Stage
from bot.calls import Call, Command, Deleted, Observation, Posted, Press, Reacted, Remark, Shortcut, Submit
from bot.errors import UserError
from bot.feature import quoted
from bot.language import speaking
from bot.people import Account
from bot.ports import Bot
from bot.unseen import Unseen


class Core(Bot, Protocol):
    """What the playground asks of the bot."""

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Take note of what happened."""
        ...

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Return what the people of a workspace are in its program, by user id."""
        ...


@dataclass(frozen=True, slots=True)
class Doorman:
    """Takes what comes from the page to the community and the core."""

    stage: Stage
    core: Core
    leap: Leap

    async def take(self, frame: Frame) -> Json:
        """Do what a frame asks; return what the answer holds. Raises UserError with what is wrong with it."""
        action = _ACTIONS.get(frame.word("do"))
        if action is None:
            raise UserError("The page asked for something that the playground doesn't know. Please reload the page.")
        return await action(self, frame)

    def hush(self, read: Mapping[str, object]) -> AbstractContextManager[None]:
        """Log nothing while a frame is taken that must leave no trace."""
        return self.core.unseen.hush(when=_is_unseen(self.core.unseen, read))

    async def move(self, frame: Frame) -> Json:
        """Move the clock ahead by a number of hours."""
        hours = frame.number("hours", limits.LEAP_DAYS * 24)
        await self.stage.move(timedelta(hours=hours), self.leap)
        return {}

    async def write(self, frame: Frame) -> Json:
        """Post a message, or run the command that was written."""
        text = frame.text("text")
        return await (self._command(frame, text) if text.startswith("/") else self._post(frame, text))

    async def _command(self, frame: Frame, text: str) -> Json:
        """Ask for a command."""
        root, _, rest = text[1:].partition(" ")
        roots = sorted({command.root for feature in self.core.features for command in feature.commands})
        if root not in roots:
            known = " and ".join(f"/{name}" for name in roots)
            raise UserError(f"There is no command /{root[:40]} here. Commands begin with {known}.")
        channel = frame.word("channel", "")
        place = self._community.place(channel) if channel and not channel.startswith(DIRECT) else None
        return await self._ask(Command(frame.id, self._account(frame), root, rest.strip(), place=place))

    async def _post(self, frame: Frame, text: str) -> Json:
        """Post a message in a conversation."""
        channel, author = self._open_channel(frame), self._person(frame).user
        answered = frame.word("reply_to", "") or None
        if answered:
            self._community.post(channel, answered)
        post = self._community.add(Post("", channel, author, self.stage.now(), text, reply_to=answered))
        self.stage.show(post)
        self._read(author, channel)
        if channel == direct(author):
            return {"message": post.id, **await self._ask(Remark(frame.id, self._account(frame)))}
        await self.core.ingest([posted(self._community, post)])
        return {"message": post.id}

    async def edit(self, frame: Frame) -> Json:
        """Change a message of one's own."""
        post = self.stage.show(self._community.rewrite(self._own(frame), text=frame.text("text")))
        await self.core.ingest([posted(self._community, post)])
        return {}

    async def delete(self, frame: Frame) -> Json:
        """Delete a message of one's own."""
        post = self._own(frame)
        self._community.remove(post)
        self.stage.take_away(post)
        await self.core.ingest([Deleted(self._community.place(post.channel), post.id, self.stage.now())])
        return {}

    async def react(self, frame: Frame) -> Json:
        """Put a reaction under a message."""
        return await self._reaction(frame, taken_away=False)

    async def unreact(self, frame: Frame) -> Json:
        """Take a reaction away."""
        return await self._reaction(frame, taken_away=True)

    async def _reaction(self, frame: Frame, *, taken_away: bool) -> Json:
        post, user = self._message(frame), self._person(frame).user
        reaction, now = frame.word("reaction", pattern=_REACTION), self.stage.now()
        if ((user, reaction) in post.reactions) is not taken_away:
            return {}
        self.stage.show(self._community.react(post, user, reaction, None if taken_away else now))
        place = self._community.place(post.channel)
        await self.core.ingest([Reacted(place, post.id, user, reaction, now, taken_away)])
        return {}

    async def press(self, frame: Frame) -> Json:
        """Press a button of the bot's."""
        return await self._ask(Press(frame.id, self._account(frame), frame.text("action")))

    async def submit(self, frame: Frame) -> Json:
        """Send off a form."""
        filled_in = (frame.text("action"), frame.values("values"), frame.files("files"))
        return await self._ask(Submit(frame.id, self._account(frame), *filled_in))

    async def shortcut(self, frame: Frame) -> Json:
        """Use an entry of a message's menu."""
        name, place, message = frame.word("name"), self._community.place(frame.word("channel")), frame.word("message")
        return await self._ask(Shortcut(frame.id, self._account(frame), name, place, message, self._quoted(frame)))

    def _quoted(self, frame: Frame) -> str:
        """Return the text of a message that its reader sees, if the entry of its menu quotes it."""
        entries = [entry for feature in self.core.features for entry in feature.shortcuts]
        takes = [entry for entry in entries if entry.quotes and entry.name == frame.word("name")]
        return quoted(takes, frame.word("name"), self._message(frame).text) if takes else ""

    async def join(self, frame: Frame) -> Json:
        """Take a third person into a conversation."""
        channel, user = self._open_channel(frame), frame.word("user")
        self._community.person(self._community.account(user))
        if channel.startswith(DIRECT):
            raise UserError("A conversation with mentorbot can't have a third person.")
        self._community.join(user, channel)
        self.stage.show_space(channel)
        return {}

    async def seen(self, frame: Frame) -> Json:
        """Note that a conversation was read."""
        self._read(self._person(frame).user, self._channel(frame))
        return {}

    async def look(self, frame: Frame) -> Json:
        """Return the state."""
        return {"state": await self.state()}

    async def state(self) -> Json:
        """Return everything that the page shows."""
        await self._learn_roles()
        return {
            **render.community(self._community),
            **render.menus(self.core.features),
            "clock": self.stage.time(),
        }

    async def _ask(self, call: Call) -> Json:
        with speaking(None):  # what else the page says is in English
            reply = await self.core.handle(call)
        if await self._learn_roles():
            self.stage.show_people()
        return {"reply": render.reply(reply)}

    async def _learn_roles(self) -> bool:
        """Ask what people are in the program by now; tell whether that is news."""
        return self._community.give_roles(await self.core.roles(PLATFORM, self._community.workspace))

    def _read(self, user: str, channel: str) -> None:
        before = self._community.read.get(user, {}).get(channel, "")
        last = self._community.mark_read(user, channel)
        if last != before:
            self.stage.show_read(user, channel, last)

    @property
    def _community(self) -> Community:
        return self.stage.community

    def _person(self, frame: Frame) -> Person:
        return self._community.person(self._account(frame))

    def _account(self, frame: Frame) -> Account:
        return self._community.account(frame.word("as"))

    def _channel(self, frame: Frame) -> str:
        channel = frame.word("channel")
        if self._person(frame).user not in self._community.spaces.get(channel, []):
            raise UserError("You aren't in this conversation.")
        return channel

    def _open_channel(self, frame: Frame) -> str:
        channel = self._channel(frame)
        if self._community.is_closed(channel):
            raise UserError("This conversation is closed: nobody can write here any more.")
        return channel

    def _message(self, frame: Frame) -> Post:
        return self._community.post(self._channel(frame), frame.word("message"))

    def _own(self, frame: Frame) -> Post:
        post = self._message(frame)
        if post.author != self._person(frame).user:
            raise UserError("Only its writer can change a message.")
        return post


def _is_unseen(unseen: Unseen, read: Mapping[str, object]) -> bool:
    """Tell whether a frame, which may be garbage, is a call that must leave no trace."""
    match read:
        case {"do": "write", "text": str() as text} if text.strip().startswith("/"):
            root, _, rest = text.strip()[1:].partition(" ")
            return unseen.covers_command(root, rest)
        case {"do": "press" | "submit", "action": str() as action} | {"do": "shortcut", "name": str() as action}:
            return unseen.covers_action(action.strip())
    return False


def posted(community: Community, post: Post) -> Posted:
    """Return what the bot is told of a person's message: whom it speaks to, and not a word of it."""
    place = community.place(post.channel)
    return Posted(place, post.id, post.author or "", post.at, _addresses(community, post))


def _addresses(community: Community, post: Post) -> frozenset[str]:
    answered = community.posts.get(post.reply_to or "")
    author = answered.author if answered else None
    return mentioned(community.people.values(), post.text) | ({author} if author else set())


def mentioned(people: Iterable[Person], text: str) -> frozenset[str]:
    """Return the user ids of those whose id, name or first name stands in a text behind an @."""
    users: dict[str, set[str]] = {}
    for person in people:
        for called in (person.user, person.name, person.name.split()[0]):
            users.setdefault(called.casefold(), set()).add(person.user)
    # The longest first: "@Lena Vogt" is one person, though "@Lena" may be two.
    names = "|".join(map(re.escape, sorted(users, key=len, reverse=True)))
    found = re.findall(rf"(?<!\w)@({names})(?!\w)", text.casefold()) if users else []
    return frozenset().union(*(users[name] for name in found))


_REACTION = re.compile(rf"[a-z0-9_+-]{{1,{limits.REACTION}}}")

_ACTIONS: dict[str, Callable[[Doorman, Frame], Awaitable[Json]]] = {
    "write": Doorman.write,
    "edit": Doorman.edit,
    "delete": Doorman.delete,
    "react": Doorman.react,
    "unreact": Doorman.unreact,
    "press": Doorman.press,
    "submit": Doorman.submit,
    "shortcut": Doorman.shortcut,
    "join": Doorman.join,
    "seen": Doorman.seen,
    "look": Doorman.look,
    "move": Doorman.move,
}

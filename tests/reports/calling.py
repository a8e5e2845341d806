"""The way of a report as calls on the core alone: for tests that go it often, or in a process of their own."""

from dataclasses import dataclass, field
from itertools import count

from bot.calls import Command, Press, Submit
from bot.core import Core
from bot.people import Account
from bot.views import Actions, Button, Form, Message, Reply
from tests.reports.making import CODE


@dataclass
class Caller:
    """Somebody in front of the bot; each call of theirs has an id that names them, as a platform's may.

    Whoever comes back does so on another `visit`: no platform gives an id twice.
    """

    core: Core
    user: str
    visit: str = ""
    _numbers: "count[int]" = field(default_factory=count)

    @property
    def account(self) -> Account:
        """Where they are."""
        return Account("playground", "riverside", self.user)

    async def types(self, words: str) -> Message:
        """Write a command."""
        return _said(await self.core.handle(Command(self._id(), self.account, "mentor", words)))

    async def presses(self, action: str) -> Message:
        """Press a button, by its action."""
        return _said(await self.core.handle(Press(self._id(), self.account, action)))

    async def opens(self, action: str) -> Form:
        """Press one that opens a form."""
        form = await self.core.handle(Press(self._id(), self.account, action))
        assert isinstance(form, Form), form
        return form

    async def submits(self, form: Form, **typed: str) -> Reply:
        """Send a form with what was prefilled, and what is typed."""
        values = {one.name: one.value for one in form.fields} | typed
        reply = await self.core.handle(Submit(self._id(), self.account, form.action, values))
        assert reply is not None
        return reply

    def _id(self) -> str:
        return f"{self.user}{self.visit}-{next(self._numbers)}"


def _said(reply: Reply | None) -> Message:
    assert isinstance(reply, Message), reply
    return reply


def button(on: Reply, name: str) -> str:
    """Return the action of a button that is declared under a name."""
    assert isinstance(on, Message), on
    items = [item for block in on.blocks if isinstance(block, Actions) for item in block.items]
    return next(one.action for one in items if isinstance(one, Button) and one.action.partition(":")[0] == name)


def code_in(review: Message) -> str:
    """Return the code that is shown."""
    found = CODE.search(review.plain)
    assert found is not None, review.plain
    return found[0].replace(" ", "")


async def reviews(caller: Caller, who: dict[str, str], said: dict[str, str]) -> Message:
    """Write a report, up to what is shown before it is sent."""
    first = await caller.types("report")
    asked = await caller.opens(button(first, "reports.write"))
    form = await caller.submits(asked, **who)
    assert isinstance(form, Form), form
    return _said(await caller.submits(form, **said))


async def sends(caller: Caller, review: Message) -> Message:
    """Type the last digits of the code, and send."""
    form = await caller.opens(button(review, "reports.send"))
    return _said(await caller.submits(form, digits=code_in(review)[-5:]))


async def looks(caller: Caller, code: str) -> Message:
    """Look with a code."""
    return _said(await caller.submits(await caller.opens("reports.look"), code=code))


async def replies(caller: Caller, code: str, text: str) -> Message:
    """Look with a code, and write something."""
    seen = await looks(caller, code)
    return _said(await caller.submits(await caller.opens(button(seen, "reports.reply")), text=text))


async def unlocks(caller: Caller, passphrase: str) -> Message:
    """Unlock a responder's key; return the list of what it opens."""
    return _said(await caller.submits(await caller.opens("responding.unlock"), passphrase=passphrase))


async def asks_back(caller: Caller, listed: Message, text: str) -> Message:
    """Open the first report that is listed, and ask its writer something."""
    shown = await caller.presses(button(listed, "responding.read"))
    offered = await caller.presses(button(shown, "responding.ask"))
    return _said(await caller.submits(await caller.opens(button(offered, "responding.write")), text=text))

"""A report's whole life, as people live it on any platform, with a word of its own in everything that is written."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text as sql

from tests.core.test_privacy import Words
from tests.drivers.driver import Seen
from tests.reports.making import PASSPHRASE, code_in, looks, opens, the_case
from tests.responding.reporting import unlocks, whole
from tests.responding.reporting import writes as answers
from tests.storage.tables import changed, every_row
from tests.world import LENA, World

OURS = {"report_case", "report_wrap", "report_entry", "report_draft"}
LONG = "and so on " * 60


@dataclass
class Life:
    """What happens to a report of Lena's, with her name or without. `read`: all that she and Ravi were shown of it."""

    world: World
    words: Words
    named: bool
    code: str = ""
    name: str = ""
    read: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    async def is_made(self) -> None:
        """Report a message, change one's mind, mistype the code, run into a fault of the bot's, and send it."""
        message = await self.world.says("amara", text=self.words("the message"))
        await self.world.passes(minutes=1)
        async with self._of_the_writer():
            await self._left_lying(message)
            review = await self._written(message)
            form = await opens(self.world, "lena", "Change what I wrote", review)
            review = await self._submits(form, {"what": self.words("what") + LONG})
            form = await opens(self.world, "lena", "Send", review)
            assert (await self._submits(form, {"digits": self.words("digits")})).errors
            self.code = code_in(review)
            async with without(self.world, "report_case"):
                broken = await self._submits(form, {"digits": self.code[-5:]})
            assert "went wrong" in broken.text + broken.wrong
            assert "It is sent" in (await self._submits(form, {"digits": self.code[-5:]})).text
        self.name = (await the_case(self.world)).name

    async def _left_lying(self, message: str) -> None:
        first = await self.world.driver.shortcut("lena", "reports.message", LENA, message)
        form = await opens(self.world, "lena", "Write, without its text", first)
        await self._submits(form, self._who())

    async def _written(self, message: str) -> Seen:
        first = await self.world.driver.shortcut("lena", "reports.message", LENA, message)
        form = (await self._submits(await opens(self.world, "lena", "Write, with its text", first), self._who())).form
        assert form is not None
        said = {name: self.words(name) for name in ("what", "concerned", "when", "wish")}
        return await self._submits(form, {"kind": "discrimination", **said})

    def _who(self) -> dict[str, str]:
        said = {name: self.words(name) for name in ("others", "reach")}
        return {"must_not": "nobody", "named": "yes" if self.named else "no", "danger": "no", **said}

    async def is_asked_about(self) -> None:
        """Read it, take it, note something, ask back, and run into a fault of the bot's."""
        shown = await self._opened()
        await self.world.driver.presses("ravi", "Take it", shown)
        self._keep(await answers(self.world, shown, "Note …", self.words("a note")))
        offered = await self.world.driver.presses("ravi", "Ask …", shown)
        form = await opens(self.world, "ravi", "In my own words", offered)
        async with without(self.world, "report_entry"):
            broken = await self.world.driver.submits("ravi", form, {"text": self.words("a question that breaks")})
        assert "went wrong" in broken.text + broken.wrong
        self._keep(await self.world.driver.submits("ravi", form, {"text": self.words("a question")}))

    async def is_replied_to(self) -> None:
        """Look with the code, mistype it, and write something."""
        async with self._of_the_writer():
            form = await opens(self.world, "lena", "reports.look")
            assert (await self._submits(form, {"code": self.words("a code")})).errors
            seen = self._keep(await looks(self.world, self.code))
            await self._submits(await opens(self.world, "lena", "Write to them", seen), {"text": self.words("a reply")})

    async def is_closed(self) -> None:
        """Answer it, and close it; its writer looks once more."""
        shown = await self._opened()
        self._keep(await answers(self.world, shown, "Answer …", self.words("an answer")))
        form = await opens(self.world, "ravi", "Close …", shown)
        typed = {"outcome": "done", "text": self.words("an outcome")}
        self._keep(await self.world.driver.submits("ravi", form, typed))
        async with self._of_the_writer():
            self._keep(await looks(self.world, self.code))

    async def _opened(self) -> Seen:
        listed = await unlocks(self.world, passphrase=PASSPHRASE)
        shown = await self.world.driver.presses("ravi", f"Open {self.name}", listed)
        self.read.append(await whole(self.world, shown))
        return shown

    async def _submits(self, form: object, values: dict[str, str]) -> Seen:
        return self._keep(await self.world.driver.submits("lena", form, values))  # type: ignore[arg-type]

    def _keep(self, seen: Seen) -> Seen:
        self.read.append(seen.text)
        return seen

    @asynccontextmanager
    async def _of_the_writer(self) -> AsyncIterator[None]:
        """Note which tables change while its writer does something."""
        await self.world.core.settled()
        before = await every_row(self.world.database, noted=True)
        yield
        self.touched |= changed(before, await every_row(self.world.database, noted=True))


@asynccontextmanager
async def without(riverside: World, table: str) -> AsyncIterator[None]:
    """Let a table be lost for a while, so that whoever uses it fails."""
    await _rename(riverside, table, "lost")
    yield
    await _rename(riverside, "lost", table)


async def _rename(riverside: World, table: str, to: str) -> None:
    async with riverside.database.connect() as conn:
        await conn.execute(sql(f"ALTER TABLE {table} RENAME TO {to}"))


async def lived(life: Life, meanwhile: Callable[[], Awaitable[None]]) -> None:
    """Live it; `meanwhile` is done while it is asked about and nothing is closed."""
    await life.is_made()
    await life.world.passes(hours=1)
    await life.is_asked_about()
    await meanwhile()
    await life.is_replied_to()
    await life.world.passes(hours=1)
    await life.is_closed()
    await life.world.passes(hours=2)
    await life.world.core.daily()

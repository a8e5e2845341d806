"""What coordinators do with what they write themselves: look at it, take it along, add, change, switch it off."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic

from bot.context import Asked, Context
from bot.errors import UserError
from bot.feature import Answer, Feature, number, word
from bot.members import wording as members_wording
from bot.people import COORDINATORS
from bot.texts import readable
from bot.views import Errors, Form, Message
from bot.written import editing_wording as wording
from bot.written.editing_wording import D, Words
from bot.written.reading import Miswritten, decoded
from bot.written.shelf import Known, Shelf
from storage.members import Members
from storage.settings import Settings

MOST = 20  # of one kind in a program


async def fits(source: str) -> None:
    """Have nothing against a text that can be read."""


async def goes_quietly(context: Context, name: str) -> None:
    """Do nothing when one is switched off."""


@dataclass(frozen=True)
class Editing(Generic[D]):
    """One kind of what coordinators write: where it is kept, and what is said of it.

    `check` raises Miswritten for a text that can be read, and can't be used all the same. `off_now` does what follows
    when the one of a name is switched off.
    """

    shelf: Shelf[D]
    words: Words[D]
    check: Callable[[str], Awaitable[None]] = fits
    off_now: Callable[[Context, str], Awaitable[None]] = goes_quietly

    def declare(self, feature: Feature) -> None:
        """Declare all buttons, and the form, under the kind's name."""
        name = self.words.name
        feature.button(f"{name}.show", word, who=COORDINATORS)(self.show)
        feature.button(f"{name}.file", word, who=COORDINATORS)(self.file)
        feature.button(f"{name}.add", who=COORDINATORS, answer=Answer.FORM)(self.add)
        feature.button(f"{name}.replace", number, who=COORDINATORS, answer=Answer.FORM)(self.replace)
        feature.button(f"{name}.change", word, who=COORDINATORS, answer=Answer.FORM)(self.change)
        feature.form(f"{name}.put", number, who=COORDINATORS)(self.put)
        feature.button(f"{name}.back", word, number, who=COORDINATORS)(self.back)
        feature.button(f"{name}.off", word, number, who=COORDINATORS)(self.off)
        feature.button(f"{name}.on", word, number, who=COORDINATORS)(self.on)

    async def every(self, asked: Asked) -> Message:
        """List every one."""
        every = await self.shelf.known(asked)
        return wording.listed(self.words, every, await _names(asked, every), asked.member.zone)

    async def show(self, asked: Asked, name: str) -> Message:
        """Show all that stands in one."""
        return await self._card(asked, await self.one(asked, name))

    async def file(self, asked: Asked, name: str) -> Message:
        """Hand one over as a file."""
        return wording.as_file(self.words, await self.one(asked, name), await self._newest(asked))

    async def add(self, asked: Asked) -> Form:
        """Ask for one of the program's own, with an example to begin with, if there is one."""
        return wording.add_form(self.words, await self._newest(asked), example=True)

    async def replace(self, asked: Asked, seen: int) -> Form:
        """Ask for one that was taken along; `seen` was the newest one at that time."""
        await self._given_out(asked, seen)
        return wording.add_form(self.words, seen)

    async def change(self, asked: Asked, name: str) -> Form:
        """Open the text of one, to be changed at once."""
        return wording.change_form(self.words, await self.one(asked, name), await self._newest(asked))

    async def put(self, asked: Asked, seen: int, values: Mapping[str, str]) -> Message | Errors:
        """Let one hold from now on. `seen` is the newest version of any when whoever changes it began."""
        await self._given_out(asked, seen)
        text = readable(values.get("text", ""))
        text = "" if text == readable(self.words.example) else text  # an example that was left alone is nobody's text
        if text and "file" in asked.files:
            return Errors({"text": wording.both_given()})
        field = "file" if "file" in asked.files else "text"
        try:
            source = decoded(asked.files["file"].content) if field == "file" else text
            if not source.strip():
                return Errors({field: wording.nothing_given(self.words)})
            name = self.shelf.parse(source).name
            await self.check(source)
        except Miswritten as wrong:
            return Errors({field: wording.wrong(wrong)})
        await asked.work.of(Settings).lock()
        refused = await self._refused(asked, await self.shelf.known_as(asked, name), source, seen)
        return Errors({field: refused}) if refused else await self._put(asked, name, source)

    async def _refused(self, asked: Asked, before: Known[D] | None, source: str, seen: int) -> str | None:
        """Say why one can't take the place of what there is now."""
        if before is None:
            full = len(await self.shelf.known(asked)) >= MOST
            return wording.too_many(self.words, MOST) if full else None
        if before.source == source and not before.off:
            return wording.same(before.definition)
        if before.row and before.row.id > seen and before.row.by_id not in (None, asked.member.id):
            name = (await _names(asked, [before])).get(before.definition.name)
            return wording.meanwhile(self.words, before.definition, name)
        return None

    async def _put(self, asked: Asked, name: str, source: str) -> Message:
        """Keep a new version; what it takes the place of is kept too, to come back to."""
        before = await self.shelf.known_as(asked, name)
        if before is not None:
            await self.shelf.keep(asked, before)
        built_in = source == self.shelf.built_in().get(name)
        await asked.work.of(self.shelf.store).put(name, source, asked.member.id, built_in=built_in)
        one = await self.one(asked, name)
        await self._note(asked, "put", one)
        return wording.holds(self.words, await self._card(asked, one))

    async def back(self, asked: Asked, name: str, version: int) -> Message:
        """Let the version before hold again."""
        one = await self._same(asked, name, version)
        store = asked.work.of(self.shelf.store)
        before = await store.version(name, one.version - 1) if one is not None else None
        if one is None or before is None:
            return wording.changed_meanwhile(await self._card(asked, await self.one(asked, name)))
        return await self._put(asked, name, before.source)

    async def off(self, asked: Asked, name: str, version: int) -> Message:
        """Let one not be used from now on."""
        return await self._switch(asked, name, version, off=True)

    async def on(self, asked: Asked, name: str, version: int) -> Message:
        """Let one be used again."""
        return await self._switch(asked, name, version, off=False)

    async def _switch(self, asked: Asked, name: str, version: int, *, off: bool) -> Message:
        one = await self._same(asked, name, version)
        if one is None or one.off == off:
            return wording.changed_meanwhile(await self._card(asked, await self.one(asked, name)))
        row = await self.shelf.keep(asked, one)
        await asked.work.of(self.shelf.store).switch(row.id, off=off)
        one = await self.one(asked, name)
        await self._note(asked, "off" if off else "on", one)
        if off:
            await self.off_now(asked, name)
            return wording.switched_off(self.words, one)
        return wording.holds(self.words, await self._card(asked, one))

    async def _same(self, asked: Asked, name: str, version: int) -> Known[D] | None:
        """Return one that nobody else changes meanwhile, if it is still the version that was shown."""
        await asked.work.of(Settings).lock()
        one = await self.one(asked, name)
        if version > one.version:
            raise UserError(members_wording.OLD_BUTTON)
        return one if one.version == version else None

    async def _newest(self, asked: Asked) -> int:
        """Return the id of what was changed last in any."""
        return max((one.row.id for one in await self.shelf.known(asked) if one.row), default=0)

    async def _given_out(self, asked: Asked, seen: int) -> None:
        """Raise UserError for a version that there never was."""
        if seen > await self._newest(asked):
            raise UserError(members_wording.OLD_BUTTON)

    async def one(self, asked: Asked, name: str) -> Known[D]:
        """Return one by its name. Raises UserError if there is none."""
        found = await self.shelf.known_as(asked, name)
        if found is None:
            raise UserError(members_wording.OLD_BUTTON)
        return found

    async def _card(self, asked: Asked, one: Known[D]) -> Message:
        name = (await _names(asked, [one])).get(one.definition.name)
        return wording.card(self.words, one, name, asked.member.zone)

    async def _note(self, asked: Asked, what: str, one: Known[D]) -> None:
        subject = f"{self.shelf.store.table.name}:{one.row.id if one.row else 0}"
        await asked.work.audit.add(asked.member.key, f"{self.words.name}.{what}", subject)


async def _names(asked: Asked, every: list[Known[D]]) -> dict[str, str]:
    """Return who made each one, by its name; whoever has left is missing."""
    ids = {one.definition.name: one.row.by_id for one in every if one.row and one.row.by_id is not None}
    people = await asked.work.of(Members).get(ids.values())
    return {name: people[id_].name for name, id_ in ids.items() if id_ in people}

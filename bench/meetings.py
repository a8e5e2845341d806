"""A town in which each pairing has met once, and the mentor was asked for session notes: as many deadlines as pairings.

Deadlines lie like the alarms of `bench.town`: spread over nine hours, the first an hour after the town was made.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench import tables
from bench.ground import COMMUNITY, SOON, Built
from bench.town import BEYOND, Rows, Town, micros
from bot.core import Core
from bot.features import FEATURES
from bot.feedback.keeping import settle
from bot.forms.keeping import forms_of
from bot.members import roster
from bot.people import Role
from bot.policy_sections import NoteFigures
from storage.due import Due, due
from storage.members import Members, accounts, members
from storage.opening import open_database
from storage.pairings import pairings, spaces
from storage.programs import Program
from storage.session_tables import State, sessions
from storage.sheet_tables import sheets
from storage.sheets import ALARM, Sheets

FORM = "notes"
SAMPLE = 20


@dataclass(frozen=True)
class Meetings:
    """What there is in a town beside people and pairings; `form` is the id of one that is in the database.

    Nobody has been reminded so far, so nothing is late: there is no limit yet.
    """

    town: Town
    figures: NoteFigures
    form: int

    def tables(self) -> Iterator[Rows]:
        """Yield the tables, what points at a row after the row."""
        for rows in self.town.tables():
            if rows[0] in (members, accounts, pairings, spaces):
                yield rows
        yield sessions, _SESSION, self._sessions()
        yield sheets, _SHEET, self._sheets()
        yield due, ("id", "program_id", "kind", "subject", "member_id", "at"), self._alarms()

    def asked(self, number: int) -> datetime:
        """Return when somebody was asked."""
        return self.town.alarm(number) - self.figures.first_after

    def _sessions(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.town.size):
            pairing, at = self.town.pairing(number), micros(self.asked(number))
            by = BEYOND + self.town.mentee(pairing)
            where = (BEYOND + number, self.town.program, BEYOND + pairing, by, str(State.HELD))
            yield *where, at, 60, "What we talk about", "", f"{number:032x}", 0, 1, at, at, "", False, False

    def _sheets(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.town.size):
            pairing, at = self.town.pairing(number), self.asked(number)
            where = (BEYOND + number, self.town.program, BEYOND + number, BEYOND + pairing)
            who = (BEYOND + self.town.mentor(pairing), self.form, FORM)
            yield *where, *who, micros(at), micros(at), False

    def _alarms(self) -> Iterator[tuple[Any, ...]]:
        for number in range(self.town.size):
            mentor = BEYOND + self.town.mentor(self.town.pairing(number))
            yield BEYOND + number, self.town.program, ALARM, BEYOND + number, mentor, micros(self.town.alarm(number))


_SESSION = (
    *("id", "program_id", "pairing_id", "by_id", "state", "starts_at", "minutes", "agenda", "prepare", "uid"),
    *("sequence", "round", "made_at", "held_at", "ended_words", "short_notice", "logged"),
)
_SHEET = (
    *("id", "program_id", "session_id", "pairing_id", "member_id", "form_id", "form", "made_at", "delivered_at"),
    "empty",
)


async def build(url: str, size: int) -> Built:
    """Build a town of `size` pairings that have met, in the playground's program, in an empty database."""
    now = datetime.now(UTC).replace(microsecond=0)
    database = await open_database(url, lambda: now)
    core = Core(database, FEATURES)
    await roster.enrol(core, roster.read(COMMUNITY))
    (program,) = await core.programs()
    async with core.at_work(program) as context:
        (coordinator,) = await context.work.of(Members).with_role(Role.COORDINATOR)
        (form,) = [one.id for one in await forms_of(context) if one.definition.name == FORM]
        figures = context.policy.notes
    await database.close()
    town = Town(program.id, coordinator.id, size, now + SOON)
    meetings = Meetings(town, figures, form)
    await tables.fill(url, meetings.tables())
    built = Built(url, town)
    async with built.opened() as bot:
        await _prove(bot.core, bot.program, town)
    return built


class _UndoneError(Exception):
    """The transaction is to leave no trace."""


async def _prove(core: Core, program: Program, town: Town) -> None:
    """Raise AssertionError if the bot itself would have set other deadlines, in a sample of them."""
    with suppress(_UndoneError):
        async with core.at_work(program) as context:
            ids = [BEYOND + number for number in range(0, town.size, max(1, town.size // SAMPLE))]
            store = context.work.of(Sheets)
            before = await store.get(ids)
            await settle(context, list(before.values()))
            if await store.get(ids) != before:
                raise AssertionError("the made-up deadlines are not what the bot would have written")
            for id_ in ids:
                rows = (await context.work.of(Due).of(before[id_].member_id))["due"]
                if not any(row["subject"] == id_ and row["at"] == town.alarm(id_ - BEYOND) for row in rows):
                    raise AssertionError("the made-up alarms are not what the bot would have set")
            raise _UndoneError

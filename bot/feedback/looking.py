"""Looking up what belongs to sheets: their sessions, the two people, their forms."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.context import Asked, Context
from bot.errors import UserError
from bot.forms.definition import Definition, Kind
from bot.forms.filling import Goals
from bot.forms.keeping import definitions
from bot.nudges import wording as nudges_wording
from bot.people import Member, Pairing
from storage.goals import Goals as GoalStore
from storage.members import Members
from storage.pairings import Pairings
from storage.sessions import Session, Sessions
from storage.sheets import Sheet, Sheets


@dataclass(frozen=True, slots=True)
class Around:
    """What is needed to speak of some sheets, by id."""

    sessions: Mapping[int, Session]
    pairings: Mapping[int, Pairing]
    people: Mapping[int, Member]
    forms: Mapping[int, Definition]

    def other(self, sheet: Sheet) -> Member:
        """Return the other side of a sheet's pairing."""
        return self.people[self.pairings[sheet.pairing_id].other(sheet.member_id) or 0]

    def at(self, sheet: Sheet) -> datetime:
        """Return when a sheet's session was."""
        return self.sessions[sheet.session_id].starts_at or sheet.made_at

    def form(self, sheet: Sheet) -> Definition:
        """Return a sheet's form."""
        return self.forms[sheet.form_id]


async def around(context: Context, sheets: Collection[Sheet]) -> Around:
    """Look up what is needed to speak of sheets."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sheets})
    sides = {id_ for one in pairings.values() for id_ in one.sides}
    return Around(
        await context.work.of(Sessions).get({one.session_id for one in sheets}),
        pairings,
        await context.work.of(Members).get(sides),
        await definitions(context, {one.form_id for one in sheets}),
    )


async def my_sheet(asked: Asked, sheet_id: int) -> Sheet:
    """Return a sheet to whoever it is for, locked; a forged id and somebody else's button get the same answer."""
    sheet = await asked.work.of(Sheets).lock(sheet_id)
    if sheet is None or sheet.member_id != asked.member.id:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return sheet


async def each_answer(context: Context) -> Callable[[Sheet], bool]:
    """Return what tells of sheets whether coordinators see each answer that goes into a total: as the policy says.

    What was asked while it said otherwise was promised to be seen in totals alone.
    """
    eras = await context.house.eras(context.work, context.program)
    promised = max((era.until for era in eras if not era.policy.notes.each_answer), default=None)
    seen = context.policy.notes.each_answer
    return lambda sheet: seen and (promised is None or sheet.made_at > promised)


async def goals_of(context: Context, sheet: Sheet, chosen: Collection[int] = ()) -> tuple[Goals, list[int]]:
    """Return the goals that can be chosen in a sheet, and those among them that its session is about."""
    store = context.work.of(GoalStore)
    active = await store.of_pairing(sheet.pairing_id)
    about = (await context.work.of(Sessions).goals([sheet.session_id]))[sheet.session_id]
    more = await store.get({*about, *chosen} - {one.id for one in active})
    every = [*active, *(one for one in more.values() if one.pairing_id == sheet.pairing_id)]
    known = {one.id for one in every}
    return tuple((one.id, one.text) for one in every), [id_ for id_ in about if id_ in known]


def chosen_goals(form: Definition, answers: Mapping[str, str]) -> set[int]:
    """Return the ids of the goals that were chosen in a form."""
    question = form.of_kind(Kind.GOALS)
    value = answers.get(question.id, "") if question is not None else ""
    return {int(one) for one in value.split(",") if one.isascii() and one.isdigit()}

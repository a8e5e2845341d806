"""What somebody says isn't counted right for a badge: a coordinator looks at it, and says what they found.

A coordinator can't change what happened; they can put it right where it happened, or give the badge by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.badges import question_wording as wording
from bot.badges.feature import feature
from bot.badges.keeping import definitions
from bot.badges.looking import Mine, mine
from bot.badges.measures import Kind
from bot.badges.rules import Measured, Verdict
from bot.badges.showing import one_of_mine
from bot.context import Asked, Context
from bot.errors import UserError
from bot.feature import Part, number
from bot.members import wording as members_wording
from bot.members.coordinators import is_last
from bot.people import COORDINATORS, EVERYONE, Member, Role
from bot.views import Message
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, State, Urgency

QUESTION = "badges.question"
ANSWERED = "badges.answered"
RIGHT, PUT_RIGHT = 0, 1  # what a coordinator found: it is right as it is, or they put it right


@dataclass(frozen=True, slots=True)
class Question:
    """Who says so of which version of a badge, of which criterion, and in which week: once in each."""

    member_id: int
    badge_id: int
    criterion: int
    week: int

    @property
    def args(self) -> tuple[int, ...]:
        """What a row is given."""
        return (self.member_id, self.badge_id, self.criterion, self.week)

    def key(self, kind: str) -> str:
        """Return the key of a row about it."""
        return ":".join([kind, *map(str, self.args)])


@feature.button("badges.wrong", number, number, who=EVERYONE)
async def wrong(asked: Asked, badge_id: int, criterion: int) -> Message:
    """Ask the coordinators to look at what counted for a criterion."""
    one = await one_of_mine(asked, badge_id)
    if _disputable(one, criterion) is None:
        raise UserError(members_wording.OLD_BUTTON)
    year, week, _ = asked.now.isocalendar()
    question = Question(asked.member.id, badge_id, criterion, 100 * year + week)
    rows = [
        NewRow(f"{question.key(QUESTION)}:{id_}", QUESTION, question.args, id_, asked.now)
        for id_ in await _coordinators(asked)
    ]
    if not await asked.work.outbox.add(rows):
        return wording.passed_on_already()
    await asked.work.audit.add(asked.member.key, QUESTION)
    return wording.passed_on()


def _disputable(one: Mine, criterion: int) -> Measured | None:
    """Return a criterion that is a number: of what a rate goes over, each is disputed by itself."""
    measured = one.standing.measured if one.standing else ()
    found = measured[criterion] if criterion < len(measured) else None
    return found if found and found.criterion.about.kind is Kind.COUNT and found.verdict is not Verdict.ABSENT else None


async def _coordinators(asked: Asked) -> list[int]:
    every = [one.id for one in await asked.work.of(Members).with_role(Role.COORDINATOR)]
    return [id_ for id_ in every if id_ != asked.member.id] or every


@feature.composer(QUESTION)
async def compose_question(context: Context, _member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator to look; in a message that is out, say what was found since."""
    people = await context.work.of(Members).get({row.args[0] for row in rows})
    answers = await _answers(context, [Question(*row.args) for row in rows])
    said = {}
    for row in rows:
        question = Question(*row.args)
        if (member := people.get(question.member_id)) is None:
            continue
        if (found := answers.get(question)) is not None:
            said[row.id] = wording.settled(member.name, put_right=found == PUT_RIGHT) if _is_out(row) else ()
        elif (stands := await _stands(context, member, question)) is not None:
            said[row.id] = wording.asks(question.args, member.name, *stands)
    return Part.of(said)


def _is_out(row: OutboxRow) -> bool:
    return row.state is State.SENT


async def _stands(context: Context, member: Member, question: Question) -> tuple[str, Measured] | None:
    """Return the badge's title and how the criterion stands now; None if the badge has changed meanwhile."""
    one = next((one for one in await mine(context, member) if one.id == question.badge_id), None)
    found = None if one is None else _disputable(one, question.criterion)
    return None if one is None or found is None else (one.definition.title, found)


async def _answers(context: Context, questions: Sequence[Question]) -> dict[Question, int]:
    """Return what was found already."""
    rows = await context.work.outbox.by_keys([one.key(ANSWERED) for one in questions])
    return {Question(*row.args[:4]): row.args[4] for row in rows}


@feature.button("badges.answer", number, number, number, number, number, who=COORDINATORS)
async def answer(asked: Asked, member_id: int, badge_id: int, criterion: int, week: int, found: int) -> Message:
    """Tell somebody what a coordinator found; the first one does."""
    question = Question(member_id, badge_id, criterion, week)
    every = [one.id for one in await asked.work.of(Members).with_role(Role.COORDINATOR)]
    keys = [f"{question.key(QUESTION)}:{id_}" for id_ in every]
    member = (await asked.work.of(Members).get([member_id])).get(member_id)
    if member is None or found not in (RIGHT, PUT_RIGHT) or not await asked.work.outbox.by_keys(keys):
        raise UserError(members_wording.OLD_BUTTON)
    if member_id == asked.member.id and not await is_last(asked.work, asked.member.id):
        raise UserError(wording.own())
    row = NewRow(question.key(ANSWERED), ANSWERED, (*question.args, found), member_id, asked.now, urgency=Urgency.ASKED)
    if not await asked.work.outbox.add([row]):
        return wording.answered_already()
    await asked.work.audit.add(asked.member.key, "badges.answer", member.key)
    await asked.work.outbox.edit(keys)
    return wording.answered(member.name)


@feature.composer(ANSWERED)
async def compose_answered(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a member what a coordinator found."""
    kept = await definitions(context, {row.args[1] for row in rows})
    return Part.of(
        {
            row.id: wording.found(definition, row.args[2], put_right=row.args[4] == PUT_RIGHT)
            for row in rows
            if (definition := kept.get(row.args[1])) is not None and row.args[2] < len(definition.criteria)
        }
    )

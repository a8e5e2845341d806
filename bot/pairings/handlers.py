"""Making pairings and finding them again: /mentor-admin pair, pairs and pairing."""

from collections.abc import Mapping

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, Option, number
from bot.members import wording as members_wording
from bot.members.finding import fold
from bot.pairings import card_wording, wording
from bot.pairings.doing import make, paired_already, ready, take_up_again
from bot.pairings.feature import feature
from bot.pairings.looking import TWO, accounts_of, choices, coordinators, fits, look_at, pair_of, person, two_people
from bot.pairings.quiet import quiet
from bot.people import COORDINATORS, Member, Pairing, Role
from bot.views import Errors, Form, Message
from storage.members import Members
from storage.pairings import Pairings

SHOWN = 20
QUIET = "quiet"


@feature.command(
    "pair",
    "Pair a mentor and a mentee",
    who=COORDINATORS,
    options=(
        Option("mentor", "the mentor: @amara, or a whole name"),
        Option("mentee", "the mentee: @lena, or a whole name", also=("with",)),
        Option("coordinator", "who looks after them, if it isn't you", also=("by",)),
    ),
    answer=Answer.FORM,
)
async def pair(asked: Asked, mentor: str = "", mentee: str = "", coordinator: str = "") -> Message | Form:
    """Pair two people; without any, ask for them in a form."""
    if not (mentor or mentee):
        return await _pair_form(asked)
    first, second = await two_people(asked, ", ".join(filter(None, (mentor, mentee))), wording.NOT_TWO)
    return await pair_two(asked, first, second, await coordinator_of(asked, coordinator))


async def _pair_form(asked: Asked) -> Form:
    members = asked.work.of(Members)
    mentors, mentees = await members.with_role(Role.MENTOR), await members.with_role(Role.MENTEE)
    return wording.pair_form(choices(mentors), choices(mentees), choices(await coordinators(asked)))


@feature.form("pairings.pair", who=COORDINATORS)
async def pair_form(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Pair the two who were chosen; what doesn't fit is said beside its field."""
    members = await asked.work.of(Members).every()
    people: dict[str, Member] = {}
    errors: dict[str, str] = {}
    for name in ("mentor", "mentee"):
        try:
            people[name] = await person(asked, values.get(name, ""), members)
        except UserError as error:
            errors[name] = str(error)
    try:
        people["coordinator"] = await coordinator_of(asked, values.get("coordinator", ""))
    except UserError as error:
        errors["coordinator"] = str(error)
    if errors:
        return Errors(errors)
    return await pair_two(asked, people["mentor"], people["mentee"], people["coordinator"])


async def coordinator_of(asked: Asked, text: str) -> Member:
    """Return the coordinator whom a text names; whoever asks if it names nobody. Raises UserError."""
    if not text.strip():
        return asked.member
    able = await coordinators(asked)
    found = await person(asked, text, await asked.work.of(Members).every())
    if found.id not in {one.id for one in able}:
        raise UserError(wording.NOT_A_COORDINATOR)
    return found


async def pair_two(asked: Asked, first: Member, second: Member, coordinator: Member) -> Message:
    """Pair two people, or ask whether to pair them again who were paired before. Raises UserError."""
    mentor, mentee = await ready(asked, first, second)
    before = await paired_already(asked, mentor, mentee)
    if before is not None and before.ended_at is not None:
        names = (mentor.name, mentee.name)
        return wording.offer_again(before.id, coordinator.id, *names, before.ended_at, asked.member.zone)
    return await done(asked, await make(asked, mentor, mentee, coordinator))


async def done(asked: Asked, pairing: Pairing) -> Message:
    """Say that two people are paired."""
    theirs = await asked.work.of(Pairings).going_on(pairing.mentor_id)
    mentees = sum(one.mentor_id == pairing.mentor_id for one in theirs)
    pair = await pair_of(asked, pairing.id, asked.member)
    return wording.paired(pair, mentees, shared=await accounts_of(asked, pair) is not None)


@feature.button("pairings.again", number, number, who=COORDINATORS)
async def again(asked: Asked, pairing_id: int, coordinator_id: int) -> Message:
    """Take a pairing up again that had ended; 0: whoever asks looks after it."""
    known = (await asked.work.of(Pairings).get([pairing_id])).get(pairing_id)
    able = {one.id: one for one in await coordinators(asked)}
    coordinator = able.get(coordinator_id) if coordinator_id else asked.member
    if known is None or coordinator is None:
        raise UserError(members_wording.OLD_BUTTON)
    people = await asked.work.of(Members).get(known.sides)
    if len(people) != TWO:  # one of them is being deleted at this moment
        raise UserError(members_wording.OLD_BUTTON)
    mentor, mentee = await ready(asked, people[known.mentor_id], people[known.mentee_id])
    before = await paired_already(asked, mentor, mentee)
    if before is None:
        raise UserError(members_wording.OLD_BUTTON)
    return await done(asked, await take_up_again(asked, before, coordinator))


@feature.command(
    "pairs",
    "See who is paired with whom",
    who=COORDINATORS,
    options=(
        Option(
            "filter",
            "a part of a name, or: resting, wishes, no space, quiet",
            known=("resting", "wishes", "no space", "quiet"),
        ),
    ),
)
async def pairs(asked: Asked, filter: str = "") -> Message:  # noqa: A002 - the option's name
    """List the pairings that go on; those with a wish come first."""
    going_on = await asked.work.of(Pairings).going_on()
    every = await look_at(asked, going_on, asked.member)
    if fold(filter) == QUIET:
        found = await quiet(asked, every)
    else:
        found = [pair for pair in every if not filter or fits(pair, filter)]
    if not going_on:
        raise UserError(wording.NO_PAIRS)
    found.sort(key=lambda pair: (not pair.wishes, pair.mentor.name, pair.mentee.name))
    within = asked.policy.nudges.answer_within
    return card_wording.pairs(found[:SHOWN], len(found), filter, within, asked.member.zone)


@feature.command(
    "pairing",
    "See one pairing, and all that you can do about it",
    who=COORDINATORS,
    options=(Option("people", "the two: @amara @lena, or whole names with a comma"),),
)
async def pairing(asked: Asked, people: str = "") -> Message:
    """Show the pairing of two people."""
    first, second = await two_people(asked, people, wording.WHICH_TWO)
    store = asked.work.of(Pairings)
    found = [await store.between(*sides) for sides in ((first.id, second.id), (second.id, first.id))]
    known = sorted((one for one in found if one is not None), key=lambda one: one.ended_at is not None)
    if not known:
        raise UserError(wording.not_paired(first.name, second.name))
    return await show(asked, known[0].id)


@feature.button("pairings.card", number, who=COORDINATORS)
async def show(asked: Asked, pairing_id: int) -> Message:
    """Show a pairing."""
    pair = await pair_of(asked, pairing_id, asked.member)
    standing = await asked.house.standing(asked, pair.pairing)
    return card_wording.card(pair, asked.policy.nudges.answer_within, asked.member.zone, standing)

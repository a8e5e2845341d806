"""What is made of the rows of the outbox: spaces, what is said in them, and messages to people."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.context import Context
from bot.deliveries.reasons import Reason
from bot.errors import Refused
from bot.feature import NewSpace, Part
from bot.pairings import own_wording, space_wording, wording
from bot.pairings.doing import GOES_ON, GOODBYE, PACE, RESTS, SPACE, WELCOME
from bot.pairings.feature import feature
from bot.pairings.looking import accounts_of, look_at
from bot.pairings.pair import Pair
from bot.pairings.rules import space_name
from bot.people import Role
from bot.views import Block, Message
from storage.members import Members
from storage.outbox import OutboxRow
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.programs import State
from storage.wishes import Kind, Wishes

LOOK_AGAIN = timedelta(hours=1)
NO_SPACE = "pairings.no_space"
PROPOSED = "pairings.proposed"
ANSWERED = "pairings.answered"
WISHED = "pairings.wished"
TAKEN_BACK = "pairings.taken_back"


async def _pair(context: Context, pairing_id: int | None) -> Pair | None:
    found = await context.work.of(Pairings).get([pairing_id or 0])
    return (await look_at(context, list(found.values())))[0] if found else None


@feature.opener(SPACE)
async def open_space(context: Context, row: OutboxRow) -> NewSpace | None:
    """Say how a pairing's space is made; not any more if it has one, or has ended. Raises Refused."""
    pair = await _pair(context, row.pairing_id)
    if pair is None or pair.pairing.ended_at is not None or pair.space is not None or not pair.running:
        return None
    if not (pair.mentor.active and pair.mentee.active):
        return None
    people = await accounts_of(context, pair)
    if people is None:
        raise Refused(Reason.NO_SHARED)
    before = len(await context.work.of(Pairings).spaces_of([pair.pairing.id]))
    name = space_name(pair.mentor.name, pair.mentee.name, _number(pair.pairing.id, before, numbered=row.args == (1,)))
    return NewSpace(name, space_wording.topic(pair.mentor.name, pair.mentee.name), people)


def _number(pairing_id: int, before: int, *, numbered: bool) -> str:
    """Return what sets a space's name apart: from others' of the same names, and from those the pair had before."""
    if before:
        return f"{pairing_id}-{before + 1}"
    return str(pairing_id) if numbered else ""


Say = Callable[[Context, Pair], Message | None]


def _poster(kind: str, say: Say, *, ended: bool = False) -> None:
    """Declare what is said in a space, as long as the pairing stands as it did when it was asked for."""

    @feature.poster(kind)
    async def post(context: Context, row: OutboxRow) -> Message | None:
        pair = await _pair(context, row.pairing_id)
        if pair is None or context.program.state is not State.RUNNING or (pair.pairing.ended_at is not None) != ended:
            return None
        return say(context, pair)


def _rests(_context: Context, pair: Pair) -> Message | None:
    zone = (pair.coordinator or pair.mentor).zone  # the day is the one that a coordinator said
    return space_wording.rests(pair.rest.until, zone) if pair.rest else None


def _goes_on(_context: Context, pair: Pair) -> Message | None:
    return None if pair.rest else space_wording.goes_on()


_poster(WELCOME, lambda _, pair: space_wording.welcome(pair.mentor.name, pair.mentee.name))
_poster(RESTS, _rests)
_poster(GOES_ON, _goes_on)
_poster(PACE, lambda context, p: space_wording.pace(p.pairing.pace, context.policy.nudges.answer_within))
_poster(GOODBYE, lambda _, pair: space_wording.goodbye(pair.mentor.name, pair.mentee.name), ended=True)


Line = Callable[[Context, OutboxRow], Awaitable[tuple[Block, ...]]]


def _composer(kind: str, line: Line, *, always: bool = False, for_good: bool = False) -> None:
    """Declare what is sent to a member: each row says something, or nothing once it is needless.

    `for_good`: what is said once and not again isn't used up while the program is only tried out; it waits for Start.
    """

    @feature.composer(kind, always=always)
    async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
        tried = for_good and context.program.state is State.SHADOW
        later = {row.id: context.now + LOOK_AGAIN for row in rows if tried and row.delivery_id is None}
        said = {row.id: await line(context, row) for row in rows if row.id not in later}
        blocks = tuple(block for of_row in said.values() for block in of_row)
        needed = frozenset(row.id for row in rows if said.get(row.id) or row.state is RowState.SENT)
        return Part(blocks, needed, later)


async def _no_space(context: Context, row: OutboxRow) -> tuple[Block, ...]:
    pair = await _pair(context, row.args[0])
    if pair is None or pair.space is not None or pair.pairing.ended_at is not None:
        return ()
    return wording.no_space(pair, shared=await accounts_of(context, pair) is not None)


async def _proposed(context: Context, row: OutboxRow) -> tuple[Block, ...]:
    proposal = (await context.work.of(Wishes).proposals([row.args[0]])).get(row.args[0])
    pair = await _pair(context, proposal.pairing_id if proposal else None)
    if proposal is None or pair is None:
        return ()
    who, _ = pair.names(proposal.member_id)
    return own_wording.proposed(proposal, who, context.policy.nudges.answer_within)


async def _answered(context: Context, row: OutboxRow) -> tuple[Block, ...]:
    pairing_id, days, agreed = row.args
    pair = await _pair(context, pairing_id)
    if pair is None or pair.pairing.ended_at is not None:
        return ()
    _, other = pair.names(row.member_id or 0)
    return own_wording.answered(other, days, context.policy.nudges.answer_within, agreed=bool(agreed))


async def _wished(context: Context, row: OutboxRow) -> tuple[Block, ...]:
    wish = (await context.work.of(Wishes).get([row.args[0]])).get(row.args[0])
    if wish is not None and wish.kind is Kind.SAFETY:  # a lock screen gives nothing away
        return own_wording.private_note(wish.id)
    pair = await _pair(context, wish.pairing_id if wish else None)
    if wish is None or pair is None:
        return ()
    return own_wording.wish_for_coordinator(wish, *pair.names(wish.member_id))


async def _taken_back(context: Context, row: OutboxRow) -> tuple[Block, ...]:
    pairing_id, member_id, *safety = row.args
    pair = await _pair(context, pairing_id)
    if pair is None or pair.pairing.ended_at is not None:
        return ()
    if safety == [1]:  # a lock screen gives nothing away
        reader = (await context.work.of(Members).get([row.member_id or 0]))[row.member_id or 0]
        return own_wording.private_note_taken_back(pairing_id, coordinates=Role.COORDINATOR in reader.roles)
    return own_wording.taken_back_for_coordinator(*pair.names(member_id), pairing_id)


_composer(NO_SPACE, _no_space)
_composer(PROPOSED, _proposed, for_good=True)
_composer(ANSWERED, _answered, for_good=True)
_composer(WISHED, _wished, always=True)
_composer(TAKEN_BACK, _taken_back, always=True)

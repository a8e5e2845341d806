"""Three questions to whoever has joined: when, which holidays, which language. Each is answered with one tap."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import Delivered, MembersJoined, ProgramChanged, SpaceOpened
from bot.feature import Part
from bot.language import languages
from bot.members import countries, describing, joining_wording
from bot.members.calendars import calendar_of
from bot.members.feature import feature
from bot.members.welcoming import WELCOME, row_key
from bot.people import PAIRED, Member, Pairing
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.programs import State

ASK_AGAIN = timedelta(days=1)  # whether the program runs again


@feature.on(SpaceOpened)
async def space_opened(context: Context, opened: SpaceOpened) -> None:
    """Ask both sides of a pairing that has a space now."""
    if context.program.state is State.RUNNING:
        await _ask(context, _sides((await context.work.of(Pairings).get([opened.pairing_id])).values()))


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Ask everybody, when a program begins to run; whoever is paired without a space is asked once there is one."""
    if context.program.state is State.RUNNING and changed.before.state is not State.RUNNING:
        going_on = {pairing.id: pairing for pairing in await context.work.of(Pairings).going_on()}
        spaces = await context.work.of(Pairings).spaces_of(going_on)
        with_space = _sides(space.pairing for space in spaces)
        alone = {one.id for one in await context.work.of(Members).every()} - _sides(going_on.values())
        await _ask(context, with_space | alone)


@feature.on(MembersJoined)
async def members_joined(context: Context, joined: MembersJoined) -> None:
    """Ask who joins a program that runs; whoever is paired already is asked once there is a space."""
    if context.program.state is State.RUNNING:
        paired = _sides(await context.work.of(Pairings).going_on())
        await _ask(context, set(joined.member_ids) - paired)


def _sides(pairings: Iterable[Pairing]) -> set[int]:
    return {id_ for pairing in pairings for id_ in pairing.sides}


async def _ask(context: Context, member_ids: Collection[int]) -> None:
    """Ask mentors and mentees what they like, once in their life as members."""
    people = (await context.work.of(Members).get(member_ids)).values()
    new = sorted(member.id for member in people if _is_to_be_asked(member))
    rows = [NewRow(row_key(id_), WELCOME, (), id_, context.now, urgency=Urgency.ASKED) for id_ in new]
    await context.work.outbox.add(rows)


def _is_to_be_asked(member: Member) -> bool:
    return member.active and member.welcomed_at is None and bool(member.roles & PAIRED)


@feature.composer(WELCOME)
async def welcome(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Compose the three questions; needless for whoever was asked before, or is no mentor or mentee any more.

    In a message that is out, say what was chosen since.
    """
    member = (await context.work.of(Members).get([member_id]))[member_id]
    pairings = await context.work.of(Pairings).going_on(member_id)
    ids = frozenset(row.id for row in rows)
    out = all(row.state is RowState.SENT for row in rows)
    if not (out or _is_to_be_asked(member)):
        return Part((), frozenset())
    if context.program.state is not State.RUNNING:  # what isn't shown to anybody must not count as asked
        return Part((), frozenset(), dict.fromkeys(ids, context.now + ASK_AGAIN))
    others = [pairing.other(member_id) or 0 for pairing in pairings]
    names = [other.name for other in (await context.work.of(Members).get(others)).values()]
    guesses = countries.guesses(member.zone, member.country)
    chosen = _chosen(context, member) if out else joining_wording.Chosen()
    return Part(joining_wording.welcome(names, context.program.name, guesses, languages(), chosen), ids)


def _chosen(context: Context, member: Member) -> joining_wording.Chosen:
    """Say what holds of what was asked."""
    calendar = calendar_of(member, (), context.policy.hours)
    return joining_wording.Chosen(
        None if member.opens is None else describing.hours(calendar.opens, calendar.closes),
        None if member.country is None else countries.name(member.country),
        None if member.language is None else languages().get(member.language),
    )


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note who was asked."""
    if context.program.state is State.RUNNING:
        for row in fact.rows:
            if row.kind == WELCOME and row.member_id is not None:
                await context.work.of(Members).change(row.member_id, welcomed_at=context.now)

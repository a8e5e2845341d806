"""The next steps of a pairing as they are shown around a session: before the next one, and beside it."""

from bot.context import Context
from bot.feedback import notes_wording
from bot.people import Member, Pairing
from bot.views import Block
from storage.members import Members
from storage.next_steps import NextSteps

SHOWN = 3  # each has a button; the rest are counted


async def open_steps(context: Context, pairing: Pairing, me: Member) -> tuple[Block, ...]:
    """Return what the two of a pairing still want to do, with buttons for one of them; nothing if that is nothing."""
    steps = (await context.work.of(NextSteps).still_open([pairing.id]))[pairing.id]
    people = await context.work.of(Members).get(pairing.sides)
    names = {id_: one.name for id_, one in people.items()}
    return notes_wording.around_session(notes_wording.steps(steps[:SHOWN], names, me.id), len(steps) - SHOWN)

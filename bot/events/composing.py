"""What is said of events unasked: the announcement, what has changed, the reminder; and what waits."""

from collections.abc import Callable, Sequence

from bot.context import Asked, Context
from bot.events import invites, unasked_wording, wording
from bot.events.feature import feature
from bot.events.keeping import BEFORE, NEW, SAID, TOLD
from bot.events.looking import of_rows, shown
from bot.events.rules import CODE_FOR, is_coming, is_on, is_over
from bot.events.wording import LISTED, News, Shown
from bot.feature import Part
from bot.views import Block, File, Message
from storage.events import Events
from storage.members import Members
from storage.outbox import OutboxRow, State

WAITING = 3  # events in the list of what waits


@feature.composer(NEW)
async def compose_new(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Announce what is coming; in a message that is out, say how it stands since."""
    seen = await of_rows(context, rows, member_id)
    waiting = [row for row in rows if row.state is not State.SENT and _is_new(seen.get(row.args[0]))]
    out = [row for row in rows if row.state is State.SENT and row.args[0] in seen]
    blocks = [block for row in out for block in unasked_wording.settled(seen[row.args[0]])]
    blocks += unasked_wording.announced([seen[row.args[0]] for row in waiting])
    return Part(tuple(blocks), frozenset(row.id for row in (*out, *waiting)))


def _is_new(one: Shown | None) -> bool:
    """Tell whether somebody is still to hear of an event: not if they said something about it already."""
    return one is not None and is_coming(one.event, one.now) and one.coming is None


def _about(
    kind: str, needed: Callable[[Shown, OutboxRow], bool], say: Callable[[Shown, OutboxRow], tuple[Block, ...]]
) -> None:
    """Declare what whoever comes is told, each row by itself, as long as it is needed."""

    @feature.composer(kind)
    async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
        seen = await of_rows(context, rows, member_id)
        name = (await context.work.of(Members).get([member_id]))[member_id].name
        found = {row: seen[row.args[0]] for row in rows if row.args[0] in seen}
        return Part.of(
            {
                row.id: (*say(one, row), *_file(context, one, row, name))
                for row, one in found.items()
                if row.state is State.SENT or needed(one, row)
            }
        )


def _file(context: Context, one: Shown, row: OutboxRow, name: str) -> tuple[File, ...]:
    """Return the file for the calendar that comes along with what has changed."""
    if row.kind != TOLD or row.state is State.SENT:
        return ()
    return (invites.file(one.event, name, context.program.name, context.now),)


def _news(one: Shown, row: OutboxRow) -> tuple[Block, ...]:
    if News(row.args[1]) is News.CALLED_OFF or not is_on(one.event):
        return unasked_wording.called_off(one)
    return unasked_wording.changed(one) if is_coming(one.event, one.now) else unasked_wording.settled(one)


def _is_news(one: Shown, row: OutboxRow) -> bool:
    """Tell whether what has changed is still so, nothing newer is to be told, and it isn't over."""
    if News(row.args[1]) is News.CALLED_OFF:
        return not is_on(one.event) and not is_over(one.event, one.now)
    return is_coming(one.event, one.now) and one.event.sequence == row.args[2] and bool(one.coming)


def _is_soon(one: Shown, row: OutboxRow) -> bool:
    """Tell whether somebody is still to be reminded: they come, and it begins when it did as the alarm rang."""
    return is_coming(one.event, one.now) and one.event.sequence == row.args[1] and bool(one.coming)


_about(TOLD, _is_news, _news)
_about(BEFORE, _is_soon, lambda one, _: unasked_wording.reminder(one))


@feature.announcer(SAID)
async def say(context: Context, row: OutboxRow) -> Message | None:
    """Say in the program's channels what is new of an event, if it is still so: in the time of who announced it."""
    event_id, news, sequence = row.args
    event = (await context.work.of(Events).get([event_id])).get(event_id)
    if event is None or event.sequence != sequence or is_on(event) is (News(news) is News.CALLED_OFF):
        return None
    if is_on(event) and not is_coming(event, context.now):
        return None
    by = (await context.work.of(Members).get([event.by_id or 0])).get(event.by_id or 0)
    return unasked_wording.in_channel(Shown(event, None, by.zone if by else "UTC", context.now), News(news))


@feature.waiting
async def what_waits(asked: Asked) -> Sequence[Block]:
    """List the next events, and those of the last day at which somebody can still say that they were."""
    found = await asked.work.of(Events).not_over(asked.now - CODE_FOR, 0, LISTED)
    every = await shown(asked, found, asked.member)
    seen = [one for one in every if is_coming(one.event, asked.now) or (one.coming and wording.answers(one))]
    return unasked_wording.waiting(seen[:WAITING], more=len(seen) > WAITING)

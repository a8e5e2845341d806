"""Keeping true what hangs on events: who is told, what was said, and when whoever comes is reminded."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.context import Context
from bot.events.rules import is_coming, reminded_at
from bot.events.wording import News
from bot.members.calendars import calendars
from bot.people import PAIRED, Member
from bot.sessions.keeping import urgency_before
from storage.due import Setting
from storage.events import ALARM, Event, Events
from storage.members import Members
from storage.outbox import NewRow, Urgency

NEW = "events.new"
TOLD = "events.told"
BEFORE = "events.before"


def new_key(event_id: int, member_id: int) -> str:
    """Return the key under which an event is announced to a member: once."""
    return f"event-new:{event_id}:{member_id}"


async def audience(context: Context) -> list[Member]:
    """Return whom events are announced to: mentors and mentees."""
    return [one for one in await context.work.of(Members).every() if one.active and PAIRED & one.roles]


async def announce(context: Context, events: Sequence[Event], members: Collection[Member]) -> None:
    """Let members hear of what is coming with the next message for which there is room; of each event once."""
    rows = [
        NewRow(new_key(event.id, one.id), NEW, (event.id,), one.id, context.now, urgency=Urgency.PATIENT)
        for event in events
        for one in members
        if is_coming(event, context.now)
    ]
    await context.work.outbox.add(rows)


async def tell(context: Context, event: Event, news: News, earliest: datetime | None) -> None:
    """Tell whoever said that they come; at once if it was, or is, to begin so early that no good hour is before it."""
    guests = await context.work.of(Events).guests(event.id)
    people = await calendars(context, [one.member_id for one in guests if one.coming])
    rows = [
        NewRow(
            f"event-told:{event.id}:{int(news)}:{event.sequence}:{member_id}",
            TOLD,
            (event.id, int(news), event.sequence),
            member_id,
            context.now,
            urgency=urgency_before(earliest, context.now, calendar),
        )
        for member_id, calendar in people.items()
    ]
    await context.work.outbox.add(rows)


async def bring_up_to_date(context: Context, event_id: int, member_ids: Collection[int]) -> None:
    """Have the announcements edited that are out, and look at once at those that are needless by now."""
    keys = [new_key(event_id, member_id) for member_id in member_ids]
    await context.work.outbox.edit(keys)


async def arrange(context: Context, events: Sequence[Event]) -> None:
    """Set the alarms at which whoever comes is reminded."""
    before = context.policy.before.last
    settings = [Setting(one.id, None, reminded_at(one, before, context.now)) for one in events]
    await context.work.due.set(ALARM, settings)

"""Keeping true what hangs on events: who is told, what was said, and when whoever comes is reminded."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.context import Context
from bot.events.rules import is_coming, reminded_at
from bot.events.wording import News
from bot.members.calendars import calendars
from bot.people import PAIRED, Member
from bot.sessions.keeping import urgency_before
from storage.channels import Channels
from storage.due import Setting
from storage.events import ALARM, Event, Events
from storage.members import Members
from storage.outbox import Effect, NewRow, Urgency

NEW = "events.new"
TOLD = "events.told"
BEFORE = "events.before"
SAID = "events.said"


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


async def say(context: Context, event: Event, news: News) -> None:
    """Let something about an event be said in the program's channels, if it has any."""
    if await context.work.of(Channels).every():
        key = f"event-said:{event.id}:{int(news)}:{event.sequence}"
        args = (event.id, int(news), event.sequence)
        await context.work.outbox.add(
            [NewRow(key, SAID, args, None, context.now, Effect.ANNOUNCE, Urgency.AT_ONCE)],
        )


async def tell(context: Context, event: Event, news: News, earliest: datetime | None) -> None:
    """Tell whoever said that they come, at once if no good hour is left before `earliest`; and the channels."""
    await say(context, event, news)
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
    """Have the announcements edited that are out; what still waits is composed as it is then."""
    await context.work.outbox.edit([new_key(event_id, member_id) for member_id in member_ids])


async def arrange(context: Context, events: Sequence[Event]) -> None:
    """Set the alarms at which whoever comes is reminded."""
    before = context.policy.before.last
    settings = [Setting(one.id, None, reminded_at(one, before, context.now)) for one in events]
    await context.work.due.set(ALARM, settings)

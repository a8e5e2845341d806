"""What happens by itself around events: one begins soon, people join, a program starts, what is old goes."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.events.feature import feature
from bot.events.keeping import BEFORE, announce, arrange, audience
from bot.events.rules import is_coming
from bot.facts import MembersJoined, ProgramChanged
from storage.due import Alarm
from storage.events import ALARM, Events
from storage.outbox import NewRow, Urgency
from storage.programs import State

DRAFTS = timedelta(days=1)  # so long what was typed is kept


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Remind whoever said that they come of what begins soon."""
    store = context.work.of(Events)
    found = await store.get([alarm.subject for alarm in alarms])
    for event in [one for one in found.values() if is_coming(one, context.now)]:
        comes = [guest.member_id for guest in await store.guests(event.id) if guest.coming]
        rows = [
            NewRow(
                f"event-before:{event.id}:{event.sequence}:{member_id}",
                BEFORE,
                (event.id, event.sequence),
                member_id,
                context.now,
                urgency=Urgency.AT_ONCE,
            )
            for member_id in comes
        ]
        await context.work.outbox.add(rows)


@feature.on(MembersJoined)
async def members_joined(context: Context, joined: MembersJoined) -> None:
    """Announce what is coming to those who are new."""
    new = [one for one in await audience(context) if one.id in joined.member_ids]
    await announce(context, await context.work.of(Events).ahead(), new)


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Remind by the figures of now; announce anew what was announced while it was only tried out."""
    ahead = await context.work.of(Events).ahead()
    await arrange(context, ahead)
    if changed.before.state is not context.program.state and context.program.state is not State.SET_UP:
        await announce(context, ahead, await audience(context))


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what was typed and never announced, and what was over long ago."""
    store = context.work.of(Events)
    await store.purge_drafts(context.now - DRAFTS)
    await store.purge(context.now - context.policy.kept.notes)

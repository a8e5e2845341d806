"""An event before it is announced, or before it is changed: what a coordinator typed, and the echo of it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from bot.context import Asked
from bot.errors import UserError
from bot.events import desk_wording, form_wording, wording
from bot.events.feature import feature
from bot.events.handlers import card
from bot.events.keeping import announce, arrange, audience, bring_up_to_date, say, tell
from bot.events.looking import known
from bot.events.reading import filled, read, readings, seconds
from bot.events.rules import has_begun, is_coming, new_code
from bot.events.wording import News, Shown
from bot.feature import Answer, number
from bot.members import wording as members_wording
from bot.nudges import wording as nudges_wording
from bot.people import COORDINATORS
from bot.views import Errors, Form, Message
from storage.events import Event, Events, State
from storage.programs import State as ProgramState


@feature.button("events.new", who=COORDINATORS, answer=Answer.FORM)
async def new(asked: Asked) -> Form:
    """Open the form of a new event."""
    return form_wording.new({})


@feature.button("events.change", number, who=COORDINATORS, answer=Answer.FORM)
async def change(asked: Asked, event_id: int) -> Form | Message:
    """Open the form with what an event is now."""
    one = await known(asked, event_id)
    if not is_coming(one.event, asked.now):
        return desk_wording.as_it_is(one)
    return form_wording.change(event_id, one.event.changes, filled(one.event, one.zone, as_typed=False))


@feature.form("events.made", number, number, who=COORDINATORS)
async def made(asked: Asked, event_id: int, changes: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep what was typed as a draft, and show it as it was understood."""
    target = (await known(asked, event_id)).event if event_id else None
    if changes > (target.changes if target else 0):
        raise UserError(members_wording.OLD_BUTTON)
    plan, wrong = read(values, asked.now, asked.member.zone)
    if wrong:
        return Errors(wrong)
    store = asked.work.of(Events)
    draft_id = await store.draft(plan, asked.member.id, target)
    if target is not None:
        await store.change(draft_id, changes=changes)
    return await echo(asked, draft_id)


@feature.button("events.edit", number, who=COORDINATORS, answer=Answer.FORM)
async def edit(asked: Asked, draft_id: int) -> Form:
    """Open the form again, with all that was typed."""
    draft = await _draft(asked, draft_id)
    return form_wording.again(draft_id, filled(draft.event, draft.zone, as_typed=True))


@feature.form("events.redone", number, who=COORDINATORS)
async def redone(asked: Asked, draft_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Put what was typed now in the place of what was typed before."""
    await _draft(asked, draft_id)
    plan, wrong = read(values, asked.now, asked.member.zone)
    if wrong:
        return Errors(wrong)
    await asked.work.of(Events).change(draft_id, **asdict(plan), made_at=asked.now)
    return await echo(asked, draft_id)


@feature.button("events.mean", number, number, who=COORDINATORS)
async def mean(asked: Asked, draft_id: int, at: int) -> Message:
    """Take one reading of what was typed as the one that is meant."""
    draft = await _draft(asked, draft_id)
    meant = [one for one in _readings(draft) if seconds(one) == at]
    if not meant:
        raise UserError(members_wording.OLD_BUTTON)
    await asked.work.of(Events).change(draft_id, starts_at=meant[0])
    return await echo(asked, draft_id)


@feature.button("events.drop", number, who=COORDINATORS)
async def drop(asked: Asked, draft_id: int) -> Message:
    """Throw a draft away."""
    await _draft(asked, draft_id)
    await asked.work.of(Events).drop(draft_id)
    return desk_wording.dropped()


@feature.button("events.announce", number, who=COORDINATORS)
async def confirm(asked: Asked, draft_id: int) -> Message:
    """Announce an event, or change the one that is meant, if the time is clear and still to come."""
    found = await asked.work.of(Events).lock(draft_id)
    if found is not None and found.state is not State.DRAFT:
        return desk_wording.announced_already(await known(asked, draft_id))
    draft = (await _draft(asked, draft_id)).event
    if draft.starts_at is None or has_begun(draft, asked.now):
        return await echo(asked, draft_id)
    return await (_announced(asked, draft) if draft.replaces_id is None else _changed(asked, draft))


async def _announced(asked: Asked, draft: Event) -> Message:
    store = asked.work.of(Events)
    await store.change(draft.id, state=State.ANNOUNCED, code=new_code(), announced_at=asked.now)
    event = (await store.get([draft.id]))[draft.id]
    people = [one for one in await audience(asked) if one.id != asked.member.id]
    await announce(asked, [event], people)
    await say(asked, event, News.NEW)
    await arrange(asked, [event])
    await asked.work.audit.add(asked.member.key, "events.announce", f"event:{event.id}")
    running = asked.program.state is ProgramState.RUNNING
    return desk_wording.announced(await known(asked, event.id), len(people), running=running)


async def _changed(asked: Asked, draft: Event) -> Message:
    """Put a draft in the place of an event, unless somebody changed that meanwhile: then it is shown first."""
    store, target_id = asked.work.of(Events), draft.replaces_id or 0
    target = await store.lock(target_id)
    if target is None or not is_coming(target, asked.now):
        return desk_wording.as_it_is(await known(asked, target_id))
    if target.changes != draft.changes:
        await store.change(draft.id, changes=target.changes)
        return await echo(asked, draft.id, meanwhile=await known(asked, target_id))
    told = (target.starts_at, target.minutes, target.venue) != (draft.starts_at, draft.minutes, draft.venue)
    await _put(asked, target, draft, told=told)
    return desk_wording.changed(await card(asked, await known(asked, target_id)), told=told)


async def _put(asked: Asked, target: Event, draft: Event, *, told: bool) -> None:
    store = asked.work.of(Events)
    names = ("kind", "title", "about", "venue", "typed", "starts_at", "minutes")
    said = {name: getattr(draft, name) for name in names}
    await store.change(target.id, **said, changes=target.changes + 1, sequence=target.sequence + told)
    await store.drop(draft.id)
    event = (await store.get([target.id]))[target.id]
    await asked.work.audit.add(asked.member.key, "events.change", f"event:{event.id}")
    await arrange(asked, [event])
    await bring_up_to_date(asked, event.id, [one.id for one in await audience(asked)])
    if told:
        earliest = min(at for at in (target.starts_at, event.starts_at) if at is not None)
        await tell(asked, event, News.CHANGED, earliest)


async def _draft(asked: Asked, draft_id: int) -> Shown:
    """Return a draft of whoever asks. Raises UserError if it isn't there any more."""
    found = await asked.work.of(Events).lock(draft_id)
    if found is None or found.state is not State.DRAFT:
        raise UserError(wording.GONE)
    if found.by_id != asked.member.id:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return Shown(found, None, asked.member.zone, asked.now, desk=True)


def _readings(draft: Shown) -> list[datetime]:
    return readings(draft.event.typed, draft.event.made_at, draft.zone)


async def echo(asked: Asked, draft_id: int, meanwhile: Shown | None = None) -> Message:
    """Show a draft as it was understood; `meanwhile`: as somebody else has changed the event just now."""
    draft = await _draft(asked, draft_id)
    store, event = asked.work.of(Events), draft.event
    target = (await store.get([event.replaces_id or 0])).get(event.replaces_id or 0)
    same = [one for one in await store.ahead() if one.starts_at == event.starts_at and one.id != event.replaces_id]
    return desk_wording.echo(draft, target, _readings(draft), same[0] if same else None, meanwhile)

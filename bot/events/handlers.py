"""The list of community events, one of them, and whether somebody comes."""

from collections.abc import Sequence

from bot.context import Asked
from bot.errors import UserError
from bot.events import desk_wording, invites, wording
from bot.events.feature import feature
from bot.events.keeping import bring_up_to_date
from bot.events.looking import known, locked, shown
from bot.events.rules import CODE_FOR, has_begun, is_on
from bot.events.wording import LISTED, Shown
from bot.feature import number
from bot.members import wording as members_wording
from bot.people import COORDINATORS, EVERYONE
from bot.views import Message
from storage.events import Event, Events


@feature.button("events.list", who=EVERYONE)
async def every(asked: Asked) -> Message:
    """List what is coming or going on, and what was over less than a day ago: its code can still be typed."""
    return await page(asked, 0)


@feature.button("events.page", number, who=EVERYONE)
async def page(asked: Asked, first: int) -> Message:
    """List a page of it."""
    found = await asked.work.of(Events).not_over(asked.now - CODE_FOR, first, LISTED + 1)
    _there_is_a_page(first, found)
    seen = await shown(asked, found[:LISTED], asked.member)
    desk = bool(COORDINATORS & asked.member.roles)
    return wording.listed(seen, first, more=len(found) > LISTED, desk=desk)


@feature.button("events.past", number, who=COORDINATORS)
async def past(asked: Asked, first: int) -> Message:
    """List a page of what is over or was called off."""
    found = await asked.work.of(Events).past(asked.now, first, LISTED + 1)
    _there_is_a_page(first, found)
    return wording.past(await shown(asked, found[:LISTED], asked.member), first, more=len(found) > LISTED)


def _there_is_a_page(first: int, found: Sequence[Event]) -> None:
    if first and not found:
        raise UserError(members_wording.OLD_BUTTON)


@feature.button("events.show", number, who=EVERYONE)
async def show(asked: Asked, event_id: int) -> Message:
    """Show an event with all that can be done."""
    return await card(asked, await known(asked, event_id))


async def card(asked: Asked, one: Shown) -> Message:
    """Show an event; coordinators see how many come, its code, and what they can do."""
    if not one.desk:
        return wording.card(one)
    guests = await asked.work.of(Events).guests(one.event.id)
    return wording.card(one, desk_wording.desk(one, guests))


@feature.button("events.come", number, who=EVERYONE)
async def come(asked: Asked, event_id: int) -> Message:
    """Note that somebody comes, and give them a file for their calendar."""
    one = await locked(asked, event_id)
    if not is_on(one.event) or has_begun(one.event, asked.now):
        return _too_late(one)
    file = invites.file(one.event, asked.member.name, asked.program.name, asked.now)
    return wording.comes(await _said(asked, one, coming=True), None if one.coming else file)


@feature.button("events.cannot", number, who=EVERYONE)
async def cannot(asked: Asked, event_id: int) -> Message:
    """Note that somebody can't come."""
    one = await locked(asked, event_id)
    if not is_on(one.event) or has_begun(one.event, asked.now):
        return _too_late(one)
    return wording.cannot(await _said(asked, one, coming=False))


def _too_late(one: Shown) -> Message:
    return wording.begun(one) if is_on(one.event) else wording.off(one)


async def _said(asked: Asked, one: Shown, *, coming: bool) -> Shown:
    if one.coming is not coming:
        await asked.work.of(Events).say(one.event.id, asked.member.id, coming=coming)
        await asked.work.audit.add(asked.member.key, f"events.{'come' if coming else 'cannot'}")
        await bring_up_to_date(asked, one.event.id, [asked.member.id])
    return await known(asked, one.event.id)

"""/mentor away and /mentor back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, Option, number
from bot.members import away as days
from bot.members import away_wording, wording
from bot.members.away import Span, Typed
from bot.members.calendars import goes_on, goes_on_until, lies_ahead
from bot.members.changing import clocks_changed
from bot.members.feature import feature
from bot.members.said import Said, pack, unpack
from bot.people import EVERYONE
from bot.views import Errors, Form, Message
from storage.members import Members, PauseRow

LATELY = timedelta(days=1)  # so long what was said of a time away can be taken back


@feature.command(
    "away",
    "Tell me that you'll be away, and I pause your reminders",
    who=EVERYONE,
    options=(
        Option(
            "until",
            "the day you're back: Monday, two weeks, 5 March",
            also=("till", "to", "for", "hasta"),
            known=("tomorrow", "Monday", "one week", "two weeks"),
        ),
        Option("start", "the first day, if that is to come: Thursday, 20 December", also=("from", "starting", "desde")),
        Option("since", "the first day, if it began already: yesterday, Monday (seven days at most)"),
    ),
)
async def away(asked: Asked, until: str | None = None, start: str | None = None, since: str | None = None) -> Message:
    """Pause all of a member's clocks: from now, from up to seven days ago, or from a day to come."""
    if not (until or start or since):
        return away_wording.choices()
    typed = Typed(until or "", start or "", "" if start else since or "")
    return await _pause_as(asked, typed)


@feature.button("members.away", who=EVERYONE)
async def away_choices(asked: Asked) -> Message:
    """Ask how long."""
    return away_wording.choices()


@feature.button("members.away_for", number, who=EVERYONE)
async def away_for(asked: Asked, length: int) -> Message:
    """Pause for one of the lengths that were offered; 0 is until further notice."""
    if length not in wording.LENGTHS:
        raise UserError(wording.OLD_BUTTON)
    until = days.until(f"{length} days", asked.now, asked.member.zone) if length else None
    await _pause(asked, Span(None, until))
    return wording.away(asked.now, until, asked.now, asked.member.zone)


@feature.button("members.away_form", who=EVERYONE, answer=Answer.FORM)
async def away_form(asked: Asked) -> Form:
    """Ask for the days in a form."""
    return wording.away_form()


@feature.form("members.away_until", who=EVERYONE)
async def away_until(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Pause from and until the days that were typed; what can't be read is said beside its field."""
    typed = Typed(values.get("until", ""), values.get("start", ""))
    if not typed.until.strip():
        return Errors(_wrong(typed, asked.now, asked.member.zone))
    try:
        return await _pause_as(asked, typed)
    except UserError:
        return Errors(_wrong(typed, asked.now, asked.member.zone))


def _wrong(typed: Typed, now: datetime, zone: str) -> dict[str, str]:
    """Return what is wrong with the fields of a form, by field name."""
    errors: dict[str, str] = {}
    begin = now
    try:
        begin = days.start(typed.start, now, zone) if typed.start.strip() else now
    except UserError as error:
        errors["start"] = str(error)
    try:
        days.until(typed.until, max(begin, now), zone)
    except UserError as error:
        errors["until"] = str(error)
    return errors


async def _pause_as(asked: Asked, typed: Typed) -> Message:
    """Pause as it was typed, say how that was read, and offer to take it back."""
    zone = asked.member.zone
    spans = days.readings(typed, asked.now, zone)
    packed = pack(await _pause(asked, spans[0], typed))
    echo = wording.away(spans[0].since or asked.now, spans[0].until, asked.now, zone)
    if len(spans) > 1 and unpack(packed).typed.until:
        return away_wording.in_two_ways(echo, typed, spans, packed, zone)
    return away_wording.as_it_was_typed(echo, packed)


async def _pause(asked: Asked, span: Span, typed: Typed | None = None) -> Said:
    """Pause a member's clocks; return what is needed to take that back."""
    members, since = asked.work.of(Members), span.since or asked.now
    pauses = (await members.pauses([asked.member.id]))[asked.member.id]
    ended = _lasts_longest([pause for pause in pauses if not pause.lighter and goes_on(pause, asked.now)])
    if since <= asked.now:  # what was said last of today holds; what is announced for later stands beside it
        await members.end_pauses(asked.member.id, asked.now, lighter=False)
    await members.pause(asked.member.id, since, span.until)
    await asked.work.audit.add(asked.member.key, "away")
    await clocks_changed(asked)
    new = max(pause.id for pause in (await members.pauses([asked.member.id]))[asked.member.id])
    if ended is None or since > asked.now:
        return Said(new, asked.now, 0, None, typed or Typed())
    return Said(new, asked.now, ended.id, ended.until, typed or Typed())


def _lasts_longest(pauses: Sequence[PauseRow]) -> PauseRow | None:
    return max(pauses, key=lambda pause: (pause.until is None, pause.until and pause.until.timestamp()), default=None)


@feature.button("members.not_meant", unpack, who=EVERYONE, answer=Answer.FORM)
async def not_meant(asked: Asked, said: Said) -> Form:
    """Take a pause back that was not meant so, and ask again, with what was typed."""
    taken = await _take_back(asked, said)
    await clocks_changed(asked)
    return away_wording.form_again(wording.away_form(), said.typed, taken.since, taken.until, asked.member.zone)


@feature.button("members.reading", unpack, number, who=EVERYONE)
async def reading(asked: Asked, said: Said, index: int) -> Message:
    """Take one of the two ways in which a day can be read."""
    zone = asked.member.zone
    spans = days.readings(said.typed, said.at, zone) if said.typed.until else []
    if index >= len(spans):
        raise UserError(wording.OLD_BUTTON)
    span = spans[index]
    if span.until is not None and span.until <= asked.now:
        raise UserError(wording.in_the_past(span.until, zone))
    taken = await _take_back(asked, said)
    begin = span.since or min(taken.since, asked.now)
    packed = pack(await _pause(asked, Span(begin, span.until), said.typed))
    return away_wording.as_it_was_typed(wording.away(span.since or asked.now, span.until, asked.now, zone), packed)


async def _take_back(asked: Asked, said: Said) -> PauseRow:
    """Let it be as if a pause had not been said; return it. Raises UserError if it is no longer as it was."""
    members = asked.work.of(Members)
    pauses = {pause.id: pause for pause in (await members.pauses([asked.member.id]))[asked.member.id]}
    pause, before = pauses.get(said.pause), pauses.get(said.ended)
    over = pause is None or pause.lighter or (pause.until is not None and pause.until <= asked.now)
    if pause is None or over or said.at < asked.now - LATELY:
        raise UserError(away_wording.NOT_ANY_MORE)
    await members.delete_pause(asked.member.id, said.pause)
    if before is not None and not before.lighter:
        latest = asked.now + days.LONGEST
        until = said.ended_until and min(said.ended_until, latest)
        await members.prolong_pause(asked.member.id, before.id, until)
    await asked.work.audit.add(asked.member.key, "members.not_away")
    return pause


@feature.command("back", "Tell me that you're back", who=EVERYONE)
async def back(asked: Asked) -> Message:
    """End a member's time away now, and lighter weeks with it; what is announced for later stays, and is offered."""
    members = asked.work.of(Members)
    pauses = (await members.pauses([asked.member.id]))[asked.member.id]
    until = goes_on_until(pauses, asked.now, lighter=False)
    ended = await members.end_pauses(asked.member.id, asked.now, lighter=False)
    lighter = await members.end_pauses(asked.member.id, asked.now, lighter=True)
    announced = [pause for pause in pauses if lies_ahead(pause, asked.now)]
    if announced and not ended and not lighter:
        return away_wording.announced(announced, asked.member.zone)
    if ended or lighter:
        await asked.work.audit.add(asked.member.key, "back")
        await clocks_changed(asked)
    if lighter:
        return away_wording.back_from_lighter(wording.back(ended, until, asked.member.zone) if ended else None)
    return wording.back(ended, until, asked.member.zone)


@feature.button("members.cancel", who=EVERYONE)
async def cancel(asked: Asked) -> Message:
    """Take back all times away, and lighter weeks, that were announced and haven't begun."""
    cancelled = await asked.work.of(Members).cancel_pauses(asked.member.id, asked.now)
    if cancelled:
        await asked.work.audit.add(asked.member.key, "members.cancel")
        await clocks_changed(asked)
    return away_wording.cancelled(cancelled)


@feature.button("members.back", who=EVERYONE)
async def back_button(asked: Asked) -> Message:
    """End a member's pause now."""
    return await back(asked)

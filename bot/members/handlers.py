"""/mentor away and /mentor back."""

from collections.abc import Mapping
from datetime import datetime

from bot.context import Asked
from bot.errors import UserError
from bot.facts import CalendarChanged
from bot.feature import Answer, Feature, Option, number
from bot.members import away as days
from bot.members import wording
from bot.people import EVERYONE
from bot.views import Errors, Form, Message
from storage.members import Members, PauseRow

feature = Feature("members")


@feature.command(
    "away",
    "Tell me that you'll be away, and I pause your reminders",
    who=EVERYONE,
    options=(
        Option("until", "the day you're back: Monday, two weeks, 5 March", also=("till", "to", "for")),
        Option("start", "the first day, if that is to come: Thursday, 20 December", also=("from", "starting")),
        Option("since", "the first day, if it began already: yesterday, Monday (seven days at most)"),
    ),
)
async def away(asked: Asked, until: str | None = None, start: str | None = None, since: str | None = None) -> Message:
    """Pause all of a member's clocks: from now, from up to seven days ago, or from a day to come."""
    zone = asked.member.zone
    if not (until or start or since):
        return wording.away_choices()
    begin = asked.now
    if start or since:
        begin = days.start(start, asked.now, zone) if start else days.since(since or "", asked.now, zone)
    return await _pause(asked, begin, days.until(until, max(begin, asked.now), zone) if until else None)


@feature.button("members.away", who=EVERYONE)
async def away_choices(asked: Asked) -> Message:
    """Ask how long."""
    return wording.away_choices()


@feature.button("members.away_for", number, who=EVERYONE)
async def away_for(asked: Asked, length: int) -> Message:
    """Pause for one of the lengths that were offered; 0 is until further notice."""
    if length not in wording.LENGTHS:
        raise UserError(wording.OLD_BUTTON)
    until = days.until(f"{length} days", asked.now, asked.member.zone) if length else None
    return await _pause(asked, asked.now, until)


@feature.button("members.away_form", who=EVERYONE, answer=Answer.FORM)
async def away_form(asked: Asked) -> Form:
    """Ask for the days in a form."""
    return wording.away_form()


@feature.form("members.away_until", who=EVERYONE)
async def away_until(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Pause from and until the days that were typed; what can't be read is said beside its field."""
    zone = asked.member.zone
    errors: dict[str, str] = {}
    begin, end = asked.now, None
    try:
        begin = days.start(values["start"], asked.now, zone) if values.get("start", "").strip() else asked.now
    except UserError as error:
        errors["start"] = str(error)
    try:
        end = days.until(values.get("until", ""), max(begin, asked.now), zone)
    except UserError as error:
        errors["until"] = str(error)
    return Errors(errors) if errors else await _pause(asked, begin, end)


async def _pause(asked: Asked, since: datetime, until: datetime | None) -> Message:
    members = asked.work.of(Members)
    if since <= asked.now:  # what was said last of today holds; what is announced for later stands beside it
        await members.end_pauses(asked.member.id, asked.now)
    await members.pause(asked.member.id, since, until)
    await asked.work.outbox.wake(asked.member.id)
    await asked.work.audit.add(asked.member.key, "away")
    await asked.tell(CalendarChanged(asked.member.id))
    return wording.away(since, until, asked.now, asked.member.zone)


@feature.command("back", "Tell me that you're back", who=EVERYONE)
async def back(asked: Asked) -> Message:
    """End a member's pause now."""
    members = asked.work.of(Members)
    pauses = (await members.pauses([asked.member.id]))[asked.member.id]
    running = [pause.until for pause in pauses if pause.since < asked.now and _lasts(pause, asked.now)]
    ended = await members.end_pauses(asked.member.id, asked.now)
    ended = ended or await members.cancel_pauses(asked.member.id, asked.now)
    if ended:
        await asked.work.outbox.wake(asked.member.id)
        await asked.work.audit.add(asked.member.key, "back")
        await asked.tell(CalendarChanged(asked.member.id))
    return wording.back(ended, _latest(running), asked.member.zone)


def _lasts(pause: PauseRow, now: datetime) -> bool:
    return pause.until is None or pause.until > now


def _latest(ends: list[datetime | None]) -> datetime | None:
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


@feature.button("members.back", who=EVERYONE)
async def back_button(asked: Asked) -> Message:
    """End a member's pause now."""
    return await back(asked)

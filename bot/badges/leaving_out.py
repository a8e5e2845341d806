"""Days that a member leaves out: they count for no badge, as if they'd been away. No reason is asked or kept."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.badges import days_wording as wording
from bot.badges.days import in_a_row, read
from bot.badges.definition import QUARTER
from bot.badges.feature import feature
from bot.context import Asked
from bot.errors import UserError
from bot.facts import CountsChanged
from bot.feature import Answer
from bot.people import EVERYONE
from bot.views import Errors, Form, Message
from storage.badge_choices import BadgeChoices
from storage.members import Members

BACK = QUARTER  # further back lies hardly a badge's time


@feature.button("badges.days", who=EVERYONE)
async def days(asked: Asked) -> Message:
    """Show which days somebody leaves out, and how many more they may."""
    return wording.days(await _left_out(asked), asked.policy.badges.left_out)


@feature.button("badges.days_form", who=EVERYONE, answer=Answer.FORM)
async def days_form(asked: Asked) -> Form:
    """Ask for days, as people write them."""
    return wording.form()


@feature.form("badges.days_typed", who=EVERYONE)
async def typed(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Leave days out, as far as the program lets people do so; badges are looked at anew at once."""
    await asked.work.of(Members).lock(asked.member.id)
    try:
        first, last = read(values.get("first", ""), values.get("last", ""), _today(asked), asked.member.zone)
    except UserError as error:
        return Errors({"first": str(error)})
    if last > _today(asked):
        return Errors({"first": wording.to_come()})
    if first < _today(asked) - BACK:
        return Errors({"first": wording.too_far_back(BACK)})
    these = in_a_row(first, last)
    before, most = await _left_out(asked), asked.policy.badges.left_out
    new = [day for day in these if day not in before]
    if len(before) + len(new) > most:
        return Errors({"first": wording.too_many(max(most - len(before), 0), BACK)})
    await asked.work.of(BadgeChoices).leave_out(asked.member.id, new)
    await _count_anew(asked)
    return wording.noted(these, await _left_out(asked), most)


@feature.button("badges.count_again", who=EVERYONE)
async def count_again(asked: Asked) -> Message:
    """Let all days count again that somebody left out."""
    found = await _left_out(asked)
    await asked.work.of(BadgeChoices).count_again(asked.member.id, found)
    if found:
        await _count_anew(asked)
    return wording.counting_again(len(found))


async def _count_anew(asked: Asked) -> None:
    await asked.work.audit.add(asked.member.key, "badges.days")
    await asked.tell(CountsChanged([asked.member.id]))


async def _left_out(asked: Asked) -> list[date]:
    """Return the days that somebody leaves out, as far as they still matter."""
    every = (await asked.work.of(BadgeChoices).days([asked.member.id]))[asked.member.id]
    return [day for day in every if day >= _today(asked) - BACK]


def _today(asked: Asked) -> date:
    return asked.now.astimezone(ZoneInfo(asked.member.zone)).date()

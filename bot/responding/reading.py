"""Reading a report, in a private answer: each page is noted, with who read which report when, and never what."""

from collections.abc import Sequence

from bot.context import Asked
from bot.feature import number, word
from bot.people import Role
from bot.reports.clock import working
from bot.reports.fields_wording import outside_contact
from bot.reports.pages import pages
from bot.responding import case_wording, list_wording
from bot.responding.case_wording import Around
from bot.responding.clocks import waits
from bot.responding.feature import RESPONDERS, feature
from bot.responding.listing import seen_by
from bot.responding.opening import Opened, note, open_case
from bot.views import Message
from storage.cases import Cases, reading_member
from storage.members import Members
from storage.report_tables import OUTSIDE


@feature.button("responding.read", number, word, who=RESPONDERS)
async def read(asked: Asked, case_id: int, token: str) -> Message:
    """Show a report."""
    return await read_page(asked, case_id, 0, token)


@feature.button("responding.page", number, number, word, who=RESPONDERS)
async def read_page(asked: Asked, case_id: int, page: int, token: str) -> Message:
    """Turn to a page of it."""
    opened = await open_case(asked, case_id, token)
    await note(asked, "read", opened.case)
    found = pages(case_wording.whole(opened, await _around(asked, opened)))
    page = min(page, len(found) - 1)
    return case_wording.page(opened, found[page], token, page, len(found), asked.member.id)


async def _around(asked: Asked, opened: Opened) -> Around:
    people = {one.id: one for one in await asked.work.of(Members).every()}
    names = {id_: one.name for id_, one in people.items()}
    wrapped = (await asked.work.of(Cases).readers([opened.case.id]))[opened.case.id]
    ids = sorted(id_ for one in wrapped if (id_ := reading_member(one)) is not None)
    able = [people[id_].name for id_ in ids if id_ in people and Role.RESPONDER in people[id_].roles]
    outside = asked.policy.reports.outside
    return Around(
        names, [*able, *_outside(wrapped, outside)], await stands(asked, opened), asked.member.id, asked.member.zone
    )


def _outside(wrapped: frozenset[str], called: str) -> Sequence[str]:
    return [outside_contact(called)] if OUTSIDE in wrapped else []


async def stands(asked: Asked, opened: Opened) -> str:
    """Say how a report stands, in a line."""
    figures = asked.policy.reports
    until = waits(opened.case, working(figures.country), figures)
    return list_wording.line(opened.case, until, await seen_by(asked, [opened.case]))

"""The first screen, before anything is written: who reads a report, who can't, and where help is at once."""

import json

from bot.context import Anybody, Asked, Newcomer
from bot.feature import word
from bot.people import EVERYONE, Member
from bot.reports import beginning_wording as wording
from bot.reports import draft
from bot.reports.beginning_wording import Before
from bot.reports.emergency import number
from bot.reports.feature import feature
from bot.reports.fields_wording import outside_contact
from bot.reports.memory import memory
from bot.reports.people import answering, contact
from bot.views import Message


@feature.command("report", "Tell somebody trusted, privately, that something is wrong", who=EVERYONE)
async def report(asked: Asked) -> Message:
    """Say what somebody should know before they write."""
    return wording.first(await _before(asked))


@feature.newcomer("report")
async def look_back(newcomer: Newcomer) -> Message:
    """Let whoever was a member look back with their code; and say to all others whom to turn to."""
    return wording.no_member(await _before(newcomer))


@feature.button("reports.begin", who=EVERYONE, newcomers=True)
async def begin(asked: Anybody) -> Message:
    """Say the same."""
    return await (report(asked) if isinstance(asked, Asked) else look_back(asked))


@feature.shortcut("reports.message", "Report this message", who=EVERYONE, quotes=True)
async def about_message(asked: Asked) -> Message:
    """Say the same; what is written then leads to the message, and has its text if that is wanted."""
    if asked.place is None:
        return await report(asked)
    where = (asked.place.platform, asked.place.workspace, asked.place.channel, asked.message)
    token = memory(asked.house).messages.put(json.dumps([":".join(where), asked.quote]), asked.now)
    return wording.first(await _before(asked), token, quotes=bool(asked.quote.strip()))


@feature.button("reports.ask_first", who=EVERYONE)
async def ask_first(asked: Asked) -> Message:
    """Say whom somebody can ask before they write."""
    return wording.ask_first(await _before(asked))


@feature.button("reports.close", who=EVERYONE)
async def close(asked: Asked) -> Message:
    """Say that nothing was kept."""
    return wording.closed()


@feature.button("reports.close_draft", word, who=EVERYONE)
async def close_draft(asked: Asked, token: str) -> Message:
    """Keep nothing of what was written so far."""
    await draft.get(asked, token)  # what was sent isn't gone
    await draft.drop(asked, token)
    return wording.closed()


async def _before(asked: Anybody) -> Before:
    there = await answering(asked)
    figures = asked.policy.reports
    return Before(
        emergency=number(figures.emergency, figures.country),
        responders=tuple(one.name for one in there.responders if not _is(asked, one)),
        outside=outside_contact(figures.outside) if there.outside is not None else "",
        contact=await contact(asked),
        acknowledged=figures.acknowledged_within,
        answered=figures.answered_within,
    )


def _is(asked: Anybody, member: Member) -> bool:
    return isinstance(asked, Asked) and asked.member.id == member.id

"""Writing a report: who must not read it, what happened, and all of it once more before it is sent."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number, word
from bot.people import EVERYONE
from bot.reports import draft as drafts
from bot.reports import writing_wording as wording
from bot.reports.beginning_wording import MESSAGE_GONE
from bot.reports.checking import excluded, typed, unsure, wrong, wrong_choice
from bot.reports.draft import Draft
from bot.reports.feature import feature
from bot.reports.fields_wording import YES, outside_contact
from bot.reports.memory import memory
from bot.reports.people import Answering, answering, contact, named, readers
from bot.reports.readers import Readers
from bot.reports.sealing import new_code
from bot.views import Errors, Form, Message, Reply, Text, action

CHOSEN = ("others", "named", "danger", "reach")
WRITTEN = ("kind", "what", "concerned", "when", "wish")


@feature.button("reports.write", who=EVERYONE, answer=Answer.FORM)
async def write(asked: Asked) -> Form:
    """Ask who must not read it."""
    return wording.who(action("reports.chosen"), await answering(asked))


@feature.button("reports.write_about", word, number, who=EVERYONE, answer=Answer.FORM)
async def write_about(asked: Asked, message: str, with_text: int) -> Form:
    """Ask the same for a report that leads to a message."""
    _message(asked, message)
    return wording.who(action("reports.chosen_about", message, with_text), await answering(asked))


@feature.form("reports.chosen", who=EVERYONE)
async def who_was_chosen(asked: Asked, values: dict[str, str]) -> Reply:
    """Take who must not read it, and ask what happened."""
    return await _begun(asked, values)


@feature.form("reports.chosen_about", word, number, who=EVERYONE)
async def who_was_chosen_about(asked: Asked, message: str, with_text: int, values: dict[str, str]) -> Reply:
    """Take the same for a report that leads to a message, with its text or without."""
    link, text = _message(asked, message)
    return await _begun(asked, values, link, text if with_text else "")


def _message(asked: Asked, token: str) -> tuple[str, str]:
    """Return where the message stands that was chosen, and its text. Raises UserError if that isn't known any more."""
    held = memory(asked.house).messages.get(token, asked.now)
    if held is None:
        raise UserError(MESSAGE_GONE)
    link, text = json.loads(held)
    return link, text


async def _begun(asked: Asked, values: Mapping[str, str], link: str = "", quote: str = "") -> Reply:
    said = _who(await answering(asked), values)
    if isinstance(said, Errors):
        return said
    new = Draft(**said, link=link, quote=quote)
    return wording.write(await drafts.begin(asked, new), new)


@feature.form("reports.chosen_anew", word, who=EVERYONE)
async def who_was_chosen_anew(asked: Asked, token: str, values: dict[str, str]) -> Reply:
    """Take it for a report that is written already, and show that once more."""
    said = _who(await answering(asked), values)
    if isinstance(said, Errors):
        return said
    await drafts.change(asked, token, **said)
    return await review(asked, token)


@feature.form("reports.written", word, who=EVERYONE)
async def written(asked: Asked, token: str, values: dict[str, str]) -> Reply:
    """Take what happened, and show all of it before it is sent."""
    if errors := wrong(values, WRITTEN):
        return Errors(errors)
    said = {name: typed(values, name) for name in WRITTEN}
    before = await drafts.get(asked, token)
    await drafts.change(asked, token, **said, code=before.code or new_code())
    return await review(asked, token)


@feature.button("reports.change", word, who=EVERYONE, answer=Answer.FORM)
async def change(asked: Asked, token: str) -> Form:
    """Give back what was written."""
    return wording.write(token, await drafts.get(asked, token))


@feature.button("reports.change_who", word, who=EVERYONE, answer=Answer.FORM)
async def change_who(asked: Asked, token: str) -> Form:
    """Give back who must not read it."""
    draft = await drafts.get(asked, token)
    return wording.who(action("reports.chosen_anew", token), await answering(asked), draft)


def barred(asked: Asked, there: Answering, draft: Draft) -> frozenset[int]:
    """Return who must not learn of a report: whoever is excluded or named in it, and its writer if it has a name.

    That a writer without one is left out would show who it was.
    """
    about = named(there.everybody, draft.concerned, draft.others)
    return frozenset(draft.excluded) | about | ({asked.member.id} if draft.named else set())


async def review(asked: Asked, token: str) -> Message:
    """Show all of it once more, and remember who was shown as its readers."""
    there, draft = await answering(asked), await drafts.get(asked, token)
    shut_out = barred(asked, there, draft)
    may = await readers(asked, there, shut_out, unsure=draft.unsure)
    draft = await drafts.change(asked, token, readers=named_as(there, may))
    if may.nobody:
        return wording.nobody_left(token, draft, await _elsewhere(asked, there, shut_out))
    shown = wording.review(
        token, draft, there, may, shut_out - {asked.member.id}, outside_contact(asked.policy.reports.outside)
    )
    reading = [one for one in there.responders if one.id in may.responders]
    seen = [one for one in reading if one.id in named(reading, draft.what)]
    return Message((Text(wording.mentioned(seen)), *shown.blocks)) if seen else shown


async def _elsewhere(asked: Asked, there: Answering, shut_out: Collection[int]) -> list[str]:
    """Return whom somebody can turn to whose report nobody here may read."""
    found = [asked.policy.reports.outside, await contact(asked) or ""]
    return [who for who in found if who and who not in there.names(shut_out)]


def named_as(there: Answering, may: Readers) -> tuple[str, ...]:
    """Return what tells one set of readers from another: their keys, as somebody can have another one by now."""
    mine = tuple(key.public for key in there.keys if key.member_id in may.responders)
    return (*mine, there.outside) if may.outside and there.outside else mine


def _who(there: Answering, values: Mapping[str, str]) -> dict[str, Any] | Errors:
    """Return what was chosen, or what is wrong with it."""
    errors = wrong_choice(values, there) | wrong(values, CHOSEN)
    if errors:
        return Errors(errors)
    return {
        "excluded": excluded(values),
        "unsure": unsure(values),
        "others": typed(values, "others"),
        "named": values["named"] == YES,
        "danger": values["danger"] == YES,
        "reach": typed(values, "reach"),
    }

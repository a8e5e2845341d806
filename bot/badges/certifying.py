"""/mentor certificate: a page to keep of what somebody earned, made for them alone, and the same each time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.badges import certificate_wording as wording
from bot.badges.certificate import Words, certificate
from bot.badges.definition import Definition
from bot.badges.feature import feature
from bot.badges.looking import awarded
from bot.context import Afterwards, Asked, Reading
from bot.drawing import NoGlyph, missing, writable
from bot.errors import UserError
from bot.feature import Answer, number
from bot.members import wording as members_wording
from bot.members.words import NAME_LIMIT, clean
from bot.people import EVERYONE
from bot.views import Errors, Form, Message
from storage.awards import Award


@feature.command("certificate", "Have a certificate of a badge that you earned, as a file", who=EVERYONE)
@feature.button("badges.certificates", who=EVERYONE)
async def certificates(asked: Asked) -> Message:
    """Show what would stand in the certificate, or ask of which badge."""
    found = await _able(asked)
    if len(found) != 1:
        return wording.which(found)
    ((award, definition),) = found
    return wording.preview(award, await _words(award, definition))


@feature.button("badges.certificate_of", number, who=EVERYONE)
async def preview(asked: Asked, award_id: int) -> Message:
    """Show what would stand in the certificate of one badge."""
    award, words = await _of(asked, award_id)
    return wording.preview(award, words)


@feature.button("badges.certificate", number, who=EVERYONE)
async def make(asked: Asked, award_id: int) -> Message | Afterwards:
    """Make a certificate with the name of the award."""
    award, words = await _of(asked, award_id)
    if absent := await asyncio.to_thread(missing, words.name):
        return wording.no_glyph(award, absent)
    return await _made(asked, award, words)


@feature.button("badges.certificate_name", number, who=EVERYONE, answer=Answer.FORM)
async def name_form(asked: Asked, award_id: int) -> Form:
    """Ask for another name."""
    award, words = await _of(asked, award_id)
    return wording.name_form(award, words.name)


@feature.form("badges.certificate_named", number, who=EVERYONE)
async def named(asked: Asked, award_id: int, values: Mapping[str, str]) -> Message | Errors | Afterwards:
    """Make a certificate with another name, which isn't kept."""
    award, words = await _of(asked, award_id)
    name = clean(values.get("name", ""))
    if not name:
        return Errors({"name": wording.name_needed()})
    if len(name) > NAME_LIMIT:
        return Errors({"name": wording.name_too_long(NAME_LIMIT)})
    if absent := await asyncio.to_thread(missing, name):
        return Errors({"name": wording.absent(absent)})
    return await _made(asked, award, replace(words, name=name))


async def _made(asked: Asked, award: Award, words: Words) -> Afterwards:
    """Draw a certificate, when what was asked for is noted."""
    await asked.work.audit.add(asked.member.key, "badges.certificate")

    async def answer(_reading: Reading) -> Message:
        try:
            content = await asyncio.to_thread(certificate, words, award.made_at)
        except NoGlyph as error:  # of the badge's own words
            return wording.no_glyph(award, error.characters)
        return wording.made(award, words, content)

    return Afterwards(answer, asked)


async def _able(asked: Asked) -> list[tuple[Award, Definition]]:
    """Return the badges of whoever asks of which there is a certificate."""
    return [found for found in await awarded(asked, asked.member.id) if found[1].certificate]


async def _of(asked: Asked, award_id: int) -> tuple[Award, Words]:
    """Return an award of whoever asks and what its certificate says; all else gets an old button's answer."""
    for award, definition in await _able(asked):
        if award.id == award_id:
            return award, await _words(award, definition)
    raise UserError(members_wording.OLD_BUTTON)


async def _words(award: Award, definition: Definition) -> Words:
    return await asyncio.to_thread(_writable, wording.words(award, definition))


def _writable(words: Words) -> Words:
    """Leave out what can't be written of what others wrote: else nobody could have a certificate with it."""
    if not missing(" ".join((words.program, words.stands, words.about, *words.lines))):  # one look for all, mostly
        return words
    lines = tuple(filter(None, map(writable, words.lines)))
    program, stands = (writable(text) or text for text in (words.program, words.stands))
    return replace(words, program=program, stands=stands, about=writable(words.about), lines=lines)

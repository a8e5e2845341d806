"""/mentor data and /mentor forget, and forgetting somebody who asked a coordinator for it."""

from collections.abc import Mapping

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, Option, number
from bot.members.coordinators import is_last
from bot.members.finding import called, fold, mentioned
from bot.mydata import wording
from bot.mydata.feature import feature
from bot.mydata.gathering import gather, written
from bot.mydata.leaving import leave
from bot.people import COORDINATORS, EVERYONE, Member
from bot.views import Errors, Form, Message, message
from storage.members import Members
from storage.settings import Settings


@feature.command("data", "Get all that I keep about you", who=EVERYONE)
async def data(asked: Asked) -> Message:
    """Hand a member all that is stored of them."""
    sections = await gather(asked, asked.member)
    await asked.work.audit.add(asked.member.key, "mydata.data")
    lines = [(section.heading, section.about, len(section.entries)) for section in sections]
    return wording.data(written(asked, asked.member, sections), lines)


@feature.command("forget", "Have me delete all that I keep about you", who=EVERYONE)
async def forget(asked: Asked) -> Message:
    """Explain what is deleted, what stays and why."""
    await _check_not_last(asked, asked.member)
    held = await asked.house.held(asked, asked.member, ())
    return wording.forget() if held is None else message(held)


@feature.button("mydata.forget_me", who=EVERYONE, answer=Answer.FORM)
async def forget_me(asked: Asked) -> Form:
    """Ask for the name, so that nobody is forgotten by a slip."""
    return wording.forget_form(asked.member.name, asked.member.id)


@feature.form("mydata.forget", number, who=EVERYONE)
async def forget_form(asked: Asked, member_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Forget whoever sent this form, if it is theirs and they typed their name."""
    if member_id != asked.member.id:
        raise UserError(wording.NOT_YOURS)
    typed = values.get("name", "")
    if not (_same(typed, asked.member.name) or _same(typed, wording.word())):
        return Errors({"name": str(UserError(wording.NOT_THE_NAME))})
    await asked.work.of(Settings).lock()
    await _check_not_last(asked, asked.member)
    if (held := await asked.house.held(asked, asked.member, ())) is not None:
        return Errors({"": held})
    await leave(asked, asked.member, asked.member)
    return wording.forgotten()


@feature.command(
    "forget",
    "Have me delete all that I keep about somebody who asked for it",
    who=COORDINATORS,
    options=(Option("who", "whom: @ and their name"),),
)
async def forget_other(asked: Asked, who: str | None = None) -> Message:
    """Explain to a coordinator what is deleted, what stays and why."""
    member = await _find(asked, who or "")
    await _check_not_last(asked, member)
    return wording.forget_other(member.name, member.id)


@feature.button("mydata.forget_them", number, who=COORDINATORS, answer=Answer.FORM)
async def forget_them(asked: Asked, member_id: int) -> Form:
    """Ask a coordinator for the name."""
    return wording.forget_other_form((await _member(asked, member_id)).name, member_id)


@feature.form("mydata.forget_other", number, who=COORDINATORS)
async def forget_other_form(asked: Asked, member_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Forget somebody, if a coordinator typed their name."""
    member = await _member(asked, member_id)
    if not _same(values.get("name", ""), member.name):
        return Errors({"name": str(UserError(wording.NOT_THE_NAME))})
    await asked.work.of(Settings).lock()
    await _check_not_last(asked, member)
    if (held := await asked.house.held(asked, member, ())) is not None:
        return Errors({"": held})
    await leave(asked, member, asked.member)
    return wording.other_forgotten(member.name)


async def _member(asked: Asked, member_id: int) -> Member:
    member = (await asked.work.of(Members).get([member_id])).get(member_id)
    if member is None:
        raise UserError(wording.NO_LONGER_HERE)
    return member


async def _find(asked: Asked, who: str) -> Member:
    """Find a member, active or not, by mention or by whole name. Raises UserError."""
    members = asked.work.of(Members)
    if not who.strip():
        raise UserError(wording.WHOM)
    by_mention = await mentioned(asked, f"@{who.strip().removeprefix('@')}")
    found = called(await members.every(), who) if by_mention is None else [by_mention]
    if len(found) > 1:
        raise UserError(wording.several(who))
    if not found:
        raise UserError(wording.unknown(who))
    return found[0]


async def _check_not_last(asked: Asked, member: Member) -> None:
    """Raise UserError for the last active coordinator: nobody could look after the program."""
    if await is_last(asked.work, member.id):
        raise UserError(wording.LAST_COORDINATOR if member.id == asked.member.id else wording.THEY_ARE_LAST)


def _same(typed: str, name: str) -> bool:
    """Tell whether two names are the same to the eye, however they were typed."""
    return bool(fold(name)) and fold(typed) == fold(name)

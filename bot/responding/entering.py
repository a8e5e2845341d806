"""Entering a report that came another way: on paper, by e-mail, in a talk. It is sealed like every other one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.context import Asked
from bot.feature import Answer
from bot.language import spoken
from bot.members.finding import meant
from bot.people import Member
from bot.reports.checking import excluded, unsure, wrong, wrong_choice
from bot.reports.contents import Told
from bot.reports.fields_wording import YES
from bot.reports.people import Answering, answering, named, readers
from bot.reports.readers import Readers
from bot.reports.sealing import new_code, read_code, receipt
from bot.reports.sending import NewReport, keep
from bot.responding import entering_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.opening import note
from bot.texts import readable
from bot.views import Errors, Form, Reply
from storage.cases import Cases

_TEXTS = ("what", "concerned", "when", "where", "wish", "reach")


def code(text: str) -> str:
    """Read a button's argument: a receipt code. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError
    return read_code(text)


@feature.button("responding.enter", who=RESPONDERS, answer=Answer.FORM)
async def enter(asked: Asked) -> Form:
    """Ask for what came."""
    return wording.form(new_code(), await answering(asked))


@feature.form("responding.entered", code, who=RESPONDERS)
async def entered(asked: Asked, receipt_code: str, values: Mapping[str, str]) -> Reply:
    """Seal it for those who may read it, and give its code, to be passed on; sent twice, it is there once."""
    before = await asked.work.of(Cases).by_receipt(receipt(receipt_code))
    if before is not None:
        return wording.already(before.name, receipt_code)
    there = await answering(asked, held=True)
    said = await _read(asked, there, values)
    if isinstance(said, Errors):
        return said
    told, barred, may = said.told, said.barred, said.may
    case = await keep(asked, NewReport(told, receipt_code, there, may, barred))
    await note(asked, "entered", case)
    reading = there.names(may.responders)
    return wording.entered(case.name, receipt_code, reading, asked.policy.reports.outside, outside_reads=may.outside)


@dataclass(frozen=True, slots=True, repr=False)
class _Said:
    """What was entered, who must not read it, and who may."""

    told: Told
    barred: frozenset[int]
    may: Readers


async def _read(asked: Asked, there: Answering, values: Mapping[str, str]) -> _Said | Errors:
    typed = {name: readable(values.get(name, "")) for name in (*_TEXTS, "kind", "danger", "by")}
    errors = wrong_choice(values, there) | wrong(typed, (*_TEXTS, "kind", "danger"))
    by = await _by(asked, typed["by"])
    if typed["by"] and by is None:
        errors["by"] = wording.nobody(typed["by"])
    if errors:
        return Errors(errors)
    about = named(there.everybody, typed["concerned"])
    barred = about.union(excluded(values), [by.id] if by else [])
    may = await readers(asked, there, barred, unsure=unsure(values))
    if may.nobody:
        return Errors({"must_not": wording.nobody_left()})
    told = Told(
        kind=typed["kind"],
        danger=typed["danger"] == YES,
        named=by.id if by else None,
        excluded=tuple(sorted(barred - ({by.id} if by else frozenset()))),
        unsure=unsure(values),
        language=(by and by.language) or spoken(),
        entered_by=asked.member.id,
        **{name: typed[name] for name in _TEXTS},
    )
    return _Said(told, barred, may)


async def _by(asked: Asked, words: str) -> Member | None:
    """Return who a report came from, if they are in the program."""
    if not words:
        return None
    found = await meant(asked, words)
    return found[0] if len(found) == 1 else None

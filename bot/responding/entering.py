"""Entering a report that came another way: on paper, by e-mail, in a talk. It is sealed like every other one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.asks.rules import found, readable
from bot.context import Asked
from bot.feature import Answer
from bot.language import spoken
from bot.members.finding import mentioned
from bot.people import Member
from bot.reports import writing_wording
from bot.reports.contents import Told
from bot.reports.people import Answering, answering, named, readers
from bot.reports.readers import Readers
from bot.reports.sealing import new_code, read_code, receipt
from bot.reports.sending import NewReport, keep
from bot.reports.writing_wording import KINDS, LONG, MIDDLE, NO, NOBODY, UNSURE, YES
from bot.responding import entering_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.opening import note
from bot.views import Errors, Form, Reply, chosen
from storage.cases import Cases
from storage.members import Members

_LIMITS = {"what": LONG, "concerned": MIDDLE, "when": MIDDLE, "where": MIDDLE, "wish": MIDDLE, "reach": MIDDLE}


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
    typed = {name: readable(values.get(name, "")) for name in (*_LIMITS, "kind", "danger", "by")}
    picked = set(chosen(values.get("must_not", "")))
    errors = _wrong(there, typed, picked)
    by = await _by(asked, typed["by"])
    if typed["by"] and by is None:
        errors["by"] = wording.nobody(typed["by"])
    if errors:
        return Errors(errors)
    excluded = frozenset(int(one) for one in picked - {NOBODY, UNSURE})
    barred = excluded | named(there.everybody, typed["concerned"]) | ({by.id} if by else frozenset())
    may = await readers(asked, there, barred, unsure=UNSURE in picked)
    if may.nobody:
        return Errors({"must_not": wording.nobody_left()})
    told = Told(
        kind=typed["kind"],
        danger=typed["danger"] == YES,
        named=by.id if by else None,
        excluded=tuple(sorted(barred - ({by.id} if by else frozenset()))),
        unsure=UNSURE in picked,
        language=(by and by.language) or spoken(),
        entered_by=asked.member.id,
        **{name: typed[name] for name in _LIMITS},
    )
    return _Said(told, barred, may)


def _wrong(there: Answering, typed: Mapping[str, str], picked: set[str]) -> dict[str, str]:
    """Return what is wrong, by field."""
    errors = {
        name: writing_wording.too_long(len(typed[name]), most)
        for name, most in _LIMITS.items()
        if len(typed[name]) > most
    }
    known = {str(one.id) for one in there.everybody}
    if not picked or picked - known - {NOBODY, UNSURE}:
        errors["must_not"] = writing_wording.choose_one()
    elif NOBODY in picked and len(picked) > 1:
        errors["must_not"] = writing_wording.not_both()
    if typed["kind"] not in KINDS:
        errors["kind"] = writing_wording.yes_or_no()
    if typed["danger"] not in {YES, NO}:
        errors["danger"] = writing_wording.yes_or_no()
    if not typed["what"]:
        errors["what"] = writing_wording.nothing_written()
    return errors


async def _by(asked: Asked, words: str) -> Member | None:
    """Return who a report came from, if they are in the program."""
    if not words:
        return None
    if words.startswith("@") and (one := await mentioned(asked, words)):
        return one
    meant = found([one for one in await asked.work.of(Members).every() if one.active], words)
    return meant[0] if len(meant) == 1 else None

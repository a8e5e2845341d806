"""Sending a report: sealed for those who may read it, and kept without a trace of who made it, unless with a name."""

from dataclasses import dataclass

from bot.context import Asked
from bot.errors import UserError
from bot.facts import DangerReported, PaceChanged
from bot.feature import Answer, number, word
from bot.language import spoken
from bot.members import wording as members_wording
from bot.people import EVERYONE
from bot.reports import draft as drafts
from bot.reports import sending_wording as wording
from bot.reports import writing_wording
from bot.reports.clock import limits
from bot.reports.contents import Told, pack
from bot.reports.draft import Draft
from bot.reports.feature import feature
from bot.reports.memory import memory
from bot.reports.people import Answering, answering, readers
from bot.reports.readers import Readers
from bot.reports.sealing import Hidden, hide, identity, receipt, seal, wrap, wrap_for_code
from bot.reports.writing import barred, named_as, review
from bot.views import Errors, Form, Message, Reply, Text
from storage.cases import Case, Cases, NewCase, new_id, reader
from storage.members import Members
from storage.pairings import Pairings
from storage.report_tables import OUTSIDE, RECOVERY
from storage.rests import Rests

DIGITS = 5


@feature.button("reports.send", word, who=EVERYONE, answer=Answer.FORM)
async def send(asked: Asked, token: str) -> Form:
    """Ask for the last digits of the code."""
    await drafts.get(asked, token)
    return writing_wording.last_five(token)


@feature.form("reports.sent", word, who=EVERYONE)
async def sent(asked: Asked, token: str, values: dict[str, str]) -> Reply:
    """Send it, if its writer has the code."""
    draft = await drafts.get(asked, token)
    typed = "".join(str(int(sign)) for sign in values.get("digits", "") if sign.isdecimal())
    if not draft.code or typed not in {draft.code, draft.code[-DIGITS:]}:
        return Errors({"digits": writing_wording.other_digits()})
    there = await answering(asked, held=True)
    shut_out = barred(asked, there, draft)
    may = await readers(asked, there, shut_out, unsure=draft.unsure)
    if may.nobody or named_as(there, may) != draft.readers:
        shown = await review(asked, token)
        return Message((Text(writing_wording.others_read()), *shown.blocks))
    if not memory(asked.house).sent.take(asked.account, asked.now):
        return Errors({"": writing_wording.too_often()})
    case = await keep(asked, NewReport(told(asked, draft, shut_out), draft.code, there, may, shut_out))
    await drafts.drop(asked, token)
    return await _thanks(asked, case, draft)


@dataclass(frozen=True, slots=True, repr=False)
class NewReport:
    """A report that is to be kept: what is in it, its code, and who may read it and must not."""

    told: Told
    code: str
    there: Answering
    may: Readers
    barred: frozenset[int]


def told(asked: Asked, draft: Draft, shut_out: frozenset[int]) -> Told:
    """Return what is sealed of what was written."""
    return Told(
        kind=draft.kind,
        what=draft.what,
        danger=draft.danger,
        concerned=draft.concerned,
        when=draft.when,
        wish=draft.wish,
        reach=draft.reach,
        named=asked.member.id if draft.named else None,
        excluded=tuple(sorted(shut_out - {asked.member.id})) if draft.named else tuple(sorted(shut_out)),
        others=draft.others,
        unsure=draft.unsure,
        link=draft.link,
        quote=draft.quote,
        language=spoken() if draft.named else "",  # without a name it could lead to them
    )


async def keep(asked: Asked, new: NewReport) -> Case:
    """Seal a report and keep it; a code that is known already leads to what it led to."""
    secret, public = identity()
    case = NewCase(
        id_ := new_id(),
        public,
        receipt(new.code),
        wrap_for_code(secret, new.code),
        hide(asked.house.secret, id_, _hidden(new)),
        told=new.told.danger,
    )
    wraps = {name: wrap(secret, theirs) for name, theirs in _publics(new).items()}
    store = asked.work.of(Cases)
    made = await store.add(case, wraps, new_id(), seal(pack(id_, new.told), [public]))
    if made is None:
        return (await store.by_receipt(case.receipt)) or _lost()
    if new.told.danger:
        await asked.tell(DangerReported(id_))
    return made


def _publics(new: NewReport) -> dict[str, str]:
    """Return the public keys of all who can open a report, by who they are."""
    there, may = new.there, new.may
    known = {reader(key.member_id): key.public for key in there.keys if key.member_id in may.responders}
    others = {OUTSIDE: there.outside if may.outside else None, RECOVERY: there.recovery}
    return known | {name: public for name, public in others.items() if public}


def _hidden(new: NewReport) -> Hidden:
    """Return what the bot itself has to know."""
    return Hidden(
        reporter=new.told.named,
        excluded=tuple(sorted(new.barred)),
        shown=tuple(key.member_id for key in new.there.keys),
        outside=new.may.outside,
        danger=new.told.danger,
    )


def _lost() -> Case:
    raise LookupError("a report was there, and is gone")


async def _thanks(asked: Asked, case: Case, draft: Draft) -> Message:
    others = await _others(asked) if draft.named else []
    return wording.thanks(case.name, asked.member.zone, limits(asked.policy.reports, asked.now), others)


async def _others(asked: Asked) -> list[tuple[int, str]]:
    """Return the pairings of whoever wrote, each with the other's name."""
    mine = await asked.work.of(Pairings).going_on(asked.member.id)
    others = {pairing.id: pairing.other(asked.member.id) or 0 for pairing in mine}
    people = await asked.work.of(Members).get(set(others.values()))
    resting = await asked.work.of(Rests).going_on(set(others))
    return [(id_, people[other].name) for id_, other in others.items() if id_ not in resting]


@feature.button("reports.quiet", number, who=EVERYONE)
async def quiet(asked: Asked, pairing_id: int) -> Message:
    """Remind nobody in a pairing any more, as one of the two wishes; the other isn't told."""
    pairing = (await asked.work.of(Pairings).lock([pairing_id])).get(pairing_id)
    if pairing is None or pairing.other(asked.member.id) is None or pairing.ended_at is not None:
        raise UserError(members_wording.OLD_BUTTON)
    if not await asked.work.of(Rests).going_on([pairing_id]):
        await asked.work.of(Rests).begin(pairing_id, None)
        await asked.tell(PaceChanged(pairing_id))
    return wording.quiet()


@feature.button("reports.not_quiet", who=EVERYONE)
async def not_quiet(asked: Asked) -> Message:
    """Leave the reminders as they are."""
    return wording.not_quiet()

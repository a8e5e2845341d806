"""Who looks after a report: taking it, stepping aside, letting another responder in, opening it again."""

from dataclasses import replace

from bot.context import Asked
from bot.errors import UserError
from bot.feature import number, word
from bot.people import Role
from bot.reports.contents import Kind, Line
from bot.reports.readers import may_step_in
from bot.reports.sealing import hide, wrap
from bot.responding import case_wording
from bot.responding import stepping_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.opening import (
    NOT_YOURS,
    Opened,
    add,
    barred,
    hidden_of,
    note,
    open_case,
    open_with,
    own_secret,
)
from bot.responding.readership import has_outside, others
from bot.responding.telling import tell_reporter
from bot.responding.writing import change
from bot.views import Message
from storage.cases import Cases, State, new_id, reader
from storage.members import Members
from storage.report_tables import OUTSIDE
from storage.responders import Key, Responders


@feature.button("responding.take", number, word, who=RESPONDERS)
async def take(asked: Asked, case_id: int, token: str) -> Message:
    """Take a report that nobody has; of one that somebody has, say so."""
    opened = await open_case(asked, case_id, token)
    has = opened.case.taken_by_id
    if has == asked.member.id:
        return case_wording.how_it_stands(opened, wording.yours_already(), token, asked.member.id)
    if has is not None:
        people = await asked.work.of(Members).get([has])
        return wording.taken_by(opened, people[has].name, token)
    return await _take(asked, opened, token)


@feature.button("responding.take_over", number, word, who=RESPONDERS)
async def take_over(asked: Asked, case_id: int, token: str) -> Message:
    """Take a report, whoever has it."""
    opened = await open_case(asked, case_id, token)
    if opened.case.taken_by_id == asked.member.id:
        return case_wording.how_it_stands(opened, wording.yours_already(), token, asked.member.id)
    return await _take(asked, opened, token)


async def _take(asked: Asked, opened: Opened, token: str) -> Message:
    case = opened.case
    if case.state is State.CLOSED:
        return wording.closed_already(case.name)
    await add(asked, opened, new_id(), Line(Kind.TAKEN, asked.member.id, "", asked.now))
    await note(asked, "taken", case)
    await change(asked, opened, taken_by_id=asked.member.id, state=max(case.state, State.TAKEN))
    after = await open_case(asked, case.id, token)
    return case_wording.how_it_stands(after, wording.taken(), token, asked.member.id)


@feature.button("responding.reopen", number, word, who=RESPONDERS)
async def reopen(asked: Asked, case_id: int, token: str) -> Message:
    """Open a closed report again."""
    opened = await open_case(asked, case_id, token)
    if opened.case.state is not State.CLOSED:
        return case_wording.how_it_stands(opened, wording.open_already(), token, asked.member.id)
    await note(asked, "reopened", opened.case)
    await change(asked, opened, taken_by_id=asked.member.id, state=State.TAKEN, closed_at=None)
    after = await open_case(asked, case_id, token)
    return case_wording.how_it_stands(after, wording.reopened(), token, asked.member.id)


# Stepping aside.


@feature.button("responding.aside", number, word, who=RESPONDERS)
async def ask_aside(asked: Asked, case_id: int, token: str) -> Message:
    """Say what stepping aside means, and who is left."""
    opened = await open_case(asked, case_id, token)
    left = await others(asked, case_id, asked.member.id)
    if not left and not await has_outside(asked, case_id):
        return wording.nobody_left(opened, token)
    names = [one.name for one in (await asked.work.of(Members).get(left)).values()]
    return wording.aside(opened, names, asked.policy.reports.outside, token)


@feature.button("responding.step_aside", number, word, who=RESPONDERS)
async def step_aside(asked: Asked, case_id: int, token: str) -> Message:
    """Take a report's secret from whoever asks; if nobody else is left, the outside contact has it before."""
    opened = await open_case(asked, case_id, token)
    if not await others(asked, case_id, asked.member.id):
        if not await has_outside(asked, case_id):
            return wording.nobody_left(opened, token)
        await _pass_outside(asked, opened)
    case = opened.case
    await add(asked, opened, new_id(), Line(Kind.STEPPED_ASIDE, asked.member.id, "", asked.now))
    await asked.work.of(Cases).unwrap(case.id, reader(asked.member.id))
    taken = None if case.taken_by_id == asked.member.id else case.taken_by_id
    await asked.work.of(Cases).change(case.id, taken_by_id=taken, told=case.state is State.CLOSED)
    await note(asked, "stepped_aside", case)
    return wording.stepped_aside(case.name, token)


async def _pass_outside(asked: Asked, opened: Opened) -> None:
    """Let the outside contact have a report's secret; whoever reported with a name hears that there is news."""
    case, cases = opened.case, asked.work.of(Cases)
    public = (await asked.work.of(Responders).contact()).outside
    if public is None:
        return
    await cases.wrap(case.id, OUTSIDE, wrap(opened.secret, public))
    hidden = replace(hidden_of(asked, case), outside=True)
    await cases.change(case.id, hidden=hide(asked.house.secret, case.id, hidden))
    entry_id = new_id()
    await add(asked, opened, entry_id, Line(Kind.PASSED_OUTSIDE, asked.member.id, "", asked.now))
    await tell_reporter(asked, case, entry_id)
    await note(asked, "passed_outside", case)


# Letting another responder in, whose passphrase is lost or who has a key since.


@feature.button("responding.let_in", word, who=RESPONDERS)
async def whom_to_let_in(asked: Asked, token: str) -> Message:
    """List who may read reports that they can't open."""
    opened = await _every(asked, token)
    keys = [key for key in await asked.work.of(Responders).keys() if key.member_id != asked.member.id]
    active = {one.id: one.name for one in await asked.work.of(Members).with_role(Role.RESPONDER)}
    counts = {key.member_id: len(await _closed_to(asked, opened, key)) for key in keys if key.member_id in active}
    return wording.whom_to_let_in([(id_, active[id_], count) for id_, count in counts.items() if count], token)


@feature.button("responding.let", number, word, who=RESPONDERS)
async def let_in(asked: Asked, member_id: int, token: str) -> Message:
    """Wrap for a responder the secret of each report that they may read and can't open."""
    key = await asked.work.of(Responders).key(member_id)
    opened = await _every(asked, token)
    active = {one.id: one for one in await asked.work.of(Members).with_role(Role.RESPONDER)}
    if key is None or member_id not in active or member_id == asked.member.id:
        raise UserError(NOT_YOURS)
    found = await _closed_to(asked, opened, key)
    for one in found:
        await asked.work.of(Cases).wrap(one.case.id, reader(member_id), wrap(one.secret, key.public))
        await add(asked, one, new_id(), Line(Kind.STEPPED_IN, member_id, "", asked.now))
        await note(asked, "let_in", one.case)
        await asked.work.audit.add(active[member_id].key, "responding.was_let_in", f"case:{one.case.name}")
    return wording.let_in(active[member_id].name, len(found), token)


async def _every(asked: Asked, token: str) -> list[Opened]:
    """Open all that opens to whoever asks, in an order in which no two who do so wait for each other."""
    secret = await own_secret(asked, token)
    cases = asked.work.of(Cases)
    mine = sorted(case.id for case in await cases.read_by(reader(asked.member.id)))
    found: list[Opened] = []
    for id_ in mine:
        case = await cases.lock(id_)
        if case is not None and (opened := await _try(asked, secret, case.id)) is not None:
            found.append(opened)
    return found


async def _try(asked: Asked, secret: str, case_id: int) -> Opened | None:
    case = (await asked.work.of(Cases).get([case_id]))[case_id]
    try:
        return await open_with(asked, case, secret)
    except UserError:
        return None


async def _closed_to(asked: Asked, opened: list[Opened], key: Key) -> list[Opened]:
    """Return which of some reports a responder was named for, may read, and has no wrapped secret of."""
    wrapped = await asked.work.of(Cases).readers([one.case.id for one in opened])
    close = await asked.work.of(Responders).too_close()
    found: list[Opened] = []
    for one in opened:
        hidden = hidden_of(asked, one.case)
        may = may_step_in(key.member_id, hidden.shown, barred(one, hidden), close)
        if may and key.member_id not in one.stepped_aside and reader(key.member_id) not in wrapped[one.case.id]:
            found.append(one)
    return found

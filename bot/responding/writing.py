"""Asking, answering, noting, closing: what responders write in a report. Sent twice, it is there once."""

from collections.abc import Mapping

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number, word
from bot.language import speaking, t
from bot.members import wording as members_wording
from bot.reports import fields_wording
from bot.reports.contents import Kind, Line
from bot.reports.fields_wording import LONG
from bot.reports.memory import memory
from bot.responding import case_wording
from bot.responding import writing_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.opening import Opened, add, note, open_case, open_to_write, stay_open
from bot.responding.telling import tell_reporter
from bot.responding.templates import OUTCOMES, WORDS, gap_left, letter
from bot.texts import readable
from bot.views import Errors, Form, Message, Reply, action, message
from storage.cases import Cases, State, new_id
from storage.members import Members

_ACTIONS = {"r": "acknowledged", "q": "asked_back", "a": "answered", "n": "noted"}


@feature.button("responding.acknowledge", number, word, who=RESPONDERS)
async def acknowledge(asked: Asked, case_id: int, token: str) -> Message:
    """Offer wordings that say that a report is read."""
    return wording.beginnings(await open_case(asked, case_id, token), "r", token)


@feature.button("responding.ask", number, word, who=RESPONDERS)
async def ask(asked: Asked, case_id: int, token: str) -> Message:
    """Offer wordings that ask something."""
    return wording.beginnings(await open_case(asked, case_id, token), "q", token)


@feature.button("responding.answer", number, word, who=RESPONDERS)
async def answer(asked: Asked, case_id: int, token: str) -> Message:
    """Offer wordings that answer."""
    return wording.beginnings(await open_case(asked, case_id, token), "a", token)


@feature.button("responding.note", number, word, who=RESPONDERS, answer=Answer.FORM)
async def take_note(asked: Asked, case_id: int, token: str) -> Form:
    """Ask for a note."""
    return await _form(asked, await open_case(asked, case_id, token), "n", token)


@feature.button("responding.write", number, letter, number, word, who=RESPONDERS, answer=Answer.FORM)
async def write(asked: Asked, case_id: int, what: str, template: int, token: str) -> Form:
    """Ask for the words, which begin with a wording."""
    _, templates = WORDS[what]
    if template >= len(templates):
        raise UserError(members_wording.OLD_BUTTON)
    opened = await open_case(asked, case_id, token)
    with speaking(opened.language):
        text = t(templates[template].text)
    return await _form(asked, opened, what, token, text)


@feature.button("responding.again", number, letter, word, word, who=RESPONDERS, answer=Answer.FORM)
async def write_again(asked: Asked, case_id: int, what: str, held: str, token: str) -> Form:
    """Give back what was written while somebody else wrote something."""
    opened = await open_case(asked, case_id, token)
    text = memory(asked.house).written.get(held, asked.now)
    if text is None:
        raise UserError(wording.GONE)
    return await _form(asked, opened, what, token, text)


async def _form(asked: Asked, opened: Opened, what: str, token: str, text: str = "") -> Form:
    await stay_open(asked, token)
    return wording.form(opened, what, new_id(), len(_of_others(opened, asked.member.id)), token, text)


@feature.form("responding.written", number, letter, number, number, word, who=RESPONDERS)
async def written(
    asked: Asked, case_id: int, what: str, entry_id: int, said: int, token: str, *, values: Mapping[str, str]
) -> Reply:
    """Keep what was written, unless others wrote something that whoever writes hasn't seen."""
    opened = await open_to_write(asked, case_id, token)
    text = readable(values.get("text", ""))
    if wrong := _wrong(what, text, opened.language):
        return Errors({"text": wrong})
    if await _is_there(asked, case_id, entry_id):
        return message(wording.already())
    kind, _ = WORDS[what]
    if kind is not Kind.NOTE:
        if opened.case.state is State.CLOSED:
            return Errors({"": await _closed(asked, opened)})
        others = _of_others(opened, asked.member.id)
        if len(others) > said:
            return await _meanwhile(asked, opened, others, what, text, token)
    await add(asked, opened, entry_id, Line(kind, asked.member.id, text, asked.now))
    await note(asked, _ACTIONS[what], opened.case)
    if kind is Kind.NOTE:
        return case_wording.how_it_stands(opened, wording.kept(what, told=False), token, asked.member.id)
    return await _said(asked, opened, what, entry_id, token)


async def _said(asked: Asked, opened: Opened, what: str, entry_id: int, token: str) -> Message:
    """Move a report on, and tell whoever reported it that there is something."""
    case, now = opened.case, asked.now
    to = {"r": max(case.state, State.TAKEN), "q": State.ASKED, "a": State.ANSWERED}[what]
    answered = {"answered_at": case.answered_at or now} if what == "a" else {}
    await change(asked, opened, state=to, **answered)
    told = await tell_reporter(asked, case, entry_id)
    said = wording.kept(what, told=told)
    return case_wording.how_it_stands(await open_case(asked, case.id, token), said, token, asked.member.id)


@feature.button("responding.close", number, word, who=RESPONDERS, answer=Answer.FORM)
async def close(asked: Asked, case_id: int, token: str) -> Form | Message:
    """Ask what came of a report."""
    opened = await open_case(asked, case_id, token)
    if opened.case.state is State.CLOSED:
        return message(await _closed(asked, opened))
    await stay_open(asked, token)
    return wording.closing(opened, new_id(), len(_of_others(opened, asked.member.id)), token)


@feature.form("responding.closed", number, number, number, word, who=RESPONDERS)
async def closed(
    asked: Asked, case_id: int, entry_id: int, said: int, token: str, *, values: Mapping[str, str]
) -> Reply:
    """Close a report with what came of it, unless others wrote something that whoever closes it hasn't seen."""
    opened = await open_to_write(asked, case_id, token)
    outcome, text = OUTCOMES.get(values.get("outcome", "")), readable(values.get("text", ""))
    if outcome is None:
        return Errors({"outcome": fields_wording.yes_or_no()})
    if len(text) > LONG:
        return Errors({"text": fields_wording.too_long(len(text), LONG)})
    if await _is_there(asked, case_id, entry_id):
        return message(wording.already())
    if opened.case.state is State.CLOSED:
        return Errors({"": await _closed(asked, opened)})
    if len(others := _of_others(opened, asked.member.id)) > said:
        return wording.not_closed(opened, await _last(asked, others), text, token)
    with speaking(opened.language):
        words = "\n\n".join(filter(None, (t(outcome.text), text)))
    await add(asked, opened, entry_id, Line(Kind.OUTCOME, asked.member.id, words, asked.now))
    await note(asked, "closed", opened.case)
    answered = opened.case.answered_at or asked.now
    await change(asked, opened, state=State.CLOSED, answered_at=answered, closed_at=asked.now)
    told = await tell_reporter(asked, opened.case, entry_id)
    after = await open_case(asked, case_id, token)
    return case_wording.how_it_stands(after, wording.closed(told=told), token, asked.member.id)


async def change(asked: Asked, opened: Opened, **values: object) -> None:
    """Change how a report stands; whoever does something in it has read it, and has it if nobody else does."""
    case = opened.case
    mine = {
        "taken_by_id": case.taken_by_id or asked.member.id,
        "acknowledged_at": case.acknowledged_at or asked.now,
    }
    await asked.work.of(Cases).change(case.id, **{**mine, **values})


def _wrong(what: str, text: str, language: str) -> str | None:
    if not text:
        return wording.nothing_written()
    if len(text) > LONG:
        return fields_wording.too_long(len(text), LONG)
    _, templates = WORDS[what]
    with speaking(language):
        offered = [t(one.text) for one in templates]
    return wording.gaps() if any(gap_left(text, one) for one in offered) else None


def _of_others(opened: Opened, me: int) -> list[Line]:
    """Return what others wrote that whoever writes should know, the newest hour last."""
    return [one for one in opened.lines if one.by != me and one.kind is not Kind.NOTE]


async def _is_there(asked: Asked, case_id: int, entry_id: int) -> bool:
    return any(one.id == entry_id for one in await asked.work.of(Cases).entries(case_id))


async def _meanwhile(asked: Asked, opened: Opened, others: list[Line], what: str, text: str, token: str) -> Message:
    held = memory(asked.house).written.put(text, asked.now)
    again = action("responding.again", opened.case.id, what, held, token)
    return wording.meanwhile(opened, await _last(asked, others), text, again, token)


async def _last(asked: Asked, others: list[Line]) -> list[str]:
    """Name whoever wrote last."""
    newest = others[-1].by
    people = await asked.work.of(Members).get([newest] if newest else [])
    return [one.name for one in people.values()] or [wording.whoever_reported()]


async def _closed(asked: Asked, opened: Opened) -> str:
    by = next((one.by for one in reversed(opened.lines) if one.kind is Kind.OUTCOME), None)
    people = await asked.work.of(Members).get([by] if by and by != asked.member.id else [])
    return wording.is_closed(opened.case.name, next((one.name for one in people.values()), None))

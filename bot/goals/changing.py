"""What is written about goals: a new one, how far it is, other words, its five parts."""

from collections.abc import Mapping

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.goals import forms_wording, wording
from bot.goals.feature import feature
from bot.goals.handlers import my_goal, reader
from bot.goals.keeping import NEW, count, heard, settle
from bot.goals.rules import LONGEST, MOST, read_percent
from bot.pairings.pace import my_pairing
from bot.people import PAIRED
from bot.texts import one_line
from bot.views import Errors, Form, Message
from storage.goals import NOTHING, PARTS, Goals, Smart
from storage.outbox import NewRow, Urgency


@feature.button("goals.new", number, who=PAIRED, answer=Answer.FORM)
async def new(asked: Asked, pairing_id: int) -> Form:
    """Open the form for a goal."""
    pairing, name = await my_pairing(asked, pairing_id)
    await _has_room(asked, pairing.id)
    return forms_wording.new(pairing.id, name, complete=asked.policy.goals.smart_needed)


@feature.form("goals.made", number, who=PAIRED)
async def made(asked: Asked, pairing_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep a goal, and let the other side know."""
    who = reader(asked, *await my_pairing(asked, pairing_id))
    text, errors = _sentence(values)
    parts = _parts(values)
    errors |= _too_long(parts) | (_needed(parts) if who.complete else {})
    if errors:
        return Errors(errors)
    try:
        await _has_room(asked, pairing_id)
    except UserError as error:
        return Errors({"text": str(error)})
    store = asked.work.of(Goals)
    goal_id = await store.add(pairing_id, asked.member.id, text, _smart(NOTHING, parts))
    other = who.pairing.other(asked.member.id)
    row = (f"goal-new:{goal_id}", NEW, (goal_id,), other, asked.now)
    await asked.work.outbox.add([NewRow(*row, urgency=Urgency.PATIENT)])
    await asked.work.audit.add(asked.member.key, "goals.new")
    await settle(asked, [pairing_id])
    await count(asked, pairing_id)
    return wording.made(who, (await store.get([goal_id]))[goal_id])


async def _has_room(asked: Asked, pairing_id: int) -> None:
    """Raise UserError if a pairing has as many goals as it can."""
    if len(await asked.work.of(Goals).of_pairing(pairing_id)) >= MOST:
        raise UserError(wording.too_many())


@feature.button("goals.update", number, who=PAIRED, answer=Answer.FORM)
async def update(asked: Asked, goal_id: int) -> Form:
    """Open the form for how far a goal is."""
    _, one = await my_goal(asked, goal_id)
    return forms_wording.update(one)


@feature.form("goals.updated", number, who=PAIRED)
async def updated(asked: Asked, goal_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep how far a goal is, the line about it, and the part that was asked for along with it."""
    who, one = await my_goal(asked, goal_id)
    share = read_percent(values.get("percent", ""))
    line, parts = one_line(values.get("line", "")), _parts(values)
    errors = _too_long({"line": line, **parts})
    if share is None:
        errors["percent"] = forms_wording.choose()
    if errors or share is None:
        return Errors(errors)
    store = asked.work.of(Goals)
    before = (await store.reminding([goal_id]))[goal_id]
    if any(parts.values()):
        said = {part: text for part, text in parts.items() if text}
        await store.change(goal_id, one.text, _smart(one.smart, said))
    await store.move(goal_id, asked.member.id, share, line or None)
    await asked.work.audit.add(asked.member.key, "goals.update")
    await heard(asked, before)
    won = asked.member.celebrations and share > one.percent
    return wording.moved(who, (await store.get([goal_id]))[goal_id], since=one.percent if won else None)


@feature.button("goals.change", number, who=PAIRED, answer=Answer.FORM)
async def change(asked: Asked, goal_id: int) -> Form:
    """Open the form for other words."""
    who, one = await my_goal(asked, goal_id)
    return forms_wording.change(one, who.other)


@feature.form("goals.changed", number, who=PAIRED)
async def changed(asked: Asked, goal_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep a goal in other words."""
    _, one = await my_goal(asked, goal_id)
    text, errors = _sentence(values)
    return Errors(errors) if errors else await _change(asked, one.id, text, one.smart)


@feature.button("goals.grow", number, who=PAIRED, answer=Answer.FORM)
async def grow(asked: Asked, goal_id: int) -> Form:
    """Open the form for the five parts."""
    _, one = await my_goal(asked, goal_id)
    return forms_wording.grow(one)


@feature.form("goals.grown", number, who=PAIRED)
async def grown(asked: Asked, goal_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep the five parts, as far as they are there; one that was emptied is gone."""
    _, one = await my_goal(asked, goal_id)
    parts = _parts(values)
    errors = _too_long(parts)
    return Errors(errors) if errors else await _change(asked, one.id, one.text, _smart(one.smart, parts))


async def _change(asked: Asked, goal_id: int, text: str, smart: Smart) -> Message:
    store = asked.work.of(Goals)
    before = (await store.reminding([goal_id]))[goal_id]
    await store.change(goal_id, text, smart)
    await asked.work.audit.add(asked.member.key, "goals.change")
    await heard(asked, before)
    who, one = await my_goal(asked, goal_id)
    return wording.changed(who, one)


def _sentence(values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return a goal's sentence, and what is wrong with it."""
    text = one_line(values.get("text", ""))
    return text, _too_long({"text": text}) if text else {"text": forms_wording.nothing_written()}


def _parts(values: Mapping[str, str]) -> dict[str, str]:
    return {part: one_line(values[part]) for part in PARTS if part in values}


def _needed(parts: Mapping[str, str]) -> dict[str, str]:
    """Return which of the five parts are missing."""
    return {part: forms_wording.part_needed() for part in PARTS if not parts.get(part)}


def _smart(before: Smart, parts: Mapping[str, str]) -> Smart:
    """Return the five parts of a goal with some of them said anew."""
    one, two, three, four, five = (
        (parts[part] or None) if part in parts else so_far for part, so_far in zip(PARTS, before, strict=True)
    )
    return one, two, three, four, five


def _too_long(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: forms_wording.too_long(len(text)) for name, text in texts.items() if len(text) > LONGEST}

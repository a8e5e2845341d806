"""What coordinators do with forms: look at them, take them along, add and change them, switch them off."""

from collections.abc import Mapping

from bot.asks.rules import readable
from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number, word
from bot.forms import wording
from bot.forms.feature import feature
from bot.forms.keeping import Known, built_in, keep, known, known_as
from bot.forms.reading import parse
from bot.members import wording as members_wording
from bot.people import COORDINATORS
from bot.views import Errors, Form, Message
from bot.written.reading import Miswritten, decoded
from storage.forms import Forms
from storage.members import Members
from storage.settings import Settings

MOST = 20  # forms of a program


@feature.command("forms", "See what is asked after a session, and change it", who=COORDINATORS)
async def forms(asked: Asked) -> Message:
    """List every form."""
    every = await known(asked)
    return wording.listed(every, await _names(asked, every), asked.member.zone)


@feature.button("forms.show", word, who=COORDINATORS)
async def show(asked: Asked, name: str) -> Message:
    """Show what a form asks, and who sees the answers."""
    return await _card(asked, await _form(asked, name))


@feature.button("forms.file", word, who=COORDINATORS)
async def file(asked: Asked, name: str) -> Message:
    """Hand over a form as a file."""
    return wording.as_file(await _form(asked, name), await _newest(asked))


@feature.button("forms.add", who=COORDINATORS, answer=Answer.FORM)
async def add(asked: Asked) -> Form:
    """Ask for a form of the program's own."""
    return wording.add_form(await _newest(asked))


@feature.button("forms.replace", number, who=COORDINATORS, answer=Answer.FORM)
async def replace(asked: Asked, seen: int) -> Form:
    """Ask for a form that was taken along; `seen` was the newest one at that time."""
    await _given_out(asked, seen)
    return wording.add_form(seen)


@feature.button("forms.change", word, who=COORDINATORS, answer=Answer.FORM)
async def change(asked: Asked, name: str) -> Form:
    """Open a form's text, to be changed at once."""
    return wording.change_form(await _form(asked, name), await _newest(asked))


@feature.form("forms.put", number, who=COORDINATORS)
async def put(asked: Asked, seen: int, values: Mapping[str, str]) -> Message | Errors:
    """Let a form be asked from now on. `seen` is the newest version of any when whoever changes it began."""
    await _given_out(asked, seen)
    text = readable(values.get("text", ""))
    if text and "file" in asked.files:
        return Errors({"text": wording.both_given()})
    field = "file" if "file" in asked.files else "text"
    try:
        source = decoded(asked.files["file"].content) if field == "file" else text
        if not source.strip():
            return Errors({field: wording.nothing_given()})
        name = parse(source).name
    except Miswritten as wrong:
        return Errors({field: wording.wrong(wrong)})
    await asked.work.of(Settings).lock()
    refused = await _refused(asked, await known_as(asked, name), source, seen)
    return Errors({field: refused}) if refused else await _put(asked, name, source)


async def _refused(asked: Asked, before: Known | None, source: str, seen: int) -> str | None:
    """Say why a form can't take the place of what there is now."""
    if before is None:
        return wording.too_many(MOST) if len(await known(asked)) >= MOST else None
    if before.source == source and not before.off:
        return wording.same(before.definition)
    if before.row and before.row.id > seen and before.row.by_id not in (None, asked.member.id):
        return wording.meanwhile(before.definition, (await _names(asked, [before])).get(before.definition.name))
    return None


async def _put(asked: Asked, name: str, source: str) -> Message:
    """Keep a new version of a form; what it takes the place of is kept too, to come back to."""
    before = await known_as(asked, name)
    if before is not None:
        await keep(asked, before)
    await asked.work.of(Forms).put(name, source, asked.member.id, built_in=source == built_in().get(name))
    form = await _form(asked, name)
    await _note(asked, "forms.put", form)
    return wording.holds(await _card(asked, form))


@feature.button("forms.back", word, number, who=COORDINATORS)
async def back(asked: Asked, name: str, version: int) -> Message:
    """Let the version before hold again."""
    form = await _same(asked, name, version)
    before = await asked.work.of(Forms).version(name, form.version - 1) if form is not None else None
    if form is None or before is None:
        return wording.changed_meanwhile(await _card(asked, await _form(asked, name)))
    return await _put(asked, name, before.source)


@feature.button("forms.off", word, number, who=COORDINATORS)
async def off(asked: Asked, name: str, version: int) -> Message:
    """Ask nobody with a form from now on."""
    return await _switch(asked, name, version, off=True)


@feature.button("forms.on", word, number, who=COORDINATORS)
async def on(asked: Asked, name: str, version: int) -> Message:
    """Ask with a form again."""
    return await _switch(asked, name, version, off=False)


async def _switch(asked: Asked, name: str, version: int, *, off: bool) -> Message:
    form = await _same(asked, name, version)
    if form is None or form.off == off:
        return wording.changed_meanwhile(await _card(asked, await _form(asked, name)))
    row = await keep(asked, form)
    await asked.work.of(Forms).switch(row.id, off=off)
    form = await _form(asked, name)
    await _note(asked, "forms.off" if off else "forms.on", form)
    return wording.switched_off(form) if off else wording.holds(await _card(asked, form))


async def _same(asked: Asked, name: str, version: int) -> Known | None:
    """Return a form that nobody else changes meanwhile, if it is still the version that was shown."""
    await asked.work.of(Settings).lock()
    form = await _form(asked, name)
    if version > form.version:
        raise UserError(members_wording.OLD_BUTTON)
    return form if form.version == version else None


async def _newest(asked: Asked) -> int:
    """Return the id of what was changed last in any form."""
    return max((one.row.id for one in await known(asked) if one.row), default=0)


async def _given_out(asked: Asked, seen: int) -> None:
    """Raise UserError for a version that there never was."""
    if seen > await _newest(asked):
        raise UserError(members_wording.OLD_BUTTON)


async def _form(asked: Asked, name: str) -> Known:
    found = await known_as(asked, name)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    return found


async def _card(asked: Asked, form: Known) -> Message:
    name = (await _names(asked, [form])).get(form.definition.name)
    return wording.card(form, name, asked.member.zone)


async def _names(asked: Asked, every: list[Known]) -> dict[str, str]:
    """Return who made each form, by the form's name; whoever has left is missing."""
    ids = {one.definition.name: one.row.by_id for one in every if one.row and one.row.by_id is not None}
    people = await asked.work.of(Members).get(ids.values())
    return {name: people[id_].name for name, id_ in ids.items() if id_ in people}


async def _note(asked: Asked, what: str, form: Known) -> None:
    await asked.work.audit.add(asked.member.key, what, f"form:{form.row.id if form.row else 0}")

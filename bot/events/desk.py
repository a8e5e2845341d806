"""What coordinators do about an event that was announced: call it off, see who comes, note who was there."""

from collections.abc import Collection, Mapping, Sequence

from bot.calls import Upload
from bot.context import Asked
from bot.errors import UserError
from bot.events import desk_wording, form_wording
from bot.events.feature import feature
from bot.events.keeping import arrange, audience, bring_up_to_date, tell
from bot.events.looking import known, locked
from bot.events.rules import WORDS, has_begun, is_on, is_over, to_tick, unticked
from bot.events.wording import News, Shown
from bot.facts import CountsChanged
from bot.feature import Answer, number
from bot.members import wording as members_wording
from bot.members.finding import meant
from bot.people import COORDINATORS
from bot.texts import one_line, readable
from bot.views import Errors, Form, Message, action, chosen
from storage.events import Events, Guest, State
from storage.members import Members
from storage.schema import from_micros, micros


@feature.button("events.call_off", number, who=COORDINATORS, answer=Answer.FORM)
async def call_off(asked: Asked, event_id: int) -> Form | Message:
    """Ask whether an event is really called off."""
    one = await known(asked, event_id)
    return await _stays(asked, one) or form_wording.call_off(event_id, one.event.title)


@feature.form("events.called_off", number, who=COORDINATORS)
async def called_off(asked: Asked, event_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Call an event off, and tell whoever comes."""
    one = await locked(asked, event_id)
    if stays := await _stays(asked, one):
        return stays
    words = one_line(values.get("words", ""))
    if len(words) > WORDS:
        return Errors({"words": form_wording.too_long(len(words), WORDS)})
    store = asked.work.of(Events)
    await store.change(event_id, state=State.CALLED_OFF, ended_at=asked.now, ended_words=words)
    event = (await store.get([event_id]))[event_id]
    await arrange(asked, [event])
    await bring_up_to_date(asked, event_id, [member.id for member in await audience(asked)])
    await tell(asked, event, News.CALLED_OFF, event.starts_at)
    await asked.work.audit.add(asked.member.key, "events.call_off", f"event:{event_id}")
    return desk_wording.called_off(one)


async def _stays(asked: Asked, one: Shown) -> Message | None:
    """Say why an event can't be called off; None if it can."""
    if not is_on(one.event) or is_over(one.event, asked.now):
        return desk_wording.as_it_is(one)
    guests = await asked.work.of(Events).guests(one.event.id)
    return desk_wording.somebody_was_there(one) if any(guest.attended_at for guest in guests) else None


@feature.button("events.guests", number, who=COORDINATORS)
async def guests(asked: Asked, event_id: int) -> Message:
    """Show who comes, and who was there."""
    one = await known(asked, event_id)
    return await _guests(asked, one)


async def _guests(asked: Asked, one: Shown) -> Message:
    said = await asked.work.of(Events).guests(one.event.id)
    people = await asked.work.of(Members).get([guest.member_id for guest in said])
    names = {id_: member.name for id_, member in people.items()}
    return desk_wording.guests(one, said, names)


@feature.button("events.tick", number, number, who=COORDINATORS, answer=Answer.FORM)
async def tick(asked: Asked, event_id: int, after: int) -> Form | Message:
    """Open the form in which coordinators tick who was there: of many, those behind one of them."""
    one = await known(asked, event_id)
    if not is_on(one.event) or not has_begun(one.event, asked.now):
        return desk_wording.not_yet(one)
    shown = to_tick(await asked.work.of(Events).guests(event_id), asked.now, after)
    if after and not shown:
        raise UserError(members_wording.OLD_BUTTON)
    people = await asked.work.of(Members).get([guest.member_id for guest in shown])
    boxes = [(str(guest.member_id), people[guest.member_id].name[:75]) for guest in shown]
    noted = [str(guest.member_id) for guest in shown if guest.attended_at is not None]
    return form_wording.tick(action("events.ticked", event_id, after, micros(asked.now)), boxes, noted)


def typed_people(values: Mapping[str, str], _: Mapping[str, Upload]) -> set[str]:
    """Return the handles by which the platform is asked for who was there."""
    return {word for word in _names(values) if word.startswith("@")}


def _names(values: Mapping[str, str]) -> list[str]:
    lines = readable(values.get("others", "")).replace("\n", ",").replace(";", ",").split(",")
    return [line.strip() for line in lines if line.strip()]


@feature.form("events.ticked", number, number, number, who=COORDINATORS, look_up=typed_people)
async def ticked(asked: Asked, event_id: int, after: int, opened: int, values: Mapping[str, str]) -> Message | Errors:
    """Note who was there, and take out who wasn't."""
    one = await locked(asked, event_id)
    if not is_on(one.event) or not has_begun(one.event, asked.now):
        return desk_wording.not_yet(one)
    at = from_micros(opened) if opened <= micros(asked.now) else None
    if at is None or not has_begun(one.event, at):
        raise UserError(members_wording.OLD_BUTTON)
    said = await asked.work.of(Events).guests(event_id)
    shown = to_tick(said, at, after)
    if after and not shown:
        raise UserError(members_wording.OLD_BUTTON)
    others = await _others(asked, values)
    if isinstance(others, Errors):
        return others
    there = {int(id_) for id_ in chosen(values.get("there", "")) if id_ in {str(one.member_id) for one in shown}}
    out = set(unticked(shown, there, at)) - others
    return await _note(asked, one, said, there | others, out)


async def _others(asked: Asked, values: Mapping[str, str]) -> set[int] | Errors:
    """Return who is meant by the names that were typed; or which can't be."""
    found: set[int] = set()
    for word in _names(values):
        people = await meant(asked, word)
        if len(people) != 1:
            wrong = form_wording.several_called if people else form_wording.nobody_called
            return Errors({"others": wrong(word[:80])})
        found.add(people[0].id)
    return found


async def _note(
    asked: Asked, one: Shown, said: Sequence[Guest], there: Collection[int], out: Collection[int]
) -> Message:
    before = {guest.member_id for guest in said if guest.attended_at is not None}
    new, gone = sorted(set(there) - before), sorted(set(out) & before)
    store, event_id = asked.work.of(Events), one.event.id
    await store.attend(event_id, new, decided=True)
    await store.take_out(event_id, gone)
    people = await asked.work.of(Members).get([*new, *gone])
    for ids, word in ((new, "there"), (gone, "not_there")):
        for id_ in ids:
            await asked.work.audit.add(asked.member.key, f"events.{word}", people[id_].key)
    if new or gone:
        await bring_up_to_date(asked, event_id, [*new, *gone])
        await asked.tell(CountsChanged((*new, *gone)))
    return desk_wording.noted(await _guests(asked, one), len(new), len(gone))

"""A proposal before it goes out: what was typed in the form, the echo of it, and what is changed in it."""

from collections.abc import Mapping, Sequence

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.members import wording as members_wording
from bot.nudges import wording as nudges_wording
from bot.people import PAIRED, Pairing
from bot.sessions import form_wording, proposing_wording, times, wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.filling import filled, form, my_pairings
from bot.sessions.looking import clash, look_at, mine, texts_of
from bot.sessions.reading import Ground, Typed, read
from bot.sessions.rules import has_begun, is_coming, is_short
from bot.settings.reading import length
from bot.views import Errors, Form, Message, Text, action
from storage.goals import Goals
from storage.members import Members
from storage.sessions import NewSession, Sessions, State


@feature.button("sessions.propose", who=PAIRED, answer=Answer.FORM)
async def propose(asked: Asked) -> Form:
    """Open the form of a new proposal."""
    pairings = await my_pairings(asked)
    only = pairings[0].id if len(pairings) == 1 else 0
    values = await _usual(asked, only) if only else {}
    return await form(asked, pairings, action("sessions.made", only, 0), form_wording.new_title(), values)


async def _usual(asked: Asked, pairing_id: int) -> dict[str, str]:
    """Return how long the two met last, and at which link."""
    last = await asked.work.of(Sessions).latest([pairing_id], {State.BOOKED, State.HELD}, 1)
    return {"minutes": str(last[0].minutes), "link": last[0].link or ""} if last else {}


@feature.button("sessions.other", number, number, who=PAIRED, answer=Answer.FORM)
async def other(asked: Asked, session_id: int, round_: int) -> Form | Message:
    """Open the form for other times than those that were proposed."""
    one = await mine(asked, session_id)
    if one.session.state is not State.PROPOSED or one.session.round != round_ or one.is_mine:
        return wording.already(one)
    return await _again(asked, one, form_wording.other_title())


@feature.button("sessions.move", number, who=PAIRED, answer=Answer.FORM)
async def move(asked: Asked, session_id: int) -> Form | Message:
    """Open the form for another time of a session that is booked."""
    one = await mine(asked, session_id)
    if not is_coming(one.session, asked.now) or has_begun(one.session, asked.now):
        return wording.already(one)
    return await _again(asked, one, form_wording.move_title())


async def _again(asked: Asked, one: About, title: str) -> Form:
    made = action("sessions.made", one.pairing.id, one.session.id)
    return await form(asked, [one.pairing], made, title, await filled(asked, one.session))


@feature.form("sessions.made", number, number, who=PAIRED)
async def made(asked: Asked, pairing_id: int, replaces_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep what was typed as a draft, and show it as it was understood."""
    pairings = {pairing.id: pairing for pairing in await my_pairings(asked)}
    if pairing_id and pairing_id not in pairings:
        raise UserError(members_wording.OLD_BUTTON)
    if replaces_id and (await mine(asked, replaces_id)).pairing.id != pairing_id:
        raise UserError(members_wording.OLD_BUTTON)
    typed, wrong = await _read(asked, pairings, values, pairing_id, replaces_id)
    if typed is None or wrong:
        return Errors(wrong)
    draft = NewSession(
        typed.pairing_id, asked.member.id, typed.minutes, typed.link, typed.agenda, typed.prepare, replaces_id or None
    )
    session_id = await asked.work.of(Sessions).draft(draft)
    await _keep(asked, session_id, typed)
    return await echo(asked, session_id)


@feature.button("sessions.change", number, who=PAIRED, answer=Answer.FORM)
async def change(asked: Asked, session_id: int) -> Form:
    """Open the form again, with all that was typed."""
    one = await draft_of(asked, session_id)
    values = await filled(asked, one.session, with_times=True)
    title = form_wording.new_title() if one.target is None else form_wording.other_title()
    pairings = await my_pairings(asked)
    if one.target is not None:
        pairings = [pairing for pairing in pairings if pairing.id == one.pairing.id]
    return await form(asked, pairings, action("sessions.changed", session_id), title, values)


@feature.form("sessions.changed", number, who=PAIRED)
async def changed(asked: Asked, session_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Put what was typed now in the place of what was typed before."""
    one = await draft_of(asked, session_id)
    pairings = {pairing.id: pairing for pairing in await my_pairings(asked)}
    known = one.pairing.id if one.target is not None else 0
    typed, wrong = await _read(asked, pairings, values, known, one.session.replaces_id or 0)
    if typed is None or wrong:
        return Errors(wrong)
    said = {"minutes": typed.minutes, "link": typed.link, "agenda": typed.agenda, "prepare": typed.prepare}
    await asked.work.of(Sessions).change(session_id, pairing_id=typed.pairing_id, **said)
    await _keep(asked, session_id, typed)
    return await echo(asked, session_id)


async def _keep(asked: Asked, session_id: int, typed: Typed) -> None:
    await asked.work.of(Sessions).propose(session_id, typed.times)
    await asked.work.of(Sessions).set_goals(session_id, typed.goals)


async def _read(
    asked: Asked, pairings: Mapping[int, Pairing], values: Mapping[str, str], pairing_id: int, replaces_id: int
) -> tuple[Typed | None, dict[str, str]]:
    """Read the form; a time that isn't free is wrong as well."""
    goals = {goal.id: one for one in pairings for goal in await asked.work.of(Goals).of_pairing(one)}
    figures = asked.policy.sessions
    ground = Ground(asked.now, asked.member.zone, figures.hosts, pairings, goals, figures.goals_needed)
    typed, wrong = read(values, ground, pairing_id)
    if typed is None:
        return None, wrong
    pairing = pairings[typed.pairing_id]
    (other,) = (await asked.work.of(Members).get([pairing.other(asked.member.id) or 0])).values()
    if not other.active:
        return None, {"": form_wording.not_there(other.name)}
    for place in {time.place for time in typed.times}:
        readings = [time.starts_at for time in typed.times if time.place == place]
        found = [await clash(asked, pairing, asked.member, at, typed.minutes, but={replaces_id}) for at in readings]
        if all(found) and found[0] is not None:
            wrong[f"time{place}"] = wording.taken(found[0], asked.member, other, asked.now)
    return typed, wrong


async def draft_of(asked: Asked, session_id: int) -> About:
    """Return a draft of whoever asks, in a pairing that goes on. Raises UserError if it isn't there any more."""
    found = await look_at(asked, list((await asked.work.of(Sessions).get([session_id])).values()), asked.member.id)
    if not found or not found[0].is_mine:
        raise UserError(nudges_wording.NOT_FOR_YOU if found else proposing_wording.GONE)
    if found[0].session.state is not State.DRAFT:
        raise UserError(proposing_wording.GONE)
    if found[0].pairing.ended_at is not None:
        raise UserError(wording.ENDED)
    return found[0]


async def echo(asked: Asked, session_id: int, more: Sequence[str] = (), *, notes: Sequence[str] = ()) -> Message:
    """Show a draft as it was understood, and all that is in its way, `more` besides; `notes` are said before."""
    one = await draft_of(asked, session_id)
    wrong = [*more, *await in_the_way(asked, one)]
    why: dict[int, str] = {}
    for time in one.times:
        try:
            times.read(time.typed, one.session.made_at, one.me.zone)
        except times.NoSuchTime as error:
            why[time.place] = proposing_wording.skipped(str(error))
        except UserError:  # it was in the future then, by seconds
            continue
    shown = proposing_wording.echo(one, await texts_of(asked, one.session), wrong, why)
    return Message((*map(Text, [*notes, *_is_late(asked, one)]), *shown.blocks))


def _is_late(asked: Asked, one: About) -> list[str]:
    """Say before it is sent if it is noted that a session is moved so shortly before it begins."""
    notice = asked.policy.sessions.notice
    if one.target is None or not is_coming(one.target, asked.now) or not is_short(one.target, asked.now, notice):
        return []
    return [proposing_wording.short(length(notice))]


async def in_the_way(asked: Asked, one: About) -> list[str]:
    """Return what keeps the times of a draft from being proposed: what is over, and what isn't free."""
    places = [time.place for time in one.times]
    clear = [time for time in one.times if places.count(time.place) == 1]
    wrong = [proposing_wording.past(one, time) for time in clear if time.starts_at <= asked.now]
    but = {one.session.replaces_id or 0}
    for time in clear:
        found = await clash(asked, one.pairing, one.me, time.starts_at, one.session.minutes, but=but)
        if found is not None:
            wrong.append(wording.taken(found, one.me, one.other, asked.now))
    return wrong


@feature.button("sessions.mean", number, who=PAIRED)
async def mean(asked: Asked, time_id: int) -> Message:
    """Take one reading of what was typed as the one that is meant."""
    time = await asked.work.of(Sessions).time(time_id)
    if time is None:
        raise UserError(proposing_wording.GONE)
    one = await draft_of(asked, time.session_id)
    await asked.work.of(Sessions).keep_time(time)
    return await echo(asked, one.session.id)


@feature.button("sessions.drop", number, who=PAIRED)
async def drop(asked: Asked, session_id: int) -> Message:
    """Throw a draft away."""
    await draft_of(asked, session_id)
    await asked.work.of(Sessions).drop(session_id)
    return proposing_wording.dropped()

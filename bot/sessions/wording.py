"""How sessions and proposals are shown to one of their two people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import later, n, t
from bot.people import Member
from bot.sessions.about import About, Clash
from bot.sessions.recording_wording import line as recording_line
from bot.sessions.rules import has_begun, is_coming
from bot.sessions.times_wording import bare, in_both
from bot.settings.reading import length
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import day, names
from storage.sessions import State, Texts, Time

ENDED = later("This pairing has ended, so nothing was changed.")
NO_PAIRING = later("You aren't paired with anybody just now. A coordinator can pair you.")


def time_of(one: About, time: Time) -> str:
    """Say a proposed time, in both zones."""
    return in_both(time.starts_at, one.now, one.me.zone, one.name, one.other.zone)


def when(one: About) -> str:
    """Say when a session is, in both zones."""
    at = one.session.starts_at
    return "" if at is None else in_both(at, one.now, one.me.zone, one.name, one.other.zone)


def shortly(one: About) -> str:
    """Say when a session is, for whoever reads it."""
    at = one.session.starts_at
    return "" if at is None else bare(at, one.now, one.me.zone)


def lasts(one: About) -> str:
    """Say how long a session is."""
    return length(timedelta(minutes=one.session.minutes))


def stands(one: About) -> str:
    """Say in a sentence how a session stands."""
    mine, theirs = _CALLED_OFF if _was_booked(one) else _STANDS[one.session.state]
    if one.session.state is State.CANCELLED and one.session.booked_at is None and one.session.ended_by_id is None:
        mine = theirs = _NEEDLESS
    time = when(one) if one.session.state is State.BOOKED else shortly(one)
    return t(mine if one.is_mine else theirs, name=one.name, time=time)


def _was_booked(one: About) -> bool:
    return one.session.state is State.CANCELLED and one.session.booked_at is not None


_BOTH = {  # the same for both
    State.APPROVAL: later("Let's plan the next one together: a coordinator looks at this proposal first."),
    State.AGREED: later("You and {name} have agreed on another time for that session."),
    State.BOOKED: later("You and {name} meet on {time}."),
    State.EXPIRED: later("The times that were proposed have lapsed. You can propose new ones: /mentor sessions"),
    State.HELD: later("You and {name} met on {time}."),
    State.NOT_HELD: later("The session with {name} on {time} isn't marked as held yet."),
    State.UNCLEAR: later("The session with {name} on {time} isn't marked as held yet."),
}
_STANDS = {  # for whoever proposed it, and for the other
    **{state: (text, text) for state, text in _BOTH.items()},
    State.DRAFT: (
        later("You haven't sent this proposal to {name} yet."),
        later("This proposal isn't needed any more."),
    ),
    State.PROPOSED: (
        later("You have proposed these times to {name}."),
        later("{name} has proposed these times to you."),
    ),
    State.DECLINED: (
        later("{name} can't just now, and that's all right."),
        later("You have told {name} that it's not possible just now."),
    ),
    State.CANCELLED: (
        later("You have taken this proposal back."),
        later("{name} has taken this proposal back."),
    ),
}
_CALLED_OFF = (later("The session with {name} on {time} was called off."),) * 2
_NEEDLESS = later("This proposal isn't needed any more.")


def already(one: About) -> Message:
    """Say to a press that comes too late how things stand."""
    return message(stands(one), t("Nothing was changed."))


def contents(one: About, texts: Texts | None) -> tuple[Block, ...]:
    """Show what a session is about; only to the two of a pairing."""
    lines = [t("How long: {length}", length=lasts(one))]
    if one.goals:
        lines.append(t("Goals: {goals}", goals=names(list(one.goals.values()))))
    if one.session.link:
        lines.append(t("Link: {link}", link=one.session.link))
    blocks: list[Block] = [Text("\n".join(lines))]
    if texts is not None and texts.agenda:
        blocks.append(Text(t("Agenda: {agenda}", agenda=texts.agenda)))
    if texts is not None and texts.prepare:
        blocks.append(Text(t("To prepare: {prepare}", prepare=texts.prepare)))
    return tuple(blocks)


def taken(clash: Clash, me: Member, other: Member, now: datetime) -> str:
    """Say that a time isn't free; never with whom somebody else has it."""
    begin, end = clash.session.starts_at or now, clash.session.ends_at or now
    span = {"begin": bare(begin, now, me.zone), "end": f"{end.astimezone(ZoneInfo(me.zone)):%H:%M}"}
    if clash.is_theirs:
        return t("{name} has something else from {begin} to {end}.", name=other.name, **span)
    return t("You have another session from {begin} to {end}.", **span)


def proposal(one: About, texts: Texts | None) -> tuple[Block, ...]:
    """Ask whether one of the proposed times suits, with all that can be answered."""
    session = one.session
    times = _in_order(one)
    free = [time for time in times if time.starts_at > one.now]
    buttons = [Button(bare(time.starts_at, one.now, one.me.zone), action("sessions.accept", time.id)) for time in free]
    key = (session.id, session.round)
    buttons.append(Button(t("Other times …"), action("sessions.other", *key)))
    buttons.append(Button(t("Not now"), action("sessions.decline", *key)))
    listed = Text("\n".join(t("• {time}", time=time_of(one, time)) for time in times))
    return (Text(_asks(one)), listed, *contents(one, texts), Actions(tuple(buttons)), Note(_lapses(one)))


def _in_order(one: About) -> list[Time]:
    return sorted(one.times, key=lambda time: time.starts_at)


def _lapses(one: About) -> str:
    if one.target is not None:
        return t("Any answer is fine. Until you choose a time, the session stays as it is.")
    if one.session.answer_by is None:
        return t("Any answer is fine.")
    lapses = bare(one.session.answer_by, one.now, one.me.zone)
    return t("Any answer is fine. Without one, the proposal lapses by itself on {moment}.", moment=lapses)


def _asks(one: About) -> str:
    if one.target is not None and one.target.starts_at is not None:
        before = bare(one.target.starts_at, one.now, one.me.zone)
        return t(
            "{name} would like to move your session of {before}. Which time suits you?", name=one.name, before=before
        )
    if one.session.round > 1:
        return t("{name} proposes other times for your session. Which one suits you?", name=one.name)
    return t("{name} proposes a session. Which time suits you?", name=one.name)


def settled(one: About) -> tuple[Block, ...]:
    """Say of a message with proposed times that nothing is left to do there."""
    return (Text(stands(one)), Note(t("Nothing left to do here.")))


def answered_with_times(one: About) -> tuple[Block, ...]:
    """Say of a message with proposed times that other ones were proposed since."""
    if one.is_mine:
        return (Text(t("You have proposed other times to {name}. Nothing left to do here.", name=one.name)),)
    return (Text(t("{name} has proposed other times since. Nothing left to do here.", name=one.name)),)


def mine_waits(one: About) -> tuple[Block, ...]:
    """Show a proposal that waits for the other."""
    times = "\n".join(t("• {time}", time=time_of(one, time)) for time in _in_order(one))
    withdraw = Button(t("Take it back"), action("sessions.withdraw", one.session.id, one.session.round))
    return Text(stands(one)), Text(times), Actions((withdraw,))


def coming(one: About) -> tuple[Block, ...]:
    """Show a session that is booked, shortly."""
    line = t("{name}: {time}, {length}", name=one.name, time=when(one), length=lasts(one))
    parts = [line, *([t("Goals: {goals}", goals=names(list(one.goals.values())))] if one.goals else [])]
    parts += [t("Link: {link}", link=one.session.link)] if one.session.link else []
    at = one.session.starts_at or one.now
    label = t("Details ({day})", day=day(at, one.me.zone))
    return Text("\n".join(parts)), Actions((Button(label, action("sessions.details", one.session.id)),))


def overview(
    booked: Sequence[About],
    for_me: Sequence[Block],
    for_others: Sequence[About],
    held: Sequence[tuple[About, Sequence[str]]],
    more: int,
) -> Message:
    """Show somebody's sessions: those to come, proposals that wait, and the last ones, each with who came later."""
    blocks: list[Block] = [Heading(t("Your next sessions") if booked else t("No session is booked just now"))]
    for one in booked:
        blocks += coming(one)
    if more:
        blocks.append(Text(n("{n} more is booked.", "{n} more are booked.", more)))
    if for_me:
        blocks += [Heading(t("Proposed to you")), *for_me]
    if for_others:
        blocks.append(Heading(t("Proposed by you")))
        for one in for_others:
            blocks += mine_waits(one)
    if held:
        lines = [line for one, late in held for line in (_was(one), *late)]
        blocks += [Heading(t("The last ones")), Text("\n".join(lines))]
    return Message((*blocks, Actions(entrances())))


def _was(one: About) -> str:
    values = {"name": one.name, "time": shortly(one)}
    if one.session.state is State.HELD:
        return t("{name}: {time}", **values)
    return t("{name}: {time} (not marked as held yet)", **values)


def entrances() -> tuple[Button, ...]:
    """Offer what can be begun."""
    return (
        Button(t("Propose a session …"), action("sessions.propose"), primary=True),
        Button(t("We met without booking …"), action("sessions.unbooked")),
    )


def details(one: About, texts: Texts | None, moves: Sequence[About], late: Sequence[str]) -> Message:
    """Show one session with all that belongs to it, and what can be done about it."""
    head = Heading(t("Session with {name}", name=one.name))
    asked = tuple(Text(t("Another time is proposed for it: {times}", times=_times(move))) for move in moves)
    recording = (Text(recording_line(one)),) if recording_line(one) else ()
    row = (Actions(_to_do(one)),) if is_coming(one.session, one.now) else ()
    note = Note(t("Agenda and goals are seen by the two of you alone."))
    return Message((head, Text(stands(one)), *asked, *map(Text, late), *contents(one, texts), *recording, *row, note))


def _to_do(one: About) -> tuple[Button, ...]:
    id_ = one.session.id
    before = (
        Button(t("Move …"), action("sessions.move", id_)),
        Button(t("Call off …"), action("sessions.cancel", id_)),
    )
    late = Button(t("I'll be a little late …"), action("sessions.late", id_))
    return (
        *((late,) if has_begun(one.session, one.now) else before),
        Button(t("Link …"), action("sessions.link", id_)),
        Button(t("Recording …"), action("sessions.recording", id_)),
    )


def _times(one: About) -> str:
    return ", ".join(bare(time.starts_at, one.now, one.me.zone) for time in one.times)


def waiting(items: Sequence[Block]) -> tuple[Block, ...]:
    """Put together which proposals wait for an answer."""
    return (Heading(t("Sessions that are proposed to you")), *items) if items else ()

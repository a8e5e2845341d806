"""What is said while a proposal is made: the echo of it, what keeps it from going out, and that it did."""

from collections.abc import Mapping, Sequence

from bot.language import later, n, t
from bot.sessions.about import About
from bot.sessions.rules import COMING, PROPOSALS
from bot.sessions.times_wording import said
from bot.sessions.wording import contents, stands, time_of
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from storage.sessions import Texts, Time

GONE = later("This proposal isn't there any more. Begin anew with /mentor sessions")


def echo(one: About, texts: Texts | None, wrong: Sequence[str] = (), why: Mapping[int, str] | None = None) -> Message:
    """Show what was typed as it was understood. A time that isn't clear is asked for; `why` says why, by place.

    `wrong`: what has to be changed before it can be sent.
    """
    by_place: dict[int, list[Time]] = {}
    for time in one.times:
        by_place.setdefault(time.place, []).append(time)
    blocks: list[Block] = [Heading(_heading(one))]
    for place, readings in by_place.items():
        blocks += _place(one, readings, (why or {}).get(place))
    unclear = any(len(readings) > 1 for readings in by_place.values())
    buttons = [] if wrong or unclear else [Button(t("Send it"), action("sessions.send", one.session.id), primary=True)]
    buttons.append(Button(t("Change …"), action("sessions.change", one.session.id)))
    buttons.append(Button(t("Drop it"), action("sessions.drop", one.session.id)))
    return Message((*blocks, *contents(one, texts), *map(Text, wrong), Actions(tuple(buttons)), Note(_not_yet(one))))


def _heading(one: About) -> str:
    if one.target is not None:
        return t("Shall I ask {name} about another time?", name=one.name)
    return t("Shall I propose this to {name}?", name=one.name)


def _not_yet(one: About) -> str:
    return t("Nothing has gone out to {name} yet. What you typed stays here for a day.", name=one.name)


def _place(one: About, readings: Sequence[Time], why: str | None) -> tuple[Block, ...]:
    if len(readings) == 1:
        return (Text(t("• {time}", time=time_of(one, readings[0]))),)
    ask = why or t('You wrote "{typed}". Which one do you mean?', typed=readings[0].typed)
    zone = one.me.zone
    buttons = tuple(Button(said(time.starts_at, one.now, zone), action("sessions.mean", time.id)) for time in readings)
    return Text(ask), Actions(buttons)


def skipped(why: str) -> str:
    """Say that a time doesn't exist, and ask for one that does."""
    return t("{why} Which one do you mean?", why=why)


def past(one: About, time: Time) -> str:
    """Say that a proposed time is over."""
    return t("{time} is over by now. Please change it.", time=time_of(one, time))


def short(notice: str) -> str:
    """Say that a session is moved shortly before it begins."""
    return t(
        "The session begins in less than {length}. It can still be moved; that it is so late is only noted.",
        length=notice,
    )


def too_many_proposals(name: str) -> str:
    """Say that enough is proposed."""
    return n(
        "{n} proposal between you and {name} waits already. Once it is answered or taken back, you can send this one.",
        "{n} proposals between you and {name} wait already. Once one is answered or taken back, you can send this one.",
        PROPOSALS,
        name=name,
    )


def too_many_sessions(name: str) -> str:
    """Say that enough is booked."""
    return n(
        "You and {name} have {n} session to come. That is all I can hold.",
        "You and {name} have {n} sessions to come. That is all I can hold.",
        COMING,
        name=name,
    )


def moved_meanwhile(one: About) -> str:
    """Say that the other has proposed other times for the same session."""
    return t(
        "{name} has just proposed other times for this session. You can answer that: /mentor sessions", name=one.name
    )


def meanwhile(target: About) -> str:
    """Say how what was to be changed stands by now."""
    return t("Meanwhile something has changed. {stands}", stands=stands(target))


def sent(one: About, *, running: bool, at_once: bool) -> Message:
    """Say that a proposal is on its way."""
    if not running:
        return message(
            t("Noted. The program isn't running yet; once it is, I'll ask {name}.", name=one.name),
            t("All of it: /mentor sessions"),
        )
    said = t("I'll ask {name} at hours that suit them, and tell you what they say.", name=one.name)
    return message(
        t("I'm asking {name} now, and tell you what they say.", name=one.name) if at_once else said,
        t("You can take it back until then: /mentor sessions"),
    )


def looked_at(name: str) -> Message:
    """Say that a coordinator looks at a proposal first."""
    return message(
        t("Let's plan the next one together: a coordinator looks at this first, and then I'll ask {name}.", name=name)
    )


def dropped() -> Message:
    """Say that a draft is gone."""
    return message(t("It's gone. Nothing was sent."))

"""What somebody is told of a session in a direct message, after something has become of it."""

from collections.abc import Callable

from bot.language import t
from bot.sessions.about import About
from bot.sessions.keeping import News
from bot.sessions.wording import shortly, when
from bot.views import Actions, Block, Button, Note, Text, action
from storage.sessions import Texts


def booked(one: About) -> tuple[Block, ...]:
    """Say that a session is booked."""
    return Text(t("It's settled: you and {name} meet on {time}.", name=one.name, time=when(one))), _details(one)


def moved(one: About) -> tuple[Block, ...]:
    """Say that a session has another time."""
    text = t("Your session with {name} has another time: {time}.", name=one.name, time=when(one))
    return Text(text), _details(one)


def link(one: About) -> tuple[Block, ...]:
    """Say that the link to meet at is another one."""
    if one.session.link is None:
        text = t("Your session with {name} on {time} has no link any more.", name=one.name, time=shortly(one))
    else:
        with_ = {"name": one.name, "time": shortly(one), "link": one.session.link}
        text = t("For your session with {name} on {time} there is a link: {link}", **with_)
    return Text(text), _details(one)


def declined(one: About) -> tuple[Block, ...]:
    """Say that no time suits."""
    if one.target is not None and one.target.starts_at is not None:
        return (Text(t("{name} can't move your session just now, so it stays as it was.", name=one.name)),)
    return (
        Text(t("{name} can't meet at these times just now. Maybe others suit you both.", name=one.name)),
        _new_times(),
    )


def expired(one: About) -> tuple[Block, ...]:
    """Say that a proposal has lapsed, to either side."""
    if one.is_mine:
        text = t(
            "No answer has come from {name} to the times that you proposed, so I've taken them off.", name=one.name
        )
    else:
        text = t("The times that {name} proposed have lapsed, so I've taken them off.", name=one.name)
    return Text(text), _new_times(), Note(t("That happens. Whoever likes proposes new ones."))


def cancelled(one: About, texts: Texts) -> tuple[Block, ...]:
    """Say that a session is called off, with the line that came along."""
    if one.session.ended_by_id == one.me.id:
        return (Text(t("You have called off the session with {name} on {time}.", name=one.name, time=shortly(one))),)
    text = t("{name} can't make it to your session on {time}: it is called off.", name=one.name, time=shortly(one))
    line = (Text(t("{name} writes: {words}", name=one.name, words=texts.ended_words)),) if texts.ended_words else ()
    return Text(text), *line, _new_times()


def pairing_ended(one: About) -> tuple[Block, ...]:
    """Say that a session doesn't take place, as the pairing has ended."""
    text = t("Your session with {name} on {time} doesn't take place, as your pairing has ended.", **_both(one))
    return (Text(text),)


def somebody_left(one: About) -> tuple[Block, ...]:
    """Say that a session doesn't take place, to either side; why is for coordinators to say."""
    return (Text(t("Your session with {name} on {time} doesn't take place. A coordinator knows more.", **_both(one))),)


def _both(one: About) -> dict[str, str]:
    return {"name": one.name, "time": shortly(one)}


def invite(news: News) -> str:
    """Say what a file for calendars is for."""
    if news in (News.CANCELLED, News.PAIRING_ENDED, News.SOMEBODY_LEFT):
        return t("Takes the session out of your calendar")
    return t("For your calendar")


def _details(one: About) -> Block:
    return Actions((Button(t("Details"), action("sessions.details", one.session.id)),))


def _new_times() -> Block:
    return Actions((Button(t("Propose a session …"), action("sessions.propose")),))


SAY: dict[News, Callable[[About], tuple[Block, ...]]] = {
    News.BOOKED: booked,
    News.MOVED: moved,
    News.LINK: link,
    News.DECLINED: declined,
    News.EXPIRED: expired,
    News.PAIRING_ENDED: pairing_ended,
    News.SOMEBODY_LEFT: somebody_left,
}

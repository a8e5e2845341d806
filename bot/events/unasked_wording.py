"""What is said of community events unasked: announced, changed, called off, about to begin; and what waits."""

from collections.abc import Sequence

from bot.events.rules import has_begun, is_on
from bot.events.wording import (
    TOGETHER,
    News,
    Shown,
    answers,
    answers_after,
    details,
    line,
    shortly,
    stands_so,
    there,
    what,
    when,
)
from bot.language import n, t
from bot.views import Actions, Block, Button, Heading, Message, Text
from bot.wording import length as roughly


def announced(found: Sequence[Shown]) -> tuple[Block, ...]:
    """Announce events to a member; those beyond a few are counted."""
    blocks: list[Block] = []
    for one in found[:TOGETHER]:
        buttons = (*answers(one), *details(one))
        blocks += [Text(t("A community event: “{title}”", title=one.event.title)), *what(one), Actions(buttons)]
    return (*blocks, *_more(len(found) - TOGETHER))


def _more(count: int) -> tuple[Block, ...]:
    if count <= 0:
        return ()
    text = n("And {n} more community event.", "And {n} more community events.", count)
    return (Text(text), Actions((Button(t("Community events"), "events.list"),)))


def settled(one: Shown) -> tuple[Block, ...]:
    """Say of an announcement that is out how it stands by now, where nothing is to be answered any more."""
    if is_on(one.event) and not has_begun(one.event, one.now):
        return announced([one]) if one.coming is None else (*_answered(one), Actions(details(one)))
    title = one.event.title
    over = t("“{title}” was on {time}. Nothing left to do here.", title=title, time=shortly(one))
    return Text(over if is_on(one.event) else t("“{title}” is called off.", title=title)), *answers_after(one)


def _answered(one: Shown) -> tuple[Block, ...]:
    parts = {"title": one.event.title, "time": when(one), "stands": stands_so(one)}
    return (Text(t("“{title}”, {time}. {stands}", **parts)),)


def changed(one: Shown) -> tuple[Block, ...]:
    """Tell whoever comes that time or place are others."""
    text = t("Something has changed about “{title}”. It is now:", title=one.event.title)
    return (Text(text), *what(one), Actions((*answers(one), *details(one))))


def called_off(one: Shown) -> tuple[Block, ...]:
    """Tell whoever comes that an event is called off, with the line that came along."""
    text = t("“{title}” on {time} is called off.", title=one.event.title, time=shortly(one))
    words = (Text(one.event.ended_words),) if one.event.ended_words else ()
    return (Text(text), *words)


def reminder(one: Shown) -> tuple[Block, ...]:
    """Remind whoever comes of an event that begins soon, with all that belongs to it."""
    title, starts_at = one.event.title, one.event.starts_at
    if starts_at is None or starts_at <= one.now or not is_on(one.event):
        return settled(one)
    soon = t("In {length}: “{title}”", length=roughly(starts_at - one.now), title=title)
    return (Text(soon), *what(one), Actions((*answers(one), there(one), *details(one))))


def in_channel(one: Shown, news: News) -> Message:
    """Say in a channel what is new of an event; where it is, members see under Details."""
    if news is News.CALLED_OFF:
        return Message(called_off(one))
    title = {"title": one.event.title}
    text = t("A community event: “{title}”", **title)
    if news is News.CHANGED:
        text = t("Something has changed about “{title}”. It is now:", **title)
    return Message((Text(text), *what(one, where=False), Actions((*answers(one), *details(one)))))


def for_calendar() -> str:
    """Say what a file for calendars is for."""
    return t("For your calendar")


def out_of_calendar() -> str:
    """Say the same of one that takes an event out."""
    return t("Takes the event out of your calendar")


def waiting(found: Sequence[Shown], *, more: bool) -> tuple[Block, ...]:
    """List what is coming, with what can be said about it."""
    blocks: list[Block] = [Heading(t("Community events"))] if found else []
    for one in found:
        blocks += [Text(_waits(one)), *answers_after(one)]
    return (*blocks, Actions((Button(t("Community events"), "events.list"),))) if more else tuple(blocks)


def _waits(one: Shown) -> str:
    return "\n".join((one.event.title, line(one)))

"""What is said about goals unasked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.goals.wording import SHORT, share
from bot.language import n, t
from bot.settings.reading import length
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Note, Text, action
from bot.wording import ago
from storage.goals import Goal, State

TOLD = 3  # goals of which one message tells in their words

Told = Sequence[tuple[Goal, str]]
"""Goals, each with the name of the other side."""


def told_new(found: Told) -> tuple[Block, ...]:
    """Tell one side of goals that the other made."""
    shown = [t("{name} has noted a new goal for you two: “{text}”", name=name, text=one.text) for one, name in found]
    return _told(shown, found)


def told_done(found: Told) -> tuple[Block, ...]:
    """Tell one side of goals that the other says are reached."""
    shown = [t("{name} says that this goal is reached: “{text}”", name=name, text=one.text) for one, name in found]
    return _told(shown, found)


def _told(shown: Sequence[str], found: Told) -> tuple[Block, ...]:
    rest = (more(len(found) - TOLD),) if len(found) > TOLD else ()
    first, *others = dict.fromkeys(one.pairing_id for one, _ in found)
    leads_to = action("goals.every") if others else action("goals.of", first)
    return (*map(Text, shown[:TOLD]), *rest, Actions((Button(t("All goals"), leads_to),)))


def ask(one: Goal, name: str, zone: str, now: datetime) -> tuple[Block, ...]:
    """Ask how a goal goes."""
    since = ago(one.moved_at, now, zone)
    buttons = (
        Button(t("It moved on …"), action("goals.update", one.id), primary=True),
        Button(t("It's done"), action("goals.done", one.id)),
        Button(t("Not just now"), action("goals.later", one.id)),
    )
    return (
        Text(t("How is your goal going, with {name}? “{text}”", name=name, text=one.text)),
        Text(t("{share}, {day}", share=share(one), day=since)),
        Actions(buttons),
    )


def more(count: int) -> Text:
    """Say that there are further goals."""
    return Text(n("{n} more goal: /mentor goals", "{n} more goals: /mentor goals", count))


def note(every: timedelta) -> Note:
    """Say that it comes by itself, and how often."""
    return Note(t("I ask this by myself, once in {length} at most. Any answer is fine.", length=length(every)))


def settled(one: Goal) -> Text:
    """Say of a question that nothing is left to do."""
    short = excerpt(one.text, SHORT)
    if one.state is State.ACTIVE:
        return Text(t("“{text}” Noted, thank you. Nothing left to do here.", text=short))
    if one.state is State.DONE:
        return Text(t("“{text}” This goal is reached. Nothing left to do here.", text=short))
    return Text(t("“{text}” This goal was let go. Nothing left to do here.", text=short))

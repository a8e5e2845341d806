"""What is said about goals unasked."""

from datetime import datetime, timedelta

from bot.asks.rules import excerpt
from bot.goals.wording import SHORT, share
from bot.language import n, t
from bot.views import Actions, Block, Button, Note, Text, action
from bot.wording import ago, length
from storage.goals import Goal, State


def told_new(one: Goal, name: str) -> tuple[Block, ...]:
    """Tell one side of a goal that the other made."""
    button = Button(t("All goals"), action("goals.of", one.pairing_id))
    return (Text(t("{name} has noted a new goal for you two: “{text}”", name=name, text=one.text)), Actions((button,)))


def told_done(one: Goal, name: str) -> tuple[Block, ...]:
    """Tell one side of a goal that the other says is reached."""
    button = Button(t("All goals"), action("goals.of", one.pairing_id))
    return (Text(t("{name} says that this goal is reached: “{text}”", name=name, text=one.text)), Actions((button,)))


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
    return Note(t("I ask this by myself, every {length} at most. Any answer is fine.", length=length(every)))


def settled(one: Goal) -> Text:
    """Say of a question that nothing is left to do."""
    short = excerpt(one.text, SHORT)
    if one.state is State.ACTIVE:
        return Text(t("“{text}” Noted, thank you. Nothing left to do here.", text=short))
    if one.state is State.DONE:
        return Text(t("“{text}” This goal is reached. Nothing left to do here.", text=short))
    return Text(t("“{text}” This goal was let go. Nothing left to do here.", text=short))

"""What the overview for coordinators says: in words, and in its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_percent

from bot.language import locale, n, t
from bot.nudges.weeks import Week
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import ago, day, length, moment
from storage.programs import State

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Waits:
    """A pair that may need help: who waits for whom, since when, how often reminded."""

    pairing_id: int
    asker: str
    answerer: str
    since: datetime
    reminders: int


def pairs_waiting(pairs: Sequence[Waits], total: int, shown: int, zone: str) -> Message:
    """Tell a coordinator which pairs may need help; `shown` of them with a button."""
    if not pairs:
        well = n(
            "All is well: no message waits longer than it should in {n} pair.",
            "All is well: no message waits longer than it should in {n} pairs.",
            total,
        )
        return message(well)
    blocks: list[Block] = [
        Heading(n("{few} of {n} pair may need help", "{few} of {n} pairs may need help", total, few=len(pairs)))
    ]
    for place, one in enumerate(pairs):
        blocks.append(Text(_pair_waiting(one, zone)))
        look = Button(t("Open the pair"), action("pairings.card", one.pairing_id))
        blocks += [Actions((look,))] if place < shown else []
    return Message((*blocks, Note(t("This list is for helping, not for blaming."))))


def not_running(state: State) -> tuple[Block, ...]:
    """Say above the list that nobody is reminded just now, with the way to Start; nothing of a program that runs."""
    if state is State.RUNNING:
        return ()
    if state is State.SHADOW:
        line = t("The program is being tried out, so I remind nobody. To start it: /mentor-admin start")
    else:
        line = t("The program isn't running, so I remind nobody just now. To start it: /mentor-admin start")
    start = Button(t("Start"), action("setup.start"), primary=True)
    return Note(line), Actions((start, Button(t("Back to the set-up"), action("setup.show"))))


def _pair_waiting(one: Waits, zone: str) -> str:
    about = {"asker": one.asker, "answerer": one.answerer, "since": moment(one.since, zone)}
    if not one.reminders:
        return t("{asker} has been waiting for {answerer} since {since}; {answerer} couldn't be reminded.", **about)
    return n(
        "{asker} has been waiting for {answerer} since {since}; {answerer} was reminded {n} time.",
        "{asker} has been waiting for {answerer} since {since}; {answerer} was reminded {n} times.",
        one.reminders,
        **about,
    )


def away(name: str, until: datetime | None, zone: str) -> Text:
    """Say beside a pair that whoever is waited for is away."""
    if until is None:
        return Text(t("{name} is away.", name=name))
    return Text(t("{name} is away until {day}.", name=name, day=day(until, zone)))


def title() -> str:
    """Say what the picture is about."""
    return t("Answers in the last eight weeks")


def median() -> str:
    """Say what the upper bars are."""
    return t("Half of the answers came within this time (days off aren't counted)")


def share() -> str:
    """Say what the lower bars are."""
    return t("Answers in time")


def label(week: Week) -> str:
    """Name a week shortly."""
    return format_skeleton("MMMd", week.begin, locale=locale())


def answers(number: int) -> str:
    """Count answers."""
    return n("{n} answer", "{n} answers", number)


def short_length(span: timedelta | None) -> str:
    """Say a length shortly."""
    return NOTHING if span is None else format_timedelta(span, threshold=1.5, format="narrow", locale=locale())


def percent(share: float | None) -> str:
    """Say a share."""
    return NOTHING if share is None else str(format_percent(share, locale=locale()))


def in_words(weeks: Sequence[Week]) -> str:
    """Say all that the picture shows."""
    return "\n".join([t("Answers in the last eight weeks:"), *map(_in_words, weeks)])


def _in_words(week: Week) -> str:
    begin = format_date(week.begin, t("d MMMM"), locale=locale())
    if not week.answers:
        return t("Week of {day}: no answers.", day=begin)
    if week.median is None:
        return n(
            "Week of {day}: {n} answer, too few to say more.",
            "Week of {day}: {n} answers, too few to say more.",
            week.answers,
            day=begin,
        )
    return n(
        "Week of {day}: {n} answer, half of them within {length}, {share} in time.",
        "Week of {day}: {n} answers, half of them within {length}, {share} in time.",
        week.answers,
        day=begin,
        length=length(week.median),
        share=percent(week.share),
    )


def last_message(at: datetime | None, now: datetime, zone: str) -> str:
    """Say when two people last wrote to each other."""
    return t("Last message: {day}", day=ago(at, now, zone)) if at else t("They haven't written to each other here yet.")

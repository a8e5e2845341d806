"""How it is said what several people answered together."""

from collections.abc import Sequence

from babel.numbers import format_decimal

from bot.feedback.totals import Shown
from bot.language import locale, n, t
from bot.views import Block, Heading, Note, Text
from bot.wording import percent


def mine(lines: Sequence[str], people: int) -> tuple[Block, ...]:
    """Tell somebody what others said about sessions with them."""
    note = t(
        "Counted together, {people} different people at a time, so that nobody's own answer can be known. "
        "It changes when {people} more have answered.",
        people=people,
    )
    return Heading(t("What people say about sessions with you")), *map(Text, lines), Note(note)


def rated(ask: str, one: Shown) -> str:
    """Say how something was rated."""
    mean = format_decimal(round(one.mean, 1), locale=locale())
    return n(
        "{ask} About {mean} of 5, from {n} answer.",
        "{ask} About {mean} of 5, from {n} answers.",
        one.answers,
        ask=ask,
        mean=mean,
    )


def chosen(ask: str, found: Sequence[tuple[str, Shown]]) -> str:
    """Say how many chose what, the most first."""
    ordered = sorted(found, key=lambda one: -one[1].total)
    parts = ", ".join(t("{choice} about {share}", choice=label, share=percent(one.mean)) for label, one in ordered)
    return n(
        "{ask} {parts}, from {n} answer.", "{ask} {parts}, from {n} answers.", found[0][1].answers, ask=ask, parts=parts
    )


def of_somebody(name: str) -> Heading:
    """Say whom totals are about."""
    return Heading(t("About sessions with {name}", name=name))


def none() -> Text:
    """Say that there are no totals yet."""
    return Text(t("So far too few people have answered about anybody for it to be counted together."))


def how(people: int) -> Note:
    """Say how it is counted."""
    text = t("Counted together, {people} different people at a time: nobody's own answer can be known.", people=people)
    return Note(text)

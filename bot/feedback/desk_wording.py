"""What coordinators read about notes and feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.feedback.wording import for_both_first
from bot.forms.definition import Definition
from bot.language import n, t
from bot.people import Member
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import day, names

NAMED = 3  # sessions of one person; the rest are counted
Missing = tuple[Definition, str, datetime]
"""A form, with whom the session was, and when."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wrote that coordinators may read: who, about which session, and what."""

    name: str
    other: str
    at: datetime
    blocks: Sequence[Block]


def silent(found: Sequence[tuple[Member, Sequence[Missing]]], more: int, zone: str) -> Message:
    """List who hasn't given notes or feedback, each with a button to remind them."""
    look = Actions(
        (Button(t("What was written for us"), action("feedback.given")), Button(t("Totals"), action("feedback.totals")))
    )
    if not found:
        return Message((Text(t("Nobody's notes or feedback are missing just now.")), look))
    blocks: list[Block] = [Heading(t("Notes and feedback that haven't come so far"))]
    for member, missing in found:
        blocks.append(Text(_line(member.name, missing, zone)))
        button = Button(t("Remind {name}", name=excerpt(member.name, 40)), action("feedback.remind", member.id))
        blocks.append(Actions((button,)))
    if more > 0:
        blocks.append(Text(n("And {n} more person.", "And {n} more people.", more)))
    note = t("I remind everybody twice by myself. A reminder keeps to their hours and to their budget of messages.")
    return Message((*blocks, look, Note(note)))


def _line(name: str, missing: Sequence[Missing], zone: str) -> str:
    sessions: dict[tuple[str, datetime], list[Definition]] = {}
    for form, other, at in missing:
        sessions.setdefault((other, at), []).append(form)
    lines = [_session(other, at, forms, zone) for (other, at), forms in list(sessions.items())[:NAMED]]
    if len(sessions) > NAMED:
        lines.append(n("And {n} more session.", "And {n} more sessions.", len(sessions) - NAMED))
    return "\n".join((name, *lines))


def _session(other: str, at: datetime, forms: Sequence[Definition], zone: str) -> str:
    what = names([excerpt(t(form.title), 40) for form in sorted(forms, key=for_both_first)])
    return t("• session with {other} on {day}: {what}", other=other, day=day(at, zone), what=what)


def reminded(name: str) -> Message:
    """Say that a reminder is on its way."""
    return message(t("I'll remind {name}, at hours that suit them and within their budget of messages.", name=name))


def reminded_already(name: str) -> Message:
    """Say that somebody was reminded lately."""
    return message(t("{name} was reminded within the last day, or a reminder is on its way already.", name=name))


def nothing_left(name: str) -> Message:
    """Say that there is nothing to remind of."""
    return message(t("Nothing of {name}'s is missing just now, or I can't reach them. I don't remind them.", name=name))


def given(found: Sequence[Given], zone: str) -> Message:
    """Show what members wrote that coordinators may read."""
    if not found:
        return message(t("So far nothing was written for coordinators."))
    blocks: list[Block] = []
    for one in found:
        values = {"name": one.name, "other": one.other, "day": day(one.at, zone)}
        blocks += [Heading(t("{name}, session with {other} on {day}", **values)), *one.blocks]
    return Message((*blocks, Note(t("The newest come first. For coordinators only."))))

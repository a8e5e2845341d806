"""What is said of the messages behind a rate, and of those that somebody says shouldn't count as late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import later, t
from bot.nudges.judging import Judged
from bot.nudges.rules import Verdict
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import day, length, moment
from storage.nudges import Outcome

COUNTS = {
    Verdict.IN_TIME: later("counts as in time"),
    Verdict.LATE: later("counts as late"),
    Verdict.TAKEN_OUT: later("doesn't count"),
    Verdict.UNDECIDED: later("isn't decided yet"),
}
ASKED_FOR = later("counts as late; you asked a coordinator to look at it")
LOOKED_AT = later("counts as late; a coordinator has looked at it")
TAKEN_OUT = later("doesn't count: taken out by a coordinator")
OUTCOMES = {
    Outcome.OPEN: later("no answer so far"),
    Outcome.ANSWERED: later("answered after {length}"),
    Outcome.REACTED: later("a reaction after {length}"),
    Outcome.NOT_NEEDED: later("no reply needed, you said"),
    Outcome.ELSEWHERE: later("answered elsewhere, you said"),
    Outcome.NO_HURRY: later("no hurry, {name} said"),
    Outcome.WITHDRAWN: later("taken back by {name}"),
    Outcome.ENDED: later("your time together ended before an answer was due"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What somebody says shouldn't count as late: a message of a day, or a form that they were asked for on it."""

    at: datetime
    is_form: bool = False


def why(found: Sequence[Judged], names: Mapping[int, str], shown: int, zone: str) -> Message:
    """List the messages that a rate goes over, and what each counts for; `shown` of the late ones have a button."""
    if not found:
        return message(t("No message has counted so far."))
    disputable = [one for one in found if one.may_be_disputed]
    blocks: list[Block] = [Heading(t("Your newest messages to answer, and what each counts for"))]
    blocks += [Text(_how(len(disputable), shown))] if disputable else []
    for one in found:
        blocks.append(Text(_line(one, names.get(one.turn.facts.asker_id), zone)))
        blocks += [Actions((_button(one),))] if one in disputable[:shown] else []
    return Message((*blocks, Note(t("A message is late only if I reminded you before."))))


def _how(count: int, shown: int) -> str:
    if count > shown:
        return t(
            "Something looks wrong? Press the button below a message, and a coordinator looks at it. "
            "The {shown} newest that count as late have one.",
            shown=shown,
        )
    return t("Something looks wrong? Press the button below a message, and a coordinator looks at it.")


def _button(one: Judged) -> Button:
    about = ("nudges.dispute_ask", one.subject.recipient_id) if one.asked else ("nudges.dispute", one.subject.turn_id)
    return Button(t("That isn't right"), action(*about))


def _line(one: Judged, name: str | None, zone: str) -> str:
    facts = one.turn.facts
    taken = length((facts.closed_at or facts.waiting_since) - facts.waiting_since)
    asker = name or t("Somebody who has left")
    how, counts = t(OUTCOMES[facts.outcome], length=taken, name=asker), t(_counts(one))
    at = moment(facts.opened_at, zone)
    if one.asked:
        return t("{name}, for the team, {at}: {how}; {counts}.", name=asker, at=at, how=how, counts=counts)
    return t("{name}, {at}: {how}; {counts}.", name=asker, at=at, how=how, counts=counts)


def _counts(one: Judged) -> str:
    return disputed(one) or COUNTS[one.verdict]


def disputed(one: Judged) -> str | None:
    """Return what something counts for that somebody disputes; None if nobody does, or it isn't late any more."""
    if one.dispute is None or (one.verdict is not Verdict.LATE and not one.dispute.taken_out):
        return None
    if one.dispute.taken_out:
        return TAKEN_OUT
    return ASKED_FOR if one.dispute.taken_out is None else LOOKED_AT


def passed_on() -> Message:
    """Say that a coordinator will look."""
    return message(t("Thank you for telling me. A coordinator looks at it, and I'll tell you what they decide."))


def passed_on_already() -> Message:
    """Say that a coordinator was asked before."""
    return message(t("You've asked for that already. I'll tell you what a coordinator decides."))


def decided_already(*, taken_out: bool) -> Message:
    """Say to whoever asks again what was decided."""
    return message(
        t("A coordinator has decided that already: it doesn't count in your rate.")
        if taken_out
        else t("A coordinator has decided that already: it stays as it is.")
    )


def not_late() -> Message:
    """Say that there is nothing to dispute."""
    return message(t("That doesn't count as late. There is nothing to put right."))


def says(dispute_id: int, name: str, about: About, zone: str) -> tuple[Block, ...]:
    """Tell a coordinator that somebody thinks that something shouldn't count as late."""
    values = {"name": name, "day": day(about.at, zone)}
    if about.is_form:
        said = t("{name} says that a form I asked for on {day} (notes or feedback) shouldn't count as late.", **values)
    else:
        said = t("{name} says that a message of {day} shouldn't count as late.", **values)
    out = Button(t("Take it out"), action("nudges.take_out", dispute_id))
    leave = Button(t("Leave it"), action("nudges.leave", dispute_id))
    return Text(said), Actions((out, leave))


def says_note() -> Note:
    """Explain what the two buttons do."""
    return Note(t("What you take out no longer counts in their rate. I'll tell them what you decide."))


def settled(name: str, about: About, zone: str, *, taken_out: bool) -> Text:
    """Say what was decided, in a message that asked for it."""
    values = {"name": name, "day": day(about.at, zone)}
    if about.is_form and taken_out:
        return Text(t("{name}'s form of {day} (notes or feedback) was taken out of the on-time rate.", **values))
    if about.is_form:
        return Text(t("{name}'s form of {day} (notes or feedback) was left as it is.", **values))
    if taken_out:
        return Text(t("{name}'s message of {day} was taken out of the response rate.", **values))
    return Text(t("{name}'s message of {day} was left as it is.", **values))


def decided(name: str, *, taken_out: bool) -> Message:
    """Thank a coordinator who decided."""
    if taken_out:
        return message(t("Done: it no longer counts in {name}'s rate. I'll tell them.", name=name))
    return message(t("Noted: it stays as it is. I'll tell {name} that you've looked at it.", name=name))


def decided_by_another(*, taken_out: bool) -> Message:
    """Tell a second coordinator what the first one decided."""
    return message(
        t("That was decided already: it was taken out of the rate. Nothing was changed.")
        if taken_out
        else t("That was decided already: it was left as it is. Nothing was changed.")
    )


def own() -> str:
    """Say that nobody decides about themselves."""
    return t("This one is about you, so another coordinator decides it. They have the same message.")


def outcome(about: About, zone: str, *, taken_out: bool) -> Text:
    """Tell a member what was decided."""
    when = day(about.at, zone)
    if about.is_form:
        return Text(_outcome_of_form(when, taken_out=taken_out))
    if taken_out:
        return Text(t("A coordinator took the message of {day} out of your response rate.", day=when))
    return Text(
        t(
            "A coordinator has looked at the message of {day}. It stays in your response rate; "
            "if you'd like to know why, ask them.",
            day=when,
        )
    )


def _outcome_of_form(when: str, *, taken_out: bool) -> str:
    if taken_out:
        return t("A coordinator took the form of {day} (notes or feedback) out of your on-time rate.", day=when)
    return t(
        "A coordinator has looked at the form of {day} (notes or feedback). It stays in your on-time rate; "
        "if you'd like to know why, ask them.",
        day=when,
    )

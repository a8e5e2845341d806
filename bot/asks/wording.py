"""What requests say to members; what coordinators read of them is in desk_wording.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asks.rules import LONGEST
from bot.language import n, t
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, message
from bot.wording import ago
from storage.asks import Answer, Ask, Counts, Recipient

SHORT = 80  # characters of a request where it is only named


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a coordinator (None: one who has left) for the team of a program."""

    name: str | None
    program: str


def request(one: Recipient, ask: Ask, asker: Asker, now: datetime, zone: str, *, again: bool) -> tuple[Block, ...]:
    """Ask for something, with all that can be answered; `again`: it was asked before."""
    reply = (
        Button(t("Answer …"), action("asks.answer", one.id), primary=True)
        if ask.in_words
        else Button(t("Done"), action("asks.done", one.id), primary=True)
    )
    cannot = Button(t("I can't"), action("asks.cannot", one.id))
    return Text(_asks(asker, one, now, zone, again=again)), Text(ask.text), Actions((reply, cannot))


def _asks(asker: Asker, one: Recipient, now: datetime, zone: str, *, again: bool) -> str:
    name, program = asker.name, asker.program
    if not again:
        if name is None:
            return t("The team of {program} asks you:", program=program)
        return t("{name} asks you, for the team of {program}:", name=name, program=program)
    when = ago(one.delivered_at or one.sent_at, now, zone)
    if name is None:
        return t("The team of {program} asked you {when}:", program=program, when=when)
    return t("{name} asked you {when}, for the team of {program}:", name=name, program=program, when=when)


def note(*, again: bool, last: bool) -> Note:
    """Say who sees an answer, and what comes after; `again`: this is a reminder, `last`: no further one follows."""
    if last:
        return Note(t("I send this reminder by myself, and it's the last one. Only coordinators see what you answer."))
    if again:
        return Note(t("I send this reminder by myself. Only coordinators see what you answer."))
    return Note(t("Only coordinators see what you answer. If it has to wait, I'll remind you by myself."))


def more(count: int) -> Text:
    """Say that there are further requests."""
    return Text(n("{n} more request waits: /mentor waiting", "{n} more requests wait: /mentor waiting", count))


def waiting(items: Sequence[Block], *, more: bool) -> tuple[Block, ...]:
    """Put together what the team waits for."""
    if not items:
        return ()
    rest = (Text(t("There are older requests as well; these come first.")),) if more else ()
    return Heading(t("The team waits for your answer")), *items, *rest


def settled(answer: Answer | None, text: str) -> Text:
    """Say of a request that nothing is left to do; `answer` None: it was closed."""
    short = excerpt(text, SHORT)
    match answer:
        case Answer.DONE:
            return Text(t("“{text}” You said that it's done. Thank you! Nothing left to do here.", text=short))
        case Answer.WORDS:
            return Text(t("“{text}” You have answered. Thank you! Nothing left to do here.", text=short))
        case Answer.CANNOT:
            return Text(t("“{text}” You said that you can't. That's all right. Nothing left to do here.", text=short))
    return Text(t("“{text}” The team has closed this request. Nothing left to do here.", text=short))


def thanks(answer: Answer) -> Message:
    """Thank for an answer."""
    if answer is Answer.CANNOT:
        return message(t("That's all right, and thank you for saying so. The team can see it; I won't remind you."))
    return message(t("Thank you! The team can see your answer. I won't remind you of this again."))


def already(answer: Answer | None, text: str) -> Message:
    """Say to a press on an old button how things stand."""
    return Message((settled(answer, text),))


def answer_form(recipient_id: int, ask: Ask) -> Form:
    """Ask for a few words."""
    label = t("Your answer")
    hint = t("Only coordinators see it.")
    field = Field("text", label, hint=hint, long=True, limit=LONGEST)
    return Form(t("Your answer"), action("asks.answered", recipient_id), (field,), submit=t("Send"))


def nothing_written() -> str:
    """Say that an answer needs words."""
    return t("Please write a few words.")


def too_long(length: int) -> str:
    """Say how long a text may be."""
    return t("This has {length} characters; {longest} is the most I can take.", length=length, longest=LONGEST)


def silent(ask: Ask, counts: Counts) -> tuple[Block, ...]:
    """Tell whoever asked how many haven't answered."""
    buttons = (
        Button(t("Answers"), action("asks.answers", ask.id)),
        Button(t("Close"), action("asks.close", ask.id)),
    )
    said = n(
        "{n} of {all} hasn't answered yet: “{text}”",
        "{n} of {all} haven't answered yet: “{text}”",
        counts.all - counts.answered,
        all=counts.all,
        text=excerpt(ask.text, SHORT),
    )
    return (
        Text(said),
        Actions(buttons if ask.closed_at is None else buttons[:1]),
        Note(_what_was_done(counts.failed)),
    )


def _what_was_done(failed: int) -> str:
    if failed:
        return n(
            "I couldn't reach {n} of them; the list of answers says who it is.",
            "I couldn't reach {n} of them; the list of answers says who they are.",
            failed,
        )
    return t("I've reminded them as often as I may. A kind word from you often helps.")

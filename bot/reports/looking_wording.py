"""What somebody sees with their code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import later, t
from bot.reports.clock import Limits
from bot.reports.contents import Content, Kind, Line, Told
from bot.reports.fields_wording import LONG
from bot.reports.pages_wording import title, turning
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, message
from bot.wording import day
from storage.cases import Case, State

LINES = {
    Kind.QUESTION: later("{who} asks:"),
    Kind.ANSWER: later("{who} answers:"),
    Kind.OUTCOME: later("{who} closes it with:"),
    Kind.REPLY: later("You added:"),
    Kind.STEPPED_ASIDE: later("{who} can't read it any more."),
    Kind.LEFT: later("{who} can't read it any more."),
    Kind.STEPPED_IN: later("{who} can read it again."),
    Kind.PASSED_OUTSIDE: later("It went to the contact outside of the program."),
}

DAMAGED = later(
    "Something in this report doesn't open: it was changed from outside. If you can, tell somebody you trust."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as whoever made it sees it: `names` of responders, and until when it is read and answered."""

    case: Case
    names: Mapping[int, str]
    zone: str
    now: datetime
    limits: Limits
    outside: str


def ask_code() -> Form:
    """Ask for the code."""
    field = Field("code", t("Your code"), hint=t("25 digits; spaces don't matter."), limit=100)
    return Form(t("I have a code"), action("reports.looked"), (field,), submit=t("Look"))


def no_code() -> str:
    """Say what a code looks like."""
    return t("A code has 25 digits, such as 12345 67890 12345 67890 12345.")


def unknown_code() -> str:
    """Say that nothing is found."""
    return t("There is nothing under this code. Please look whether a digit is wrong.")


def tried_too_often() -> str:
    """Say that somebody tried too many codes."""
    return t("You've tried several codes. Please try again in an hour.")


def whole(seen: Seen, said: Sequence[Content | None], *, damaged: bool) -> Iterator[Block]:
    """Yield how it stands, and what was said; and that something of it is missing, if it is `damaged`."""
    yield from map(Text, _stands(seen))
    if damaged:
        yield Text(t(DAMAGED))
    for told in said:
        if isinstance(told, Told):
            yield from _first(told)
    lines = [one for one in said if isinstance(one, Line) and one.kind in LINES]
    for line in sorted(lines, key=lambda line: line.at):
        yield from _line(seen, line)


def page(name: str, blocks: Sequence[Block], number: int, pages: int, code: str, entry_id: int) -> Message:
    """Show a page of a case, and what can be done with it."""
    leaves = turning(number, pages, lambda to: action("reports.turn", code, to))
    add = Button(t("Write to them"), action("reports.reply", code, entry_id), primary=True)
    close = Button(t("Close"), action("reports.close_look"))
    return Message((Heading(title(name, number, pages)), *blocks, *leaves, Actions((add, close))))


def _stands(seen: Seen) -> Iterator[str]:
    case = seen.case
    who = seen.names.get(case.taken_by_id or 0)
    match case.state:
        case State.NEW:
            yield from _sent(seen)
            if who:
                yield t("{who} has it.", who=who)
            told = t("A person reads it by {day}.", day=day(seen.limits.read, seen.zone))
            yield from _waits(seen, seen.limits.read, told)
            if seen.now < seen.limits.answered:
                yield _answer_by(seen)
        case State.TAKEN:
            yield t("{who} has read it.", who=who) if who else t("A person has read it.")
            yield from _unanswered(seen)
        case State.ASKED:
            yield t("{who} has asked you something.", who=who) if who else t("You were asked something.")
            yield from _unanswered(seen)
        case State.ANSWERED:
            yield t("{who} has answered.", who=who) if who else t("It was answered.")
        case State.CLOSED:
            yield t("It's closed. If you write to them, it's open again.")


def _sent(seen: Seen) -> Iterator[str]:
    sent = day(seen.case.waits_since, seen.zone)
    if seen.case.since is None:
        yield t("It was sent on {day}.", day=sent)
    else:
        yield t("You added to it on {day}.", day=sent)


def _answer_by(seen: Seen) -> str:
    return t("You have an answer by {day}.", day=day(seen.limits.answered, seen.zone))


def _unanswered(seen: Seen) -> Iterator[str]:
    """Say until when it is answered, unless it is: no question of a responder's lets the time stand still."""
    if seen.case.answered_at is None:
        yield from _waits(seen, seen.limits.answered, _answer_by(seen))


def _waits(seen: Seen, limit: datetime, told: str) -> Iterator[str]:
    """Say until when, or that it is late and who else can be asked."""
    if seen.now < limit:
        yield told
        return
    yield t("That should have happened by {day}. I'm sorry that you still wait.", day=day(limit, seen.zone))
    if seen.outside:
        yield t("You can also turn to somebody outside of the program: {outside}", outside=seen.outside)


def _first(told: Told) -> Iterator[Block]:
    yield Note(t("You wrote:"))
    yield Text(told.what)


def _line(seen: Seen, line: Line) -> Iterator[Block]:
    who = seen.names.get(line.by or 0) or t("A responder")
    yield Note(t("{line} ({day})", line=t(LINES[line.kind], who=who), day=day(line.at, seen.zone)))
    if line.text:
        yield Text(line.text)


def add(code: str, entry_id: int) -> Form:
    """Ask what is to be added."""
    hint = t(
        "If somebody is in danger by now, please make a new report: there you can say so, and all are told at once."
    )
    field = Field("text", t("What would you like to say?"), hint=hint, long=True, limit=LONG)
    return Form(t("Write to them"), action("reports.replied", code, entry_id), (field,))


def added(seen: Seen, *, danger: bool) -> Message:
    """Say that it was sent, when its readers are told (in `danger`, at once), and until when it is read."""
    if danger:
        told = t("It is sent. All who may read it are told at once.")
    else:
        told = t("It is sent. They are told within an hour, or when their next working day begins.")
    until = _stands(seen) if seen.case.state is State.NEW else ()
    return message(told, *until, t("You can look with your code at any time."))


def added_too_often() -> str:
    """Say that somebody wrote very often."""
    return t("You've written very often now. Please wait an hour, and then send this.")


def seen_enough() -> Message:
    """Say how to come back."""
    return message(t("You can look with your code at any time: /mentor report, then “I have a code”."))

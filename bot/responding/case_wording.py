"""What a report says to whoever may read it, and what they can do with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language import languages, later, t
from bot.people import Place
from bot.reports.contents import Kind, Line, Told
from bot.reports.fields_wording import KINDS
from bot.reports.pages_wording import title, turning
from bot.responding.key_wording import safety
from bot.responding.opening import Opened
from bot.views import Actions, Block, Button, Heading, Link, Message, Note, Text, action
from bot.wording import moment, names
from storage.cases import State

_LINES = {
    Kind.QUESTION: later("{who} asked on {at}:"),
    Kind.ANSWER: later("{who} answered on {at}:"),
    Kind.REPLY: later("Whoever reported it wrote on {at}:"),
    Kind.NOTE: later("A note by {who} on {at}, for responders alone:"),
    Kind.OUTCOME: later("{who} closed it on {at}:"),
    Kind.TAKEN: later("{who} took it on {at}."),
    Kind.STEPPED_ASIDE: later("{who} stepped aside on {at}."),
    Kind.STEPPED_IN: later("{who} was let in on {at}."),
    Kind.PASSED_OUTSIDE: later("It went to the outside contact on {at}."),
    Kind.LEFT: later("Since {at} it no longer opens to {who}, who stopped answering reports."),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a report: `names` of members, who may read it, how it stands, and who looks."""

    names: Mapping[int, str]
    readers: Collection[str]
    stands: str
    me: int
    zone: str


def whole(opened: Opened, around: Around) -> Iterator[Block]:
    """Yield all that is in a report."""
    yield Text(around.stands)
    yield Note(t("Who can read it: {names}", names=names([*around.readers])))
    if opened.damaged:
        yield Text(_damaged())
    for told in opened.told:
        yield from _told(told, around)
    for line in opened.lines:
        yield from _line(line, around)


def _damaged() -> str:
    return t("Something in this report doesn't open: it was changed from outside. Please tell whoever runs me.")


def _told(told: Told, around: Around) -> Iterator[Block]:
    if told.danger:
        yield Heading(t("Somebody is in danger now"))
    yield Note(_whose(told, around))
    for label, text in _parts(told, around):
        if text.strip():
            yield Text(_under(label, text))
    yield from _link(told)


def _whose(told: Told, around: Around) -> str:
    by = around.names.get(told.named or 0)
    entered = around.names.get(told.entered_by or 0)
    if told.entered_by is not None:
        who = entered or t("a responder")
        return t("Entered by {who}. It came from {by}.", who=who, by=by) if by else t("Entered by {who}.", who=who)
    return t("From {by}.", by=by) if by else t("Without a name.")


def _parts(told: Told, around: Around) -> Sequence[tuple[str, str]]:
    excluded = [around.names[id_] for id_ in told.excluded if id_ in around.names]
    must_not = [*([names(excluded)] if excluded else []), told.others, *([_unsure()] if told.unsure else [])]
    return (
        (t("What it is about"), t(KINDS[told.kind]) if told.kind in KINDS else told.kind),
        (t("What happened"), told.what),
        (t("The text of the message"), told.quote),
        (t("Who it is about"), told.concerned),
        (t("When"), told.when),
        (t("Where"), told.where),
        (t("What they wish for"), told.wish),
        (t("How to reach them safely"), told.reach),
        (t("Who must not know"), "\n".join(filter(None, must_not))),
        (t("Language"), languages().get(told.language, told.language)),
    )


def _unsure() -> str:
    return t("They weren't sure who must not.")


def _link(told: Told) -> Iterator[Block]:
    """Offer to open the message that a report is about."""
    parts = told.link.split(":", 3)
    if len(parts) == 4 and all(parts):  # noqa: PLR2004 - a place, and a message in it
        platform, workspace, channel, message_id = parts
        link = Link(t("Open the message"), Place(platform, workspace, channel), message_id)
        yield Note(t("The message that it is about. To open it you must be in that conversation."))
        yield Actions((link,))
    elif told.link:
        yield Text(_under(t("The message that it is about"), told.link))


def _line(line: Line, around: Around) -> Iterator[Block]:
    who = t("You") if line.by == around.me else around.names.get(line.by or 0) or t("A responder")
    said = t(_LINES[line.kind], who=who, at=moment(line.at, around.zone))
    yield Text(_under(said, line.text)) if line.text else Note(said)


def _under(label: str, words: str) -> str:
    return t("{label}\n{words}", label=label, words=words)


def page(opened: Opened, blocks: Sequence[Block], token: str, number: int, pages: int, me: int) -> Message:
    """Show a page of a report, and below what can be done."""
    case = opened.case
    leaves = turning(number, pages, lambda to: action("responding.page", case.id, to, token))
    rows = buttons(opened, token, me)
    return Message((Heading(title(case.name, number, pages)), *blocks, *leaves, *rows, safety()))


def buttons(opened: Opened, token: str, me: int) -> tuple[Actions, ...]:
    """Return what can be done with a report."""
    case = opened.case
    note = _button(t("Note …"), "responding.note", case.id, token)
    if case.state is State.CLOSED:
        again = _button(t("Open it again"), "responding.reopen", case.id, token)
        return (Actions((again, note, _aside(case.id, token), back(token))),)
    mine = case.taken_by_id == me
    take = () if mine else (_button(t("Take it"), "responding.take", case.id, token, primary=True),)
    first = (
        *take,
        _button(t("Ask …"), "responding.ask", case.id, token),
        _button(t("Answer …"), "responding.answer", case.id, token, primary=mine),
        note,
        _button(t("Close …"), "responding.close", case.id, token),
    )
    second = (
        _button(t("Say that it is read …"), "responding.acknowledge", case.id, token),
        _aside(case.id, token),
        back(token),
    )
    return Actions(first), Actions(second)


def back(token: str) -> Button:
    """Return the way back to the list."""
    return Button(t("All reports"), action("responding.cases", token, 0))


def _aside(case_id: int, token: str) -> Button:
    return _button(t("Step aside …"), "responding.aside", case_id, token)


def _button(label: str, name: str, case_id: int, token: str, *, primary: bool = False) -> Button:
    return Button(label, action(name, case_id, token), primary=primary)


def how_it_stands(opened: Opened, line: str, token: str, me: int) -> Message:
    """Say what was done, and what can be done next."""
    read = _button(t("Read it"), "responding.read", opened.case.id, token)
    rows = buttons(opened, token, me)
    return Message((Text(line), Actions((read,)), *rows))

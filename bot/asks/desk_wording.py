"""What coordinators read of the team's requests."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.asks.rules import LONGEST
from bot.asks.wording import SHORT
from bot.language import n, t
from bot.people import Member
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Field, File, Form, Heading, Message, Note, Text, action, message
from bot.wording import moment, names
from storage.asks import Answer, Answered, Ask, Audience, Counts

NAMED = 8  # people; the rest are counted
SHOWN = 20  # answers; all are in the file
LINE = 120  # characters of an answer in the list


def ask_form(name: str, values: Mapping[str, str] | None = None) -> Form:
    """Ask for a request, filled in with `values`; `name` is the action that takes it."""
    filled = {"audience": Audience.EVERYBODY.value, "who": "", "text": "", "answer": "tap", **(values or {})}
    audience = (
        (Audience.EVERYBODY.value, t("Everybody")),
        (Audience.MENTORS.value, t("All mentors")),
        (Audience.MENTEES.value, t("All mentees")),
        (Audience.ONE.value, t("One person")),
    )
    answers = (("tap", t("A tap is enough")), ("words", t("I need a few words")))
    who = t("The name, or @ and the name. For a group, leave this empty")
    fields = (
        Field("audience", t("Who is it for?"), filled["audience"], choices=audience),
        Field("who", t("Only for one person: who?"), filled["who"], who, required=False, limit=100),
        Field("text", t("What do you ask for?"), filled["text"], long=True, limit=LONGEST),
        Field("answer", t("How is it answered?"), filled["answer"], choices=answers),
    )
    return Form(t("Ask for something"), name, fields, submit=t("Look at it first"))


def choose() -> str:
    """Say that one of the choices has to be taken."""
    return t("Please choose one of these.")


def whose_name() -> str:
    """Say that one person needs a name."""
    return t("Please write the person's name, or @ and their name.")


def no_name_needed() -> str:
    """Say that a name doesn't go with a group."""
    return t('This goes to a group. Choose "One person" above, or leave this empty.')


def nobody_called(words: str) -> str:
    """Say that nobody is called so."""
    return t(
        'I know nobody called "{words}" in this program. Please write the name as in the list of people.',
        words=words[:80],
    )


def several_called(people: Sequence[Member]) -> str:
    """Say that several are called so."""
    return t("That could be {names}. Please write the whole name, or @ and the name.", names=_some(people))


def yourself() -> str:
    """Say that nobody asks themself."""
    return t("That's you. Please choose somebody else.")


def has_left(name: str) -> str:
    """Say that somebody isn't there."""
    return t("{name} isn't active in the program just now.", name=name)


def nothing_asked() -> str:
    """Say that a request needs words."""
    return t("Please write what you ask for.")


def _some(people: Sequence[Member]) -> str:
    some = [member.name for member in people[:NAMED]]
    left = len(people) - NAMED
    return names([*some, n("{n} more", "{n} more", left)]) if left > 0 else names(some)


def preview(ask: Ask, people: Sequence[Member], *, running: bool) -> Message:
    """Show a draft and whom it would go to."""
    if not people:
        goes = Text(t("It would go to nobody: there is no such person in the program just now."))
    else:
        goes = Text(
            n("It goes to {n} person: {names}.", "It goes to {n} people: {names}.", len(people), names=_some(people))
        )
    how = t("They answer in a few words.") if ask.in_words else t("They answer with a tap.")
    hold = () if running else (Note(t("The program isn't running yet. You can send this once it is.")),)
    buttons = (
        Button(t("Send it"), action("asks.send", ask.id), primary=True),
        Button(t("Not yet"), action("asks.keep", ask.id)),
    )
    note = Note(
        t("Each of them gets it at hours that they like, within their budget of messages, and is reminded of it.")
    )
    return Message((Heading(t("Ready to go?")), goes, Text(how), Text(ask.text), *hold, Actions(buttons), note))


def kept(ask: Ask) -> Message:
    """Say that nothing was sent."""
    return message(
        t("All right, nothing was sent. I keep it as a draft: /mentor-admin asks"),
        actions=(
            Button(t("Change it …"), action("asks.change", ask.id)),
            Button(t("Throw it away"), action("asks.drop", ask.id)),
        ),
    )


def dropped() -> Message:
    """Say that a draft is gone."""
    return message(t("The draft is gone. Nothing was sent."))


def sent(count: int) -> Message:
    """Say that a request is on its way."""
    return message(
        n(
            "It's on its way to {n} person, at the hours that they like. Answers: /mentor-admin asks",
            "It's on its way to {n} people, each at the hours that they like. Answers: /mentor-admin asks",
            count,
        )
    )


def sent_already() -> Message:
    """Say that somebody was faster."""
    return message(t("This request was sent already. Nothing was changed. Answers: /mentor-admin asks"))


def not_running() -> Message:
    """Say that nothing reaches members yet."""
    return message(t("The program isn't running yet, so nothing was sent. I keep it as a draft: /mentor-admin asks"))


def reaches_nobody() -> Message:
    """Say that there is nobody to send to."""
    return message(t("There is no such person in the program just now, so nothing was sent. I keep it as a draft."))


def closed() -> Message:
    """Say that nobody is reminded further."""
    return message(t("Closed: nobody is reminded of it any more. The answers so far stay in /mentor-admin asks"))


def closed_already() -> Message:
    """Say that somebody was faster."""
    return message(t("This request is closed already. Nothing was changed."))


def listed(found: Sequence[tuple[Ask, Counts, str | None]], zone: str, *, more: bool) -> Message:
    """List drafts and requests with who asked, and how many have answered."""
    if not found:
        return message(t("The team has asked for nothing so far. To begin: /mentor-admin ask"))
    blocks: list[Block] = [Heading(t("The team's requests"))]
    for ask, counts, name in found:
        blocks += _listed(ask, counts, name or t("Somebody who has left"), zone)
    rest = (Note(t("Older ones are not shown.")),) if more else ()
    return Message((*blocks, *rest))


def _listed(ask: Ask, counts: Counts, name: str, zone: str) -> tuple[Block, ...]:
    text = excerpt(ask.text, SHORT)
    if ask.sent_at is None:
        at = moment(ask.made_at, zone)
        draft = Text(t("“{text}” A draft of {name}'s of {at}.", text=text, name=name, at=at))
        return draft, Actions((Button(t("Look at it"), action("asks.look", ask.id)),))
    answers = Button(t("Answers"), action("asks.answers", ask.id))
    close = (Button(t("Close"), action("asks.close", ask.id)),) if ask.closed_at is None else ()
    return Text(_stands(ask, counts, name, text, ask.sent_at, zone)), Actions((answers, *close))


def _stands(ask: Ask, counts: Counts, name: str, text: str, sent_at: datetime, zone: str) -> str:
    values = {"text": text, "name": name, "at": moment(sent_at, zone), "all": counts.all}
    if ask.closed_at is not None:
        return n(
            "“{text}” {name}, {at}: {n} of {all} has answered. Closed.",
            "“{text}” {name}, {at}: {n} of {all} have answered. Closed.",
            counts.answered,
            **values,
        )
    return n(
        "“{text}” {name}, {at}: {n} of {all} has answered.",
        "“{text}” {name}, {at}: {n} of {all} have answered.",
        counts.answered,
        **values,
    )


def answers(ask: Ask, found: Sequence[Answered], content: bytes) -> Message:
    """Show who answered what, the newest first, and all of it as a file."""
    given = sorted((one for one in found if one.at is not None), key=lambda one: one.at or ask.made_at, reverse=True)
    blocks: list[Block] = [Heading(excerpt(ask.text, SHORT)), Text(_how_many(len(given), len(found)))]
    blocks += [Text(_answer(one)) for one in given[:SHOWN]]
    if len(given) > SHOWN:
        blocks.append(Note(t("The {shown} newest answers; all of them are in the file.", shown=SHOWN)))
    silent = [one.name for one in found if one.at is None and not one.failed]
    if silent:
        blocks.append(Text(t("No answer so far: {names}.", names=_names(silent))))
    lost = [one.name for one in found if one.at is None and one.failed]
    if lost:
        blocks.append(Text(t("I couldn't reach {names}.", names=_names(lost))))
    text = t("All answers, as a table")
    return Message((*blocks, File(f"answers-{ask.id}.csv", content, text), Note(t("For coordinators only."))))


def _how_many(answered: int, every: int) -> str:
    return n("{n} of {all} has answered.", "{n} of {all} have answered.", answered, all=every)


def _names(every: Sequence[str]) -> str:
    left = len(every) - SHOWN
    return names([*every[:SHOWN], n("{n} more", "{n} more", left)]) if left > 0 else names(every)


def _answer(one: Answered) -> str:
    if one.answer is Answer.WORDS:
        return t("{name}: {text}", name=one.name, text=excerpt(one.text or "", LINE))
    return t("{name}: done", name=one.name) if one.answer is Answer.DONE else t("{name}: can't", name=one.name)


def columns() -> list[str]:
    """Return the headings of the table of answers."""
    return [t("Name"), t("Answer"), t("In words"), t("When (UTC)")]


def says(one: Answered) -> str:
    """Return what somebody answered, in a word."""
    match one.answer:
        case Answer.DONE:
            return t("done")
        case Answer.WORDS:
            return t("answered")
        case Answer.CANNOT:
            return t("can't")
    return t("couldn't be reached") if one.failed else t("no answer so far")

"""The forms in which a report is written, and what its writer reads before it is sent."""

from collections.abc import Iterator, Sequence

from bot.language import t
from bot.people import Member
from bot.reports import fields_wording as fields
from bot.reports.draft import Draft
from bot.reports.fields_wording import KINDS, NO, NOBODY, SHORT, UNSURE, YES
from bot.reports.people import Answering
from bot.reports.readers import Readers
from bot.reports.sealing import grouped
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action
from bot.wording import names


def who(send: str, there: Answering, draft: Draft | None = None) -> Form:
    """Ask who must not read it, before anything is written."""
    return Form(
        t("Who must not read it?"),
        send,
        (
            fields.must_not(there, _chosen(draft, there)),
            fields.optional(
                "others",
                t("Somebody else who must not know?"),
                draft.others if draft else "",
                t("Names. Whoever reads it knows then whom not to tell."),
                limit=SHORT,
            ),
            _named(draft),
            fields.danger(_said(draft.danger) if draft else ""),
            fields.optional(
                "reach",
                t("How can you be reached safely?"),
                draft.reach if draft else "",
                t("For example: by phone in the evening. You can leave it out, and look with a code."),
                limit=SHORT,
            ),
        ),
        submit=t("Next"),
    )


def _named(draft: Draft | None) -> Field:
    choices = ((YES, t("With my name")), (NO, t("Without my name")))
    hint = t("Without it, I keep nothing that leads to you.")
    return Field("named", t("With your name?"), _said(draft.named) if draft else "", hint, choices=choices)


def _said(yes: bool) -> str:
    return YES if yes else NO


def _chosen(draft: Draft | None, there: Answering) -> str:
    if draft is None or (draft.unsure and there.outside is None):
        return ""
    marked = [UNSURE] if draft.unsure else [str(id_) for id_ in draft.excluded]
    return ",".join(marked or [NOBODY])


def write(token: str, draft: Draft) -> Form:
    """Ask what happened."""
    return Form(
        t("What happened?"),
        action("reports.written", token),
        (
            fields.kind(draft.kind),
            fields.what(t("As much or as little as you like."), draft.what),
            fields.concerned(draft.concerned),
            fields.optional("when", t("When and where?"), draft.when),
            fields.optional("wish", t("What do you wish for?"), draft.wish, long=True),
        ),
        submit=t("Next"),
    )


def review(token: str, draft: Draft, there: Answering, may: Readers, barred: frozenset[int], outside: str) -> Message:
    """Show all of it once more, who will read it, and the code."""
    send = Button(t("Send"), action("reports.send", token), primary=True)
    change, change_who, close = _changes(token)
    return Message(
        (
            Heading(t("Before it is sent")),
            *map(Text, _readers(draft, there, may, barred, outside)),
            *map(Text, _code(draft)),
            *_written(draft),
            Actions((send, change, change_who, close)),
        )
    )


def _changes(token: str) -> tuple[Button, Button, Button]:
    return (
        Button(t("Change what I wrote"), action("reports.change", token)),
        Button(t("Change who must not read it"), action("reports.change_who", token)),
        Button(t("Close, and keep nothing"), action("reports.close_draft", token)),
    )


def nobody_left(token: str, draft: Draft, elsewhere: Sequence[str]) -> Message:
    """Say that nobody could read it, and who could help; what was written isn't lost."""
    if elsewhere:
        help_ = t("You can turn to {contact}.", contact=names(elsewhere))
    else:
        help_ = t("Please turn to somebody whom you trust, inside or outside of the program.")
    lines = (
        t("Nobody is left who could read this, so I can't take it."),
        help_,
        t("Here is what you wrote, so that you can copy it:"),
    )
    change, change_who, close = _changes(token)
    return Message((*map(Text, lines), *_written(draft), Actions((change_who, change, close))))


def _readers(draft: Draft, there: Answering, may: Readers, barred: frozenset[int], outside: str) -> Iterator[str]:
    if may.outside:
        yield t("It will be read by the contact outside of the program: {outside}. By nobody else.", outside=outside)
    else:
        yield t("It will be read by {names}, and by nobody else.", names=names(there.names(may.responders)))
    if shut_out := there.names(barred):
        yield t("It can't be read by {names}.", names=names(shut_out))
    if draft.named:
        yield t("Your name is in it.")
    else:
        yield t("Your name isn't in it, unless you wrote it yourself.")
    if draft.danger:
        yield t("They are all told at once, as somebody is in danger. So the time shows when you sent it.")


def mentioned(people: Sequence[Member]) -> str:
    """Warn that a reader's name stands in the text."""
    return t(
        "In your text there is the name of {names}, who will be able to read it. "
        "If that must not be, press “Change who must not read it”.",
        names=names([one.name for one in people]),
    )


def _code(draft: Draft) -> Iterator[str]:
    yield t("Your code: {code}", code=grouped(draft.code))
    if draft.named:
        yield t(
            "Please write it down. With it, and only with it, you can read the answer. Nobody can give it back to you."
        )
    else:
        yield t(
            "Please write it down. It's the only way to the answer, and to you: "
            "if it's lost, nobody can ask you anything."
        )


def _written(draft: Draft) -> Iterator[Block]:
    """Show what was written, each part under its question."""
    kind = t(KINDS[draft.kind]) if draft.kind in KINDS else ""
    parts = (
        (t("What is it about?"), kind),
        (t("What happened?"), draft.what),
        (t("Who is it about?"), draft.concerned),
        (t("When and where?"), draft.when),
        (t("What do you wish for?"), draft.wish),
        (t("How can you be reached safely?"), draft.reach),
        (t("Somebody else who must not know?"), draft.others),
        (t("The message that you've chosen"), draft.quote),
    )
    for question, answer in parts:
        if answer:
            yield Note(question)
            yield Text(answer)
    if draft.link and not draft.quote:
        yield Note(t("It leads to the message that you've chosen, without its text."))


def last_five(token: str) -> Form:
    """Ask for the last digits of the code."""
    field = Field(
        "digits",
        t("The last five digits of your code"),
        hint=t("So that it's written down before it is sent. The code stands in what you've just read."),
        limit=SHORT,
    )
    return Form(t("Send it"), action("reports.sent", token), (field,))


def other_digits() -> str:
    """Say that these aren't the last digits of the code."""
    return t("These aren't the last five digits of your code. Nothing was sent yet.")


def others_read() -> str:
    """Say that it isn't sent, as others would read it than its writer was told."""
    return t("Nothing was sent yet: who can read it has changed just now. Please look once more.")


def too_often() -> str:
    """Say that somebody sent many reports today."""
    return t(
        "You've sent several today. To add to one of them, use its code: /mentor report, then “I have a code”. "
        "Nothing of this one was sent; you can send it tomorrow."
    )

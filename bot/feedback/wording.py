"""What is said to the two people of a pairing about notes and feedback; coordinators' texts are in desk_wording.py."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.feedback.looking import Around
from bot.forms.definition import Definition
from bot.forms.filling import Goals
from bot.forms.showing import Reader, visible
from bot.language import locale, n, t
from bot.texts import excerpt
from bot.views import (
    PER_ROW,
    Block,
    Button,
    Field,
    Form,
    Heading,
    Message,
    Note,
    Text,
    action,
    in_rows,
    message,
)
from bot.wording import ago, day, moment, names
from storage.sessions import State
from storage.sheets import Sheet

LISTED = 8
FRESH = timedelta(days=2)
TITLE = 40  # characters of a form's title on a button
SEND = "Send"  # the field that says what is to become of what was written; no question can be called so


def asks(
    forms: Sequence[tuple[Sheet, Definition]],
    name: str,
    at: datetime,
    now: datetime,
    zone: str,
    *,
    again: bool,
    later: bool,
) -> list[Block]:
    """Ask for what is to be written after a session; `again`: it was asked for before, `later`: it can be put off."""
    text = _opening(forms, name, at, now, zone, again=again)
    return [Text(text), *in_rows(_buttons(forms, later=later))]


def _opening(
    forms: Sequence[tuple[Sheet, Definition]], name: str, at: datetime, now: datetime, zone: str, *, again: bool
) -> str:
    about = {"name": name, "when": ago(at, now, zone), "what": names([title(form) for _, form in forms])}
    if again:
        return t("Your session with {name} {when}: {what} can still be written.", **about)
    if now - at > FRESH:
        return t("Your session with {name} {when}: a few words about it? {what}.", **about)
    return t("Your session with {name} {when}: a few words while it's fresh? {what}.", **about)


def _buttons(forms: Sequence[tuple[Sheet, Definition]], *, later: bool) -> list[Button]:
    session_id = forms[0][0].session_id
    buttons = [
        Button(t("{title} …", title=title(form)), action("feedback.write", sheet.id), primary=place == 0)
        for place, (sheet, form) in enumerate(forms)
    ]
    buttons.append(Button(t("Nothing to add"), action("feedback.nothing", session_id)))
    if later:
        buttons.append(Button(t("Later today"), action("feedback.later", session_id)))
    return buttons


def title(form: Definition) -> str:
    """Return what a form is called, shortly."""
    return excerpt(t(form.title), TITLE)


def note(*, again: bool, last: bool, by: str | None) -> Note:
    """Say how short it may be and what comes after; `by`: a coordinator asked for this reminder."""
    if by is not None:
        return Note(t("{name} asked me to remind you. A line is enough, and so is one tap.", name=by))
    if last:
        return Note(
            t("I send this by myself, and I won't remind you of it again. A line is enough, and so is one tap.")
        )
    if again:
        return Note(t("I send this by myself. A line is enough, and so is one tap."))
    return Note(t("A line is enough, and so is one tap. Each question says who will see the answer."))


def more(count: int) -> Text:
    """Say that there are further sessions."""
    return Text(n("{n} more session: /mentor notes", "{n} more sessions: /mentor notes", count))


def waiting(blocks: Sequence[Block], left: int) -> tuple[Block, ...]:
    """Put together what is to be written; `left`: after how many sessions besides."""
    rest = (more(left),) if left > 0 else ()
    return Heading(t("Notes and feedback")), *blocks, *rest


def settled(sheets: Sequence[Sheet], known: Around, name: str, at: datetime, zone: str) -> Text:
    """Say of a session what there is nothing left to do about."""
    values = {"name": name, "day": day(at, zone)}
    if any(one.done_at is None for one in sheets):
        if known.sessions[sheets[0].session_id].state in {State.UNCLEAR, State.NOT_HELD}:
            return Text(
                t("Your session with {name} on {day} isn't marked as held yet: nothing to write now.", **values)
            )
        return Text(t("Your session with {name} on {day}: there is nothing to write.", **values))
    if all(one.empty for one in sheets):
        return Text(t("Your session with {name} on {day}: nothing to add, you said. Thank you!", **values))
    forms = sorted((known.form(one) for one in sheets if not one.empty), key=for_both_first)
    what = names(list(map(title, forms)))
    return Text(t("Your session with {name} on {day}: {what} came in. Thank you!", what=what, **values))


def for_both_first(form: Definition) -> tuple[bool, str]:
    """Return where a form stands: what the other side reads as well is needed most."""
    return not visible(form, Reader.PAIRING), form.title


def form(sheet: Sheet, fields: Sequence[Field], name: str, at: datetime, zone: str) -> Form:
    """Return the form of a sheet; its last question is whether it is to be sent."""
    choices = (("send", t("Send it now")), ("draft", t("Keep it as a draft")))
    label = t("Send it, or keep it as a draft?")
    hint = t("Nobody but you sees a draft. /mentor notes has it.")
    send = Field(SEND, label, "send", hint, choices=choices)
    every = (*fields, *((send,) if sheet.waits else ()))
    return Form(_form_title(name, at, zone), action("feedback.written", sheet.id), every, submit=t("Done"))


def _form_title(name: str, at: datetime, zone: str) -> str:
    when = format_datetime(at.astimezone(ZoneInfo(zone)), t("d MMM"), locale=locale())
    return t("With {name}, {day}", name=excerpt(name, TITLE), day=when)


def thanks(form: Definition, name: str, *, late: bool, steps: int, goals: Goals = ()) -> Message:
    """Thank for what was sent; `steps`: so many next steps were read in it, `goals`: the session was about them."""
    lines = [t("Thank you! {title}: it's kept, and nothing is left to do here.", title=title(form))]
    if steps:
        lines.append(
            n(
                "{n} next step goes to {name} and you before your next session.",
                "{n} next steps go to {name} and you before your next session.",
                steps,
                name=name,
            )
        )
    if late:
        lines.append(t("It is marked as having come later than the program's time. That's all right."))
    if goals:
        lines.append(t("Has something moved on? If you like, say how far it is:"))
    shown = goals[:PER_ROW]
    buttons = [Button(t("{goal} …", goal=excerpt(text, TITLE)), action("goals.update", id_)) for id_, text in shown]
    return message(*lines, actions=tuple(buttons))


def nothing(sheets: Sequence[Sheet], known: Around) -> Message:
    """Thank for a tap, and let it be taken back."""
    buttons = [
        Button(t("{title} …", title=title(known.form(one))), action("feedback.write", one.id))
        for one in sheets[:PER_ROW]
    ]
    text = t("Thank you! Nothing to add: noted. Should something come to your mind, you can still write it.")
    return message(text, actions=tuple(buttons))


def has_draft(sheets: Sequence[Sheet], known: Around, session_id: int) -> Message:
    """Ask what is to become of a draft, where somebody has said that there is nothing to add."""
    buttons = [
        Button(t("{title} …", title=title(known.form(one))), action("feedback.write", one.id), primary=True)
        for one in sheets[: PER_ROW - 1]
    ]
    drop = Button(t("Throw the draft away"), action("feedback.drop", session_id))
    text = t("You have written something and not sent it. Nothing was changed. What shall I do with it?")
    return message(text, actions=(*buttons, drop))


def draft_kept(sheet: Sheet, form: Definition) -> Message:
    """Say that a draft is kept."""
    buttons = (
        Button(t("Send it"), action("feedback.send", sheet.id), primary=True),
        Button(t("Go on writing …"), action("feedback.write", sheet.id)),
    )
    text = t(
        "{title}: kept as a draft. Nobody but you sees it. You find it again with /mentor notes.", title=title(form)
    )
    return message(text, actions=buttons)


def kept_though_withdrawn(form: Definition) -> Message:
    """Say that what was written is kept, although the session isn't marked as held any more."""
    text = t(
        "{title}: this session isn't marked as held just now, so there is nothing to send. I keep what you wrote as a "
        "draft, and ask again if it turns out that it was held.",
        title=title(form),
    )
    return message(text)


def withdrawn() -> Message:
    """Say that there is nothing to write."""
    return message(t("There is nothing to write for this session any more. Nothing was changed."))


def already(sheet: Sheet, zone: str) -> str:
    """Say that something was sent before."""
    at = moment(sheet.done_at or sheet.made_at, zone)
    if sheet.empty:
        return t("You said on {at} that there is nothing to add. Nothing was changed.", at=at)
    return t("This was sent already, on {at}. Nothing was changed.", at=at)


def other_than_sent(sheet: Sheet, zone: str) -> str:
    """Say that something else was sent before, so that this isn't taken."""
    at = moment(sheet.done_at or sheet.made_at, zone)
    return t("Something else was sent already, on {at}, and stays as it is. What stands here was not sent.", at=at)


def put_off(at: datetime | None, zone: str) -> Message:
    """Say when somebody is asked again."""
    if at is None:
        return message(t("All right. I'll ask again when you're back."))
    return message(t("All right. I'll ask again on {at}. /mentor notes has it as well.", at=moment(at, zone)))


def optional(field: Field) -> Field:
    """Return a field that may stay empty for now, and says so where it has to be filled in before it is sent."""
    if not field.required:
        return field
    return replace(field, required=False, hint=t("{hint} Only a draft can leave this empty.", hint=field.hint).strip())


def nothing_written() -> str:
    """Say that a form needs an answer."""
    return t('Please answer something; or close this and press "Nothing to add".')


def not_whole(sheet: Sheet, form: Definition) -> Message:
    """Say that something is missing in a draft."""
    button = Button(t("Go on writing …"), action("feedback.write", sheet.id), primary=True)
    return message(t("{title}: something is still missing.", title=title(form)), actions=(button,))
